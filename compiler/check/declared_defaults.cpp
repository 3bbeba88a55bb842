#include "compiler/check/declared_defaults.h"

#include <algorithm>

namespace stackc::check {
namespace {

using ir::ExprRef;
using ir::RecordLiteral;
using types::Kind;
using types::Type;

ExprRef record_with_defaults(ExprRef found, const RecordLiteral& literal, const Type& type,
                             ExprBuilder& build) {
  std::vector<RecordLiteral::Entry> entries;
  for (const RecordLiteral::Entry& entry : literal.entries) {
    const types::Field* field = type.find(entry.name);
    const types::TypeRef below = type.kind == Kind::Map ? type.element
                                 : field                ? field->type
                                                        : nullptr;
    entries.push_back(
        {entry.name, entry.span, entry.condition, with_defaults(entry.value, below, build)});
  }
  for (const types::Field& field : type.fields) {
    const bool is_given =
        std::ranges::find(entries, field.name, &RecordLiteral::Entry::name) != entries.end();
    if (is_given || !field.default_value) continue;
    const ExprRef value = build.value(*field.default_value, found->span);
    entries.push_back({field.name, found->span, nullptr, with_defaults(value, field.type, build)});
  }
  return build.record(std::move(entries), found->span);
}

ExprRef comprehension_with_defaults(ExprRef found, ir::Comprehension each, const Type& type,
                                    ExprBuilder& build) {
  each.body = with_defaults(each.body, type.element, build);
  Type completed = *found->type;
  completed.element = each.body->type;
  return build.node(each, build.types().add(std::move(completed)), found->stage, found->span);
}

ExprRef match_with_defaults(ExprRef found, ir::Match match, types::TypeRef type,
                            ExprBuilder& build) {
  for (ir::Match::Arm& arm : match.arms) arm.result = with_defaults(arm.result, type, build);
  if (match.otherwise) match.otherwise = with_defaults(match.otherwise, type, build);
  return build.match(std::move(match), found->span);
}

}  // namespace

// Recursion follows the expression, whose depth the checker bounds.
ExprRef with_defaults(ExprRef value, types::TypeRef declared, ExprBuilder& build) {
  if (declared == nullptr || value->type->kind == Kind::Poison) return value;
  const auto* record = value->as<RecordLiteral>();
  if (record && (declared->kind == Kind::Record || declared->kind == Kind::Map))
    return record_with_defaults(value, *record, *declared, build);
  const auto* list = value->as<ir::ListLiteral>();
  if (list && declared->kind == Kind::List) {
    std::vector<ir::ListLiteral::Item> items;
    for (const ir::ListLiteral::Item& item : list->items)
      items.push_back({item.condition, with_defaults(item.value, declared->element, build)});
    return build.list(std::move(items), value->span);
  }
  const auto* each = value->as<ir::Comprehension>();
  if (each && declared->kind == Kind::List)
    return comprehension_with_defaults(value, *each, *declared, build);
  if (const auto* match = value->as<ir::Match>())
    return match_with_defaults(value, *match, declared, build);
  if (const auto* choice = value->as<ir::Conditional>()) {
    return build.conditional(choice->condition, with_defaults(choice->then, declared, build),
                             with_defaults(choice->otherwise, declared, build), value->span);
  }
  return value;
}

}  // namespace stackc::check
