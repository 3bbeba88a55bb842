#include "compiler/base/embedded_file.h"

#include <algorithm>

namespace stackc {

std::optional<std::string_view> find_file(std::span<const EmbeddedFile> files,
                                          std::string_view path) {
  const auto name = [](const EmbeddedFile& file) { return std::string_view(file.path); };
  const auto found = std::ranges::lower_bound(files, path, {}, name);
  if (found == files.end() || name(*found) != path) return std::nullopt;
  return found->text();
}

}  // namespace stackc
