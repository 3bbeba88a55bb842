#include "compiler/ir/constant_value.h"

namespace stackc::ir {

std::optional<Value> constant_value(ExprRef expr) {
  if (expr->type->kind == types::Kind::Poison) return std::nullopt;
  if (const auto* constant = expr->as<Constant>()) return constant->value;
  if (const auto* literal = expr->as<ListLiteral>()) {
    List items;
    items.reserve(literal->items.size());
    for (const auto& item : literal->items) {
      auto value = item.condition ? std::nullopt : constant_value(item.value);
      if (!value) return std::nullopt;
      items.push_back(std::move(*value));
    }
    return Value(std::move(items));
  }
  if (const auto* literal = expr->as<RecordLiteral>()) {
    Record record;
    record.reserve(literal->entries.size());
    for (const auto& entry : literal->entries) {
      auto value = entry.condition ? std::nullopt : constant_value(entry.value);
      if (!value) return std::nullopt;
      record.append_new(entry.name, std::move(*value));
    }
    return Value(std::move(record));
  }
  return std::nullopt;
}

}  // namespace stackc::ir
