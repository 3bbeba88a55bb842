#include "compiler/parse/merge_conflict.h"

#include <algorithm>

namespace stackc::parse {
namespace {

constexpr std::uint32_t mark_length = 7;

}  // namespace

std::size_t MergeConflict::skip(std::size_t line) {
  while (const char mark = mark_at(line)) {
    if (!open_) {
      const auto begin = static_cast<std::uint32_t>(line);
      reports_.report({file_, begin, begin + mark_length}, diag::MergeConflict,
                      diag::Code{std::string(mark_length, mark)});
    }
    const bool ends_first_side = open_ && (mark == '|' || mark == '=');
    open_ = mark == '<' || ends_first_side;
    line = next_line(line);
    if (!ends_first_side) continue;
    while (line < text_.size() && mark_at(line) != '>') line = next_line(line);
  }
  return line;
}

/// The mark that a line starts with, or nothing.
char MergeConflict::mark_at(std::size_t line) const {
  constexpr std::string_view marks = "<|=>";
  if (line >= text_.size() || marks.find(text_[line]) == std::string_view::npos) return '\0';
  const std::size_t end = text_.find_first_not_of(text_[line], line);
  const bool is_alone = end == std::string_view::npos || text_[end] == ' ' || text_[end] == '\r' ||
                        text_[end] == '\n';
  return std::min(end, text_.size()) - line == mark_length && is_alone ? text_[line] : '\0';
}

std::size_t MergeConflict::next_line(std::size_t line) const {
  const std::size_t end = text_.find('\n', line);
  return end == std::string_view::npos ? text_.size() : end + 1;
}

}  // namespace stackc::parse
