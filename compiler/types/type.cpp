#include "compiler/types/type.h"

#include <fmt/core.h>

#include <algorithm>

namespace stackc::types {

const Field* Type::find(std::string_view field) const {
  const auto found = std::ranges::find(fields, field, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

TypeStore::TypeStore()
    : any_(add({.kind = Kind::Any})),
      boolean_(add({.kind = Kind::Bool})),
      integer_(add({.kind = Kind::Int})),
      number_(add({.kind = Kind::Number})),
      string_(add({.kind = Kind::String})),
      poison_(add({.kind = Kind::Poison})) {}

TypeRef TypeStore::list_of(TypeRef element) {
  return add({.kind = Kind::List, .element = element});
}

TypeRef TypeStore::map_of(TypeRef element) {
  return add({.kind = Kind::Map, .element = element});
}

namespace {

std::string bounds(const Type& type) {
  if (!type.min && !type.max) return "";
  const auto text = [](const std::optional<std::int64_t>& bound) {
    return bound ? fmt::format("{}", *bound) : std::string();
  };
  return fmt::format("({}..{})", text(type.min), text(type.max));
}

std::string describe_string(const Type& type) {
  if (!type.values.empty()) {
    std::string text;
    for (const std::string& value : type.values) {
      if (!text.empty()) text += " | ";
      text += fmt::format("\"{}\"", value);
    }
    if (!type.or_other_text) return text;
    Type other = type;
    other.values.clear();
    return describe_string(other) + " | " + text;
  }
  if (!type.format.empty()) return fmt::format("String(format: \"{}\")", type.format);
  if (!type.pattern.empty()) return fmt::format("String(pattern: \"{}\")", type.pattern);
  return "String" + bounds(type);
}

std::string describe_record(const Type& type) {
  constexpr std::size_t shown = 4;
  std::string text = "{";
  for (std::size_t i = 0; i < type.fields.size() && i < shown; ++i) {
    if (i > 0) text += ", ";
    text += type.fields[i].name;
  }
  return text + (type.fields.size() > shown || type.open ? ", …}" : "}");
}

}  // namespace

std::string describe(const Type& type) {
  if (!type.name.empty()) return type.name;
  switch (type.kind) {
    case Kind::Any:
      return "Any";
    case Kind::Bool:
      return "Bool";
    case Kind::Int:
      return "Int" + bounds(type);
    case Kind::Number:
      return "Number";
    case Kind::String:
      return describe_string(type);
    case Kind::IntOrString:
      return "Int | String";
    case Kind::List:
      return fmt::format("[{}]{}", describe(*type.element), bounds(type));
    case Kind::Map:
      return fmt::format("{{String: {}}}", describe(*type.element));
    case Kind::Record:
      return describe_record(type);
    case Kind::Poison:
      return "?";
  }
  return "?";
}

}  // namespace stackc::types
