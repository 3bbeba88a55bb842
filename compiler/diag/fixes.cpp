#include "compiler/diag/fixes.h"

#include <algorithm>

namespace stackc::diag {

const Fix* certain_fix(const Report& report) {
  return report.fixes.size() == 1 && report.fixes.front().certain ? &report.fixes.front() : nullptr;
}

bool overlap(const Edit& a, const Edit& b) {
  if (a.span.file != b.span.file) return false;
  return a.span.begin == b.span.begin || (a.span.begin < b.span.end && b.span.begin < a.span.end);
}

namespace {

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? "" : text.substr(first);
}

/// Where the line that ends at `end` begins; `end` is behind its newline.
std::size_t line_before(std::string_view text, std::size_t end) {
  const std::size_t newline = end < 2 ? std::string_view::npos : text.rfind('\n', end - 2);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

}  // namespace

std::optional<Edit> removal_of_lines(const source::SourceFile& file, source::Span span) {
  const std::string_view text = file.text();
  const std::size_t newline = text.substr(0, span.begin).rfind('\n');
  std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  if (!without_blanks(text.substr(begin, span.begin - begin)).empty()) return std::nullopt;
  std::size_t end = std::min(text.find('\n', span.end), text.size());
  const std::string_view behind = without_blanks(text.substr(span.end, end - span.end));
  if (!behind.empty() && !behind.starts_with("//")) return std::nullopt;
  end = std::min(end + 1, text.size());
  const auto line_above = [&] {
    const std::size_t start = line_before(text, begin);
    return text.substr(start, begin - start);
  };
  while (begin > 0 && without_blanks(line_above()).starts_with("///"))
    begin = line_before(text, begin);
  const std::size_t next = std::min(text.find('\n', end), text.size());
  const bool is_above_empty = begin == 0 || without_blanks(line_above()).empty();
  const bool is_below_empty = without_blanks(text.substr(end, next - end)).empty();
  if (is_above_empty && is_below_empty) end = std::min(next + 1, text.size());
  return Edit{{span.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, ""};
}

std::string with_edits(std::string_view text, std::vector<Edit> edits) {
  std::ranges::sort(edits, {}, [](const Edit& edit) { return edit.span.begin; });
  std::string result;
  std::size_t done = 0;
  for (const Edit& edit : edits) {
    result += text.substr(done, edit.span.begin - done);
    result += edit.replacement;
    done = edit.span.end;
  }
  return result += text.substr(done);
}

}  // namespace stackc::diag
