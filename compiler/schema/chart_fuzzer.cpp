#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "compiler/schema/chart_values.h"

namespace {

using namespace stackc;

/// The files of a chart in one text, which is how the corpus stays readable: a line `%%` stands
/// between them.
FileTree chart_of(std::string_view text) {
  constexpr std::string_view separator = "\n%%\n";
  constexpr std::array<std::string_view, 4> names{"values.yaml", "templates/a.yaml",
                                                  "values.schema.json", "charts/sub/values.yaml"};
  FileTree chart;
  for (const std::string_view name : names) {
    const std::size_t end = text.find(separator);
    chart.emplace(name, text.substr(0, end));
    if (end == text.npos) break;
    text.remove_prefix(end + separator.size());
  }
  if (chart.contains("charts/sub/values.yaml")) {
    chart.emplace("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 1.0.0\n");
  }
  return chart;
}

}  // namespace

/// Any bytes are refused as a chart, or give a shape that takes what the chart itself gives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  types::TypeStore types;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto chart = schema::read_chart_values(chart_of(text), types);
  if (!chart) return 0;
  if (!types::validate(chart->defaults, *chart->shape).empty()) std::abort();
  schema::check_against_schemas(chart->defaults, *chart);
  return 0;
}
