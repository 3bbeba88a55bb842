#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace stackc {

/// A file of the source tree as it was when the compiler was built (cmake/embed.cmake). The bytes
/// are part of the program; nothing is read or constructed at its start.
struct EmbeddedFile {
  const char* path;  // below the directory that was embedded
  const char* begin;
  const char* end;

  std::string_view text() const { return {begin, static_cast<std::size_t>(end - begin)}; }
};

/// The text of a file in a table that is sorted by path.
std::optional<std::string_view> find_file(std::span<const EmbeddedFile> files,
                                          std::string_view path);

}  // namespace stackc
