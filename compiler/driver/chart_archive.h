#pragma once

#include <string>

#include "compiler/base/file_tree.h"
#include "compiler/base/result.h"

namespace stackc::driver {

/// The files of a packaged Helm chart below its own directory (`Chart.yaml`, `templates/…`), with
/// subcharts unpacked that lie packaged in `charts/`. Refuses what package::read_tar_gz refuses, an
/// archive without `Chart.yaml`, and more than 64 charts in one another.
Result<FileTree> chart_files(std::string archive);

}  // namespace stackc::driver
