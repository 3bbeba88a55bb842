#pragma once

#include <string>

#include "compiler/base/file_tree.h"

namespace stackc::package {

/// A gzip-compressed tar of the files, as Helm and the operator read it: in their order, mode 0644,
/// owner 0, time 0, no entries for directories. Paths longer than the ustar header holds, or not
/// ASCII, get a pax header (POSIX.1-2008, pax).
std::string tar_gz(const FileTree& files);

}  // namespace stackc::package
