#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/base/result.h"
#include "compiler/charts/lock_file.h"
#include "compiler/ir/stack.h"
#include "compiler/source/file_system.h"

namespace stackc::driver {

/// Where the archives of a stack's charts are, and the file that pins their digests.
std::string charts_directory(const std::string& stack_path,
                             const std::optional<std::string>& directory);
std::string lock_file_path(const std::string& stack_path);

/// The pinned charts; none if there is no such file.
Result<std::vector<charts::PinnedChart>> read_lock_file(source::FileSystem& files,
                                                        const std::string& path);

/// `<name>-<version>.tgz` in that directory.
std::string archive_path(const std::string& stack_path, const std::optional<std::string>& directory,
                         const ir::ChartReference& chart);

/// The bytes of a chart's archive, or nothing if it is not there. Compares its digest with the one
/// that `stackc.lock` beside the stack pins: a chart that is not pinned, or another one than was
/// pinned, is an error.
Result<std::optional<std::string>> read_archive(source::FileSystem& files,
                                                const std::string& stack_path,
                                                const std::optional<std::string>& directory,
                                                const ir::ChartReference& chart);

/// The charts of a stack's add-ons, as far as they are at hand.
struct VendoredCharts {
  std::vector<std::string> archives;  // one per add-on, in order; empty: the operator downloads it
  std::vector<std::string> notes;     // what is not vendored, for the user
};

/// Reads those that are there, in `directory` or in `charts/` beside the stack.
Result<VendoredCharts> vendored_charts(source::FileSystem& files, const std::string& stack_path,
                                       const std::optional<std::string>& directory,
                                       const std::vector<ir::AddOn>& add_ons);

}  // namespace stackc::driver
