#include "compiler/source/source_set.h"

#include <algorithm>

#include "compiler/base/text.h"

namespace stackc::source {
namespace {

constexpr std::uint32_t block_size = 1024;

/// A code point beyond the basic plane is four bytes in UTF-8 and two units in UTF-16.
std::uint32_t count_wide(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xF8) == 0xF0; }));
}

}  // namespace

SourceFile::SourceFile(FileId id, std::string path, std::string text)
    : id_(id), path_(std::move(path)), text_(std::move(text)), line_starts_{0} {
  for (std::size_t end = text_.find('\n'); end != std::string::npos;
       end = text_.find('\n', end + 1))
    line_starts_.push_back(static_cast<std::uint32_t>(end + 1));
  blocks_.push_back({0, 0});
  for (std::uint32_t end = block_size; end <= text_.size(); end += block_size)
    blocks_.push_back(counted_before(end));
}

SourceFile::Counted SourceFile::counted_before(std::uint32_t offset) const {
  const std::size_t block = std::min<std::size_t>(offset / block_size, blocks_.size() - 1);
  const std::size_t begin = block * block_size;
  const std::string_view rest = std::string_view(text_).substr(begin, offset - begin);
  return {blocks_[block].points + static_cast<std::uint32_t>(count_code_points(rest)),
          blocks_[block].wide + count_wide(rest)};
}

Position SourceFile::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto next = std::ranges::upper_bound(line_starts_, offset);
  const Counted line = counted_before(*(next - 1));
  const Counted here = counted_before(offset);
  const std::uint32_t points = here.points - line.points;
  return {static_cast<std::uint32_t>(next - line_starts_.begin()), points + 1,
          points + here.wide - line.wide + 1};
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
