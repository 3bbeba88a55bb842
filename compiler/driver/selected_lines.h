#pragma once

#include <deque>
#include <optional>
#include <string>

#include "compiler/driver/run_files.h"

namespace stackc::driver {

/// The stacks of a file for one Kubernetes minor version (`1.34`), or for all, adapted to their
/// targets. A version that a stack of the file has no line for is a failure.
std::deque<ir::Stack> selected_lines(CheckedFile& file,
                                     const std::optional<std::string>& kubernetes,
                                     FileResult& result);

}  // namespace stackc::driver
