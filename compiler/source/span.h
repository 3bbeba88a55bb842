#pragma once

#include <compare>
#include <cstdint>

namespace stackc::source {

/// Index of a file in a SourceSet.
struct FileId {
  std::uint32_t index = 0;
  auto operator<=>(const FileId&) const = default;
};

/// A half-open range of bytes in one file. There is no default: every span says whose it is.
struct Span {
  FileId file;
  std::uint32_t begin;
  std::uint32_t end;

  auto operator<=>(const Span&) const = default;
};

/// From the start of `first` to the end of `last`, both in one file.
constexpr Span join(Span first, Span last) {
  return {first.file, first.begin, last.end};
}

}  // namespace stackc::source
