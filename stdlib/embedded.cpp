#include "stdlib/embedded.h"

#include <algorithm>

namespace stackc::stdlib {

std::optional<std::string_view> find_embedded(std::string_view path) {
  const auto files = embedded_files();
  const auto name = [](const EmbeddedFile& file) { return std::string_view(file.path); };
  const auto found = std::ranges::lower_bound(files, path, {}, name);
  if (found == files.end() || name(*found) != path) return std::nullopt;
  return found->text();
}

}  // namespace stackc::stdlib
