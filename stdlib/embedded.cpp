#include "stdlib/embedded.h"

namespace stackc::stdlib {

std::optional<std::string_view> find_embedded(std::string_view path) {
  return find_file(embedded_files(), path);
}

}  // namespace stackc::stdlib
