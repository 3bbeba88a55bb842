#include "compiler/charts/lock_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "compiler/base/ascii.h"

namespace stackc::charts {
namespace {

bool consists_of_letters_digits_and(std::string_view others, std::string_view text) {
  constexpr std::size_t longest = 250;  // with `.tgz`, still a file name
  return !text.empty() && text.size() <= longest && is_letter_or_digit(text[0]) &&
         std::ranges::all_of(text, [&](char c) {
           return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
         });
}

/// A URL with a host and neither white space nor credentials nor what would need quoting in YAML.
bool is_repository(std::string_view text) {
  const std::size_t host = text.find("://");
  if (host == std::string_view::npos) return false;
  return std::ranges::all_of(text, [](char c) {
    return c > ' ' && c < '\x7f' &&
           std::string_view("\"'#@\\{}[]").find(c) == std::string_view::npos;
  });
}

/// One of the four lines of a chart, in their order.
struct Field {
  std::string_view prefix;
  std::string_view suffix;
  std::string PinnedChart::*value;
  bool (*is_valid)(std::string_view);
};

constexpr std::array<Field, 4> fields{{
    {"  - name: ", "", &PinnedChart::name, is_chart_name},
    // Quoted: without the quotes, 1.10 is the number 1.1 to a reader of YAML.
    {"    version: \"", "\"", &PinnedChart::version, is_chart_version},
    {"    repository: ", "", &PinnedChart::repository, is_repository},
    {"    sha256: ", "", &PinnedChart::sha256, is_sha256},
}};

constexpr std::string_view list_line = "charts:";
constexpr std::string_view empty_list_line = "charts: []";

auto order(const PinnedChart& chart) {
  return std::tie(chart.name, chart.version);
}

/// Reads lines one at a time; knows which one must come next.
class LockReader {
 public:
  /// False if it is not the line that must come here.
  bool read(std::string_view line) {
    if (line.empty() || line.starts_with('#')) return true;
    if (!in_list_) {
      in_list_ = line == list_line || line == empty_list_line;
      return in_list_;
    }
    const Field& field = fields[next_];
    if (!line.starts_with(field.prefix) || !line.ends_with(field.suffix)) return false;
    line.remove_prefix(field.prefix.size());
    if (line.size() < field.suffix.size()) return false;
    line.remove_suffix(field.suffix.size());
    if (!field.is_valid(line)) return false;
    if (next_ == 0) charts_.emplace_back();
    charts_.back().*field.value = line;
    next_ = (next_ + 1) % fields.size();
    return true;
  }

  bool is_complete() const { return in_list_ && next_ == 0; }
  std::vector<PinnedChart> take() { return std::move(charts_); }

 private:
  bool in_list_ = false;
  std::size_t next_ = 0;
  std::vector<PinnedChart> charts_;
};

}  // namespace

bool is_chart_name(std::string_view text) {
  return consists_of_letters_digits_and("-_.", text);
}

bool is_chart_version(std::string_view text) {
  return consists_of_letters_digits_and("-_.+", text);
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, is_lower_hex_digit);
}

std::string archive_name(const PinnedChart& chart) {
  return fmt::format("{}-{}.tgz", chart.name, chart.version);
}

std::string print_lock_file(std::vector<PinnedChart> charts) {
  std::ranges::sort(charts, {}, order);
  std::string text =
      "# The charts this stack is built from, pinned by digest. Written by `stackc vendor`; "
      "belongs "
      "under version control.\n";
  text.append(charts.empty() ? empty_list_line : list_line).append("\n");
  for (const PinnedChart& chart : charts) {
    for (const Field& field : fields) {
      text.append(field.prefix).append(chart.*field.value).append(field.suffix).append("\n");
    }
  }
  return text;
}

Result<std::vector<PinnedChart>> parse_lock_file(std::string_view text) {
  LockReader reader;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (!reader.read(text.substr(0, end))) {
      return Error{fmt::format("line {} of `stackc.lock` is not what `stackc vendor` writes: `{}`",
                               number, text.substr(0, std::min<std::size_t>(end, 80)))};
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!reader.is_complete()) return Error{"`stackc.lock` ends in the middle of a chart"};
  std::vector<PinnedChart> charts = reader.take();
  std::ranges::sort(charts, {}, order);
  const auto twice = std::ranges::adjacent_find(charts, {}, order);
  if (twice != charts.end()) {
    return Error{fmt::format("`stackc.lock` pins `{}` twice", archive_name(*twice))};
  }
  return charts;
}

const PinnedChart* find_chart(const std::vector<PinnedChart>& charts, std::string_view name,
                              std::string_view version) {
  const auto place = std::ranges::find_if(charts, [&](const PinnedChart& chart) {
    return chart.name == name && chart.version == version;
  });
  return place == charts.end() ? nullptr : &*place;
}

Result<void> expect_digest(const PinnedChart& chart, std::string_view file,
                           std::string_view sha256) {
  if (sha256 == chart.sha256) return {};
  return Error{
      fmt::format("`{}` has the sha256 {}, but `stackc.lock` pins {}", file, sha256, chart.sha256)};
}

}  // namespace stackc::charts
