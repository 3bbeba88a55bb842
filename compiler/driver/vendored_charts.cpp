#include "compiler/driver/vendored_charts.h"

#include <fmt/core.h>

#include "compiler/charts/lock_file.h"
#include "compiler/driver/workspace.h"
#include "compiler/package/release_layout.h"
#include "compiler/package/sha256.h"

namespace stackc::driver {
namespace {

constexpr std::size_t largest_chart = std::size_t{64} << 20;
constexpr std::size_t largest_lock_file = std::size_t{1} << 20;

}  // namespace

std::string charts_directory(const std::string& stack_path,
                             const std::optional<std::string>& directory) {
  return directory ? normalized(*directory) : joined(directory_of(stack_path), "charts");
}

std::string lock_file_path(const std::string& stack_path) {
  return joined(directory_of(stack_path), "stackc.lock");
}

Result<std::vector<charts::PinnedChart>> read_lock_file(source::FileSystem& files,
                                                        const std::string& path) {
  if (!files.exists(path)) return std::vector<charts::PinnedChart>();
  const auto text = files.read(path, largest_lock_file);
  if (!text) return text.error();
  auto pinned = charts::parse_lock_file(*text);
  if (!pinned) return Error{fmt::format("`{}`: {}", path, pinned.error().text)};
  return pinned;
}

std::string archive_path(const std::string& stack_path, const std::optional<std::string>& directory,
                         const ir::ChartReference& chart) {
  return joined(charts_directory(stack_path, directory),
                package::layout::archive(chart.name, chart.version));
}

Result<std::optional<std::string>> read_archive(source::FileSystem& files,
                                                const std::string& stack_path,
                                                const std::optional<std::string>& directory,
                                                const ir::ChartReference& chart) {
  const std::string path = archive_path(stack_path, directory, chart);
  if (!files.exists(path)) return std::optional<std::string>();
  const std::string lock_path = lock_file_path(stack_path);
  const auto pinned = read_lock_file(files, lock_path);
  if (!pinned) return pinned.error();
  const charts::PinnedChart* pin = charts::find_chart(*pinned, chart.name, chart.version);
  if (pin == nullptr) {
    return Error{
        fmt::format("`{}` is not pinned in `{}`, so nobody knows whether it is the right chart; "
                    "`stackc vendor` pins it",
                    path, lock_path)};
  }
  auto bytes = files.read(path, largest_chart);
  if (!bytes) return bytes.error();
  const auto expected = charts::expect_digest(*pin, path, package::to_hex(package::sha256(*bytes)));
  if (!expected) return expected.error();
  return std::optional(*std::move(bytes));
}

Result<VendoredCharts> vendored_charts(source::FileSystem& files, const std::string& stack_path,
                                       const std::optional<std::string>& directory,
                                       const std::vector<ir::AddOn>& add_ons) {
  VendoredCharts result;
  for (const ir::AddOn& add_on : add_ons) {
    const ir::ChartReference& chart = add_on.chart;
    auto archive = read_archive(files, stack_path, directory, chart);
    if (!archive) return archive.error();
    if (!*archive) {
      result.notes.push_back(fmt::format(
          "chart `{}` {} is not vendored: the operator downloads it (`stackc vendor` fetches it)",
          chart.name, chart.version));
    }
    result.archives.push_back((*std::move(archive)).value_or(""));
  }
  return result;
}

}  // namespace stackc::driver
