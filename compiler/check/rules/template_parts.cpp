#include "compiler/check/rules/template_parts.h"

#include <algorithm>

namespace stackc::check {

using ir::ExprRef;
using ir::RecordLiteral;

namespace {

/// Nobody knows which clusters get what stands under a broken condition.
bool is_broken(ExprRef condition) {
  return condition != nullptr && condition->type->kind == types::Kind::Poison;
}

/// Recursion follows the expression, whose depth the checker bounds.
void walk(ExprRef value, const std::string& path, const PartVisitor& visit) {
  visit(value, path);
  if (const auto* record = value->as<RecordLiteral>()) {
    for (const RecordLiteral::Entry& entry : record->entries) {
      if (!is_broken(entry.condition))
        walk(entry.value, path.empty() ? entry.name : path + "." + entry.name, visit);
    }
  } else if (const auto* list = value->as<ir::ListLiteral>()) {
    for (const auto& item : list->items) {
      if (!is_broken(item.condition)) walk(item.value, path + "[]", visit);
    }
  } else if (const auto* choice = value->as<ir::Conditional>()) {
    walk(choice->then, path, visit);
    walk(choice->otherwise, path, visit);
  } else if (const auto* match = value->as<ir::Match>()) {
    for (const auto& arm : match->arms) walk(arm.result, path, visit);
    if (match->otherwise) walk(match->otherwise, path, visit);
  } else if (const auto* items = value->as<ir::Comprehension>()) {
    walk(items->body, path + "[]", visit);
  }
}

}  // namespace

void for_each_value(ExprRef root, const PartVisitor& visit) {
  walk(root, "", visit);
}

ExprRef kubeadm_configuration(const ir::Template& source) {
  if (source.spec == nullptr || source.kind == "KubeadmConfigTemplate") return source.spec;
  if (source.kind != "KubeadmControlPlaneTemplate") return nullptr;
  const auto* record = source.spec->as<RecordLiteral>();
  const auto* body = record == nullptr ? nullptr : find_entry(*record, "kubeadmConfigSpec");
  return body == nullptr ? nullptr : body->value;
}

bool has_kubeadm_patches(ExprRef configuration) {
  bool found = false;
  for_each_value(configuration, [&](ExprRef, const std::string& path) {
    found = found || path.ends_with("Configuration.patches");
  });
  return found;
}

const RecordLiteral::Entry* find_entry(const RecordLiteral& record, std::string_view name) {
  const auto entry = std::ranges::find(record.entries, name, &RecordLiteral::Entry::name);
  return entry == record.entries.end() ? nullptr : &*entry;
}

const Value* fixed_value(const RecordLiteral& record, std::string_view name) {
  const RecordLiteral::Entry* entry = find_entry(record, name);
  if (entry == nullptr || entry->condition != nullptr) return nullptr;
  const auto* constant = entry->value->as<ir::Constant>();
  return constant == nullptr ? nullptr : &constant->value;
}

// Recursion follows the expression, whose depth the checker bounds.
bool is_empty(ir::ExprRef value) {
  if (const auto* record = value->as<RecordLiteral>()) {
    return std::ranges::all_of(record->entries, is_empty, &RecordLiteral::Entry::value);
  }
  const auto* list = value->as<ir::ListLiteral>();
  return list != nullptr && list->items.empty();
}

const std::string* fixed_text(const RecordLiteral& record, std::string_view name) {
  const Value* value = fixed_value(record, name);
  return value == nullptr ? nullptr : value->if_string();
}

std::string known_text(ExprRef value) {
  const auto* constant = value->as<ir::Constant>();
  if (constant != nullptr && constant->value.if_string()) return *constant->value.if_string();
  std::string text;
  if (const auto* parts = value->as<ir::Concat>()) {
    for (const ExprRef part : parts->parts)
      text += part->as<ir::Constant>() ? known_text(part) : "x";
  }
  return text;
}

}  // namespace stackc::check
