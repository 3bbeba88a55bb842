#include "compiler/driver/chart_shelf.h"

#include <fmt/core.h>

#include "compiler/driver/chart_archive.h"
#include "compiler/driver/vendored_charts.h"

namespace stackc::driver {

Result<const schema::ChartValues*> ChartShelf::find(const std::string& stack_path,
                                                    const ir::ChartReference& chart) {
  const std::string path = archive_path(stack_path, directory_, chart);
  const std::lock_guard lock(mutex_);
  auto& entry = charts_[{lock_file_path(stack_path), path}];
  if (entry == nullptr) {
    entry = std::make_unique<Read>();
    read(stack_path, chart, *entry);
  }
  if (entry->failure) return *entry->failure;
  return entry->chart ? &*entry->chart : nullptr;
}

void ChartShelf::read(const std::string& stack_path, const ir::ChartReference& chart,
                      Read& result) {
  auto archive = read_archive(files_, stack_path, directory_, chart);
  if (!archive) {
    result.failure = archive.error();
    return;
  }
  if (!*archive) return;
  const std::string path = archive_path(stack_path, directory_, chart);
  const auto files = chart_files(**std::move(archive));
  if (!files) {
    result.failure = Error{fmt::format("`{}`: {}", path, files.error().text)};
    return;
  }
  auto values = schema::read_chart_values(*files, result.types);
  if (values) {
    result.chart = *std::move(values);
  } else {
    result.failure = Error{fmt::format("`{}`: {}", path, values.error().text)};
  }
}

}  // namespace stackc::driver
