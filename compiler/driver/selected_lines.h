#pragma once

#include <deque>
#include <optional>
#include <string>

#include "compiler/driver/run_files.h"

namespace stackc::driver {

/// The stacks of a file for one Kubernetes minor version (`1.34`), or for all, adapted to their
/// targets. A stack without that line is passed over; run_files() fails if no stack has it.
std::deque<ir::Stack> selected_lines(CheckedFile& file,
                                     const std::optional<std::string>& kubernetes);

}  // namespace stackc::driver
