#include "compiler/source/source_set.h"

#include <algorithm>

#include "compiler/base/text.h"

namespace stackc::source {

SourceFile::SourceFile(FileId id, std::string path, std::string text)
    : id_(id), path_(std::move(path)), text_(std::move(text)), line_starts_{0} {
  for (std::uint32_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(i + 1);
  }
}

Position SourceFile::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto next = std::ranges::upper_bound(line_starts_, offset);
  const std::uint32_t start = *(next - 1);
  const std::string_view before = std::string_view(text_).substr(start, offset - start);
  const std::size_t points = count_code_points(before);
  // A code point beyond the basic plane is four bytes in UTF-8 and two units in UTF-16.
  const auto wide = std::ranges::count_if(before, [](char c) { return (c & 0xF8) == 0xF0; });
  return {static_cast<std::uint32_t>(next - line_starts_.begin()),
          static_cast<std::uint32_t>(points + 1),
          static_cast<std::uint32_t>(points + static_cast<std::size_t>(wide) + 1)};
}

std::string_view SourceFile::line(std::uint32_t number) const {
  const std::uint32_t start = line_starts_.at(number - 1);
  std::string_view rest = std::string_view(text_).substr(start);
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

const SourceFile& SourceSet::add(std::string path, std::string text) {
  const FileId id{static_cast<std::uint32_t>(files_.size())};
  return files_.emplace_back(id, std::move(path), std::move(text));
}

}  // namespace stackc::source
