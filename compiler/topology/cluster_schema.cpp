#include "compiler/topology/cluster_schema.h"

#include "compiler/diag/catalogue/cluster.h"
#include "compiler/types/validate.h"

namespace stackc::topology {

namespace {

/// Without nulls, and with a value for each variable: what the API server compares with the CRD.
// Recursion follows the value, whose depth the YAML reader bounds.
Value as_validated(const Value& value) {
  if (const List* items = value.if_list()) {
    List result;
    for (const Value& item : *items) result.push_back(as_validated(item));
    return result;
  }
  const Record* record = value.if_record();
  if (record == nullptr) return value;
  Record result;
  for (const auto& [name, field] : *record) {
    if (!field.is_null()) result.set(name, as_validated(field));
  }
  return result;
}

/// Gives the entries of a list of variables a value.
void fill_values(Record& owner, std::string_view field) {
  Value* list = owner.find(field);
  if (list == nullptr || list->if_list() == nullptr) return;
  for (Value& entry : *list->if_list()) {
    if (Record* variable = entry.if_record()) variable->set("value", true);
  }
}

/// The record at a field, or null.
Record* record_at(Record* owner, std::string_view field) {
  Value* value = owner == nullptr ? nullptr : owner->find(field);
  return value == nullptr ? nullptr : value->if_record();
}

void fill_overrides(Record* owner) {
  if (Record* variables = record_at(owner, "variables")) fill_values(*variables, "overrides");
}

void fill_all_values(Record* topology) {
  if (topology == nullptr) return;
  fill_values(*topology, "variables");
  fill_overrides(record_at(topology, "controlPlane"));
  Record* workers = record_at(topology, "workers");
  if (workers == nullptr) return;
  for (auto& field : *workers) {
    if (field.value.if_list() == nullptr) continue;
    for (Value& entry : *field.value.if_list()) fill_overrides(entry.if_record());
  }
}

}  // namespace

std::vector<Refusal> check_schema(const Value& manifest, const types::Type& type) {
  Value validated = as_validated(manifest);
  Record* object = validated.if_record();
  if (object != nullptr) {
    object->remove("status");
    fill_all_values(record_at(record_at(object, "spec"), "topology"));
  }
  std::vector<Refusal> refusals;
  for (const auto& [path, message] : types::validate(validated, type))
    refusals.push_back(refusal(path, diag::InvalidField, diag::Prose{message}));
  return refusals;
}

}  // namespace stackc::topology
