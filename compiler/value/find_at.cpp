#include "compiler/value/find_at.h"

namespace stackc {

const Value* find_at(const Record& record, std::string_view path) {
  const Record* inside = &record;
  for (std::size_t dot = path.find('.'); dot != path.npos; dot = path.find('.')) {
    const Value* value = inside->find(path.substr(0, dot));
    inside = value == nullptr ? nullptr : value->if_record();
    if (inside == nullptr) return nullptr;
    path.remove_prefix(dot + 1);
  }
  return inside->find(path);
}

const Record* record_at(const Record& record, std::string_view path) {
  const Value* value = find_at(record, path);
  return value == nullptr ? nullptr : value->if_record();
}

}  // namespace stackc
