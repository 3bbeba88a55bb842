#include "compiler/types/defaults.h"

namespace stackc::types {

namespace {

void fill_in(Record& record, const Type& type) {
  for (const Field& field : type.fields) {
    if (!field.default_value || field.default_value->is_null()) continue;
    const Value* given = record.find(field.name);
    if (given == nullptr || given->is_null()) record.set(field.name, *field.default_value);
  }
  for (auto& [name, value] : record) {
    if (const Field* field = type.find(name)) apply_defaults(value, *field->type);
  }
}

}  // namespace

// Recursion follows the type, which the author's source or a schema bounds.
void apply_defaults(Value& value, const Type& type) {
  Record* record = value.if_record();
  if (type.kind == Kind::Record && record != nullptr) {
    fill_in(*record, type);
  } else if (type.kind == Kind::Map && record != nullptr) {
    for (auto& entry : *record) apply_defaults(entry.value, *type.element);
  } else if (List* items = value.if_list(); type.kind == Kind::List && items != nullptr) {
    for (Value& item : *items) apply_defaults(item, *type.element);
  }
}

}  // namespace stackc::types
