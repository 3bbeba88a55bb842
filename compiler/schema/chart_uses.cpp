#include "compiler/schema/chart_uses.h"

#include <algorithm>
#include <array>

#include "compiler/base/ascii.h"

namespace stackc::schema {
namespace {

constexpr std::size_t max_depth = 64;

}  // namespace

ValueUse& ValueUse::field(const std::string& name) {
  if (depth == max_depth) {
    whole = true;
    return *this;
  }
  ValueUse& below = fields[name];
  below.depth = depth + 1;
  return below;
}

void add_path(std::string_view path, ValueUse& values) {
  ValueUse* use = &values;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('.'), path.size());
    use = &use->field(std::string(path.substr(0, end)));
    path.remove_prefix(std::min(path.size(), end + 1));
  }
  use->whole = true;
}

namespace {

bool may_be_object(const Value* type) {
  if (type == nullptr) return true;
  const Value object("object");
  const List* types = type->if_list();
  return types == nullptr ? *type == object : std::ranges::find(*types, object) != types->end();
}

constexpr std::array<std::string_view, 3> schema_lists{"allOf", "anyOf", "oneOf"};
constexpr std::array<std::string_view, 3> schema_branches{"if", "then", "else"};

// The form of JsonSchema is at most 100 levels deep.
void add_fields(const Value& schema, ValueUse& values) {
  const Record* keywords = schema.if_record();
  if (keywords == nullptr || keywords->empty()) {
    values.whole = true;
    return;
  }
  bool says_more = keywords->find("required") != nullptr;
  if (const Value* named = keywords->find("properties"); named && named->if_record()) {
    says_more = true;
    for (const auto& [name, property] : *named->if_record())
      add_fields(property, values.field(name));
  }
  for (const std::string_view keyword : schema_lists) {
    const Value* list = keywords->find(keyword);
    if (list == nullptr || list->if_list() == nullptr) continue;
    says_more = true;
    for (const Value& item : *list->if_list()) add_fields(item, values);
  }
  for (const std::string_view keyword : schema_branches) {
    if (const Value* branch = keywords->find(keyword)) {
      says_more = true;
      add_fields(*branch, values);
    }
  }
  const Value* additional = keywords->find("additionalProperties");
  if (additional != nullptr && *additional != Value(false)) values.whole = true;
  if (!says_more && may_be_object(keywords->find("type"))) values.whole = true;
}

}  // namespace

void add_schema_fields(const Value& schema, ValueUse& values) {
  values.has_schema = true;
  add_fields(schema, values);
}

}  // namespace stackc::schema
