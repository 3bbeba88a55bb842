#include "compiler/diag/pages.h"

#include <fmt/core.h>

#include "compiler/base/embedded_file.h"

namespace stackc::diag {

std::span<const EmbeddedFile> embedded_pages();  // made by compiler/diag/CMakeLists.txt

std::optional<std::string_view> find_page(std::string_view id) {
  return find_file(embedded_pages(), fmt::format("{}.md", id));
}

}  // namespace stackc::diag
