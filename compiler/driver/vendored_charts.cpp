#include "compiler/driver/vendored_charts.h"

#include <fmt/core.h>

#include "compiler/driver/workspace.h"

namespace stackc::driver {

Result<VendoredCharts> vendored_charts(source::FileSystem& files, const std::string& stack_path, const std::optional<std::string>& directory,
                                       const std::vector<ir::AddOn>& add_ons) {
  const std::string charts = directory ? *directory : joined(directory_of(stack_path), "charts");
  VendoredCharts result;
  for (const ir::AddOn& add_on : add_ons) {
    const std::string path = joined(charts, fmt::format("{}-{}.tgz", add_on.chart.name, add_on.chart.version));
    result.archives.emplace_back();
    if (!files.exists(path)) result.notes.push_back(fmt::format("chart `{}` {} is not vendored: the operator downloads it (`stackc vendor` fetches it)", add_on.chart.name, add_on.chart.version));
  }
  return result;
}

}  // namespace stackc::driver
