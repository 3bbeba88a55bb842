#include "compiler/schema/one_of_rules.h"

#include <re2/re2.h>

#include <algorithm>
#include <string>
#include <vector>

namespace stackc::schema {
namespace {

using types::Kind;
using types::Type;

using Group = std::vector<std::string>;

// No CRD comes near; a hostile one would make the searches for its names long.
constexpr std::size_t max_rule_size = 1000;
constexpr std::size_t max_alternatives = 100;

std::string without_spaces(std::string_view rule) {
  std::string text(rule);
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  return text;
}

/// The fields named by `has(self.x)`, in their order; empty if one of them is no field of the
/// record.
Group tested_fields(const std::string& rule, const Type& record) {
  static const RE2 test("has\\(self\\.(\\w+)\\)");
  Group names;
  std::string name;
  re2::StringPiece rest(rule);
  while (RE2::FindAndConsume(&rest, test, &name)) {
    if (record.find(name) == nullptr) return {};
    names.push_back(name);
  }
  return names;
}

// A field with a default is always there when the API server looks.
bool has_default(const Group& names, const Type& record) {
  return std::ranges::any_of(names, [&](const std::string& name) {
    return record.find(name)->default_value.get() != nullptr;
  });
}

bool add_group(Group names, const Type& record, std::vector<Group>& groups) {
  if (names.empty() || has_default(names, record)) return false;
  if (std::ranges::find(groups, names) == groups.end()) groups.push_back(std::move(names));
  return true;
}

bool apply_to_record(const std::string& rule, Type& record) {
  static const RE2 some("\\(*has\\(self\\.\\w+\\)(?:\\|\\|has\\(self\\.\\w+\\))+\\)*");
  static const RE2 one_of_list(
      "\\[has\\(self\\.\\w+\\)(?:,has\\(self\\.\\w+\\))+\\]\\.filter\\((\\w+),\\w+(?:==true)?\\)\\."
      "size\\(\\)==1");
  static const RE2 one_of_sum(
      "\\(has\\(self\\.\\w+\\)\\?1:0\\)(?:\\+\\(has\\(self\\.\\w+\\)\\?1:0\\))+==1");
  static const RE2 one_of_two("has\\(self\\.\\w+\\)!=has\\(self\\.\\w+\\)");
  if (RE2::FullMatch(rule, some))
    return add_group(tested_fields(rule, record), record, record.at_least_one_of);
  const bool exactly_one = RE2::FullMatch(rule, one_of_list) || RE2::FullMatch(rule, one_of_sum) ||
                           RE2::FullMatch(rule, one_of_two);
  return exactly_one && add_group(tested_fields(rule, record), record, record.exactly_one_of);
}

// Unique by one field is more than unique by several, so the shorter key replaces the longer.
bool apply_to_list(const std::string& rule, Type& list) {
  static const RE2 unique(
      "self\\.all\\((\\w+),self\\.exists_one\\((\\w+),(\\w+)\\.(\\w+)==(\\w+)\\.(\\w+)\\)\\)");
  std::string outer, inner, left, left_field, right, right_field;
  if (!RE2::FullMatch(rule, unique, &outer, &inner, &left, &left_field, &right, &right_field))
    return false;
  const bool compares = (left == outer && right == inner) || (left == inner && right == outer);
  if (outer == inner || !compares || left_field != right_field) return false;
  const types::Field* key = list.element->find(left_field);
  if (key == nullptr || !key->required) return false;
  list.list_keys = {left_field};
  return true;
}

bool apply_to_text(std::string_view rule, Type& text) {
  static const RE2 matches("self\\.matches\\('([^'\\\\]*)'\\)");
  std::string pattern;
  if (!text.pattern.empty() || !RE2::FullMatch(std::string(rule), matches, &pattern)) return false;
  text.pattern = std::move(pattern);
  return true;
}

}  // namespace

bool apply_cel_rule(std::string_view rule, Type& type) {
  if (rule.size() > max_rule_size) return false;
  const std::string text = without_spaces(rule);
  if (text == "self==oldSelf") {
    type.immutable = true;
    return true;
  }
  switch (type.kind) {
    case Kind::Record:
      return apply_to_record(text, type);
    case Kind::List:
      return apply_to_list(text, type);
    case Kind::String:
      return apply_to_text(rule, type);
    case Kind::Any:
    case Kind::Bool:
    case Kind::Int:
    case Kind::Number:
    case Kind::IntOrString:
    case Kind::Map:
    case Kind::Poison:
      return false;
  }
  return false;
}

bool apply_alternatives(const List& alternatives, bool exactly_one, Type& type) {
  if (type.kind != Kind::Record || alternatives.size() > max_alternatives) return false;
  Group names;
  for (const Value& alternative : alternatives) {
    const Record* keywords = alternative.if_record();
    const Value* required =
        keywords == nullptr || keywords->size() != 1 ? nullptr : keywords->find("required");
    const List* fields = required == nullptr ? nullptr : required->if_list();
    if (fields == nullptr || fields->size() != 1) return false;
    const std::string* name = fields->front().if_string();
    if (name == nullptr || type.find(*name) == nullptr) return false;
    names.push_back(*name);
  }
  return add_group(std::move(names), type,
                   exactly_one ? type.exactly_one_of : type.at_least_one_of);
}

bool apply_property_count(std::optional<std::int64_t> min, std::optional<std::int64_t> max,
                          Type& type) {
  if (min != 1 || (max && *max != 1) || type.fields.empty() || type.open) return false;
  Group names;
  for (const types::Field& field : type.fields) names.push_back(field.name);
  return add_group(std::move(names), type, max ? type.exactly_one_of : type.at_least_one_of);
}

}  // namespace stackc::schema
