#include "compiler/testing/unified_diff.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace stackc::testing {
namespace {

constexpr std::size_t context_lines = 3;
// Beyond this many cells of the table, the middle of the files is shown as replaced.
constexpr std::size_t most_cells = 25'000'000;

struct Line {
  char sign;  // ' ', '-', '+'
  std::string_view text;
};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

using Lines = std::vector<std::string_view>;

/// The middle parts by their longest common subsequence.
void compare(const Lines& a, const Lines& b, std::vector<Line>& result) {
  const std::size_t width = b.size() + 1;
  std::vector<std::uint32_t> common;  // of the suffixes from (i, j)
  if ((a.size() + 1) * width <= most_cells) {
    common.assign((a.size() + 1) * width, 0);
    for (std::size_t i = a.size(); i-- > 0;) {
      for (std::size_t j = b.size(); j-- > 0;) {
        common[i * width + j] =
            a[i] == b[j] ? common[(i + 1) * width + j + 1] + 1
                         : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
      }
    }
  }
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      result.push_back({' ', a[i++]});
      ++j;
    } else if (j == b.size() ||
               (i < a.size() &&
                (common.empty() || common[(i + 1) * width + j] >= common[i * width + j + 1]))) {
      result.push_back({'-', a[i++]});
    } else {
      result.push_back({'+', b[j++]});
    }
  }
}

std::vector<Line> edit_script(const Lines& a, const Lines& b) {
  std::size_t front = 0;
  while (front < a.size() && front < b.size() && a[front] == b[front]) ++front;
  std::size_t back = 0;
  while (back < a.size() - front && back < b.size() - front &&
         a[a.size() - 1 - back] == b[b.size() - 1 - back])
    ++back;
  const auto middle = [&](const Lines& lines) {
    return Lines(lines.begin() + static_cast<std::ptrdiff_t>(front),
                 lines.end() - static_cast<std::ptrdiff_t>(back));
  };
  std::vector<Line> script;
  for (std::size_t i = 0; i < front; ++i) script.push_back({' ', a[i]});
  compare(middle(a), middle(b), script);
  for (std::size_t i = a.size() - back; i < a.size(); ++i) script.push_back({' ', a[i]});
  return script;
}

/// `@@ -1,4 +1,5 @@`
std::string hunk_header(const std::vector<Line>& script, std::size_t begin, std::size_t end) {
  std::size_t start_a = 1, start_b = 1, count_a = 0, count_b = 0;
  for (std::size_t i = 0; i < end; ++i) {
    (i < begin ? start_a : count_a) += script[i].sign != '+';
    (i < begin ? start_b : count_b) += script[i].sign != '-';
  }
  return fmt::format("@@ -{},{} +{},{} @@", start_a, count_a, start_b, count_b);
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after,
                         std::size_t most_lines) {
  if (before == after) return "";
  const std::vector<Line> script = edit_script(lines_of(before), lines_of(after));
  const auto changed = [](const Line& line) { return line.sign != ' '; };
  std::vector<std::string> shown{fmt::format("--- {}", path), fmt::format("+++ {}", path)};
  for (std::size_t at = 0; at < script.size();) {
    const auto first = static_cast<std::size_t>(
        std::find_if(script.begin() + static_cast<std::ptrdiff_t>(at), script.end(), changed) -
        script.begin());
    if (first == script.size()) break;
    const std::size_t begin = std::max(at, first > context_lines ? first - context_lines : 0);
    std::size_t end = first;  // behind the last change whose context touches that of the one before
    for (std::size_t i = first; i < script.size() && i <= end + 2 * context_lines; ++i) {
      if (changed(script[i])) end = i + 1;
    }
    end = std::min(end + context_lines, script.size());
    shown.push_back(hunk_header(script, begin, end));
    for (std::size_t i = begin; i < end; ++i)
      shown.push_back(fmt::format("{}{}", script[i].sign, script[i].text));
    at = end;
  }
  std::string text;
  for (std::size_t i = 0; i < shown.size() && i < most_lines; ++i) text += shown[i] + "\n";
  if (shown.size() > most_lines)
    text += fmt::format("… and {} more lines\n", shown.size() - most_lines);
  return text;
}

}  // namespace stackc::testing
