#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "compiler/base/result.h"
#include "compiler/charts/lock_file.h"
#include "compiler/ir/stack.h"
#include "compiler/schema/chart_values.h"
#include "compiler/source/file_system.h"

namespace stackc::driver {

/// The vendored charts of a run, each read when an add-on asks for it, and once. For any number of
/// threads.
class ChartShelf {
 public:
  /// `directory` as for vendored_charts.
  ChartShelf(source::FileSystem& files, std::optional<std::string> directory)
      : files_(files), directory_(std::move(directory)) {}

  /// What the chart says about its values; null if its archive is not at hand. Fails for an archive
  /// that is not the pinned one or that is no chart, naming it.
  Result<const schema::ChartValues*> find(const std::string& stack_path,
                                          const ir::ChartReference& chart);

 private:
  struct Read {
    types::TypeStore types;
    std::optional<schema::ChartValues> chart;
    std::optional<Error> failure;
  };

  void read(const std::string& stack_path, const ir::ChartReference& chart, Read& result);

  source::FileSystem& files_;
  std::optional<std::string> directory_;
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::unique_ptr<Read>>
      charts_;  // by lock file and archive
};

}  // namespace stackc::driver
