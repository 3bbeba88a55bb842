#include "compiler/schema/chart_uses.h"

#include <algorithm>
#include <array>

#include "compiler/base/ascii.h"

namespace stackc::schema {
namespace {

constexpr std::string_view values_word = ".Values";

// What a Go template takes for an identifier.
bool is_identifier_character(char c) {
  return is_letter_or_digit(c) || c == '_';
}

/// Takes `.name` from the front of the text, or nothing.
std::string_view take_field(std::string_view& text) {
  if (!text.starts_with('.')) return {};
  const auto end = std::ranges::find_if_not(text.substr(1), is_identifier_character);
  const auto size = static_cast<std::size_t>(end - text.begin()) - 1;
  const std::string_view name = text.substr(1, size);
  if (!name.empty()) text.remove_prefix(size + 1);
  return name;
}

/// Takes ` "name"` from the front of the text, or nothing.
std::string_view take_key(std::string_view& text) {
  std::string_view rest = text.substr(std::min(text.find_first_not_of(' '), text.size()));
  if (!rest.starts_with('"')) return {};
  const std::size_t end = rest.find('"', 1);
  if (end == rest.npos) return {};
  text = rest.substr(end + 1);
  return rest.substr(1, end - 1);
}

constexpr std::size_t max_path_length = 64;

}  // namespace

void add_uses(std::string_view template_text, ValueUse& values) {
  for (std::size_t at = template_text.find(values_word); at != template_text.npos;
       at = template_text.find(values_word, at + 1)) {
    std::string_view rest = template_text.substr(at + values_word.size());
    const bool indexed = template_text.substr(0, at).ends_with("index ");
    ValueUse* use = &values;
    for (std::size_t length = 0; length < max_path_length; ++length) {
      std::string_view name = take_field(rest);
      if (name.empty() && indexed) name = take_key(rest);
      if (name.empty()) break;
      use = &use->fields[std::string(name)];
    }
    // `.Values` alone is handed to every template, and says nothing.
    if (use != &values) use->whole = true;
  }
}

void add_path(std::string_view path, ValueUse& values) {
  ValueUse* use = &values;
  for (std::size_t length = 0; length < max_path_length && !path.empty(); ++length) {
    const std::size_t end = std::min(path.find('.'), path.size());
    use = &use->fields[std::string(path.substr(0, end))];
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
      add_fields(property, values.fields[name]);
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
