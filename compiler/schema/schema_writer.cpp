#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "compiler/schema/kind_schema.h"
#include "compiler/schema/schema_words.h"

namespace stackc::schema {
namespace {

using types::Kind;
using types::Type;

using Group = std::vector<std::string>;

std::string json_text(std::string_view text) {
  return to_json(Value(text));
}

std::string range(std::optional<std::int64_t> min, std::optional<std::int64_t> max) {
  if (!min && !max) return "";
  const auto text = [](std::optional<std::int64_t> bound) {
    return bound ? fmt::format("{}", *bound) : std::string();
  };
  return fmt::format("({}..{})", text(min), text(max));
}

std::string field_name(std::string_view name) {
  return is_plain_name(name) ? std::string(name) : json_text(name);
}

std::string name_list(const Group& names) {
  Group texts;
  for (const std::string& name : names) texts.push_back(field_name(name));
  return fmt::format("({})", fmt::join(texts, ", "));
}

std::string enumeration(const Type& type) {
  Group texts;
  for (const std::string& value : type.values) texts.push_back(json_text(value));
  return fmt::format("enum({})", fmt::join(texts, ", "));
}

bool names_all_fields(const Type& record, const Group& group) {
  return std::ranges::equal(group, record.fields, {}, {}, &types::Field::name);
}

bool has_all_fields(const Type& record, const std::vector<Group>& groups) {
  return std::ranges::any_of(groups,
                             [&](const Group& group) { return names_all_fields(record, group); });
}

std::string record_head(const Type& type) {
  if (has_all_fields(type, type.exactly_one_of)) return "record(1..1)";
  if (has_all_fields(type, type.at_least_one_of)) return "record(1..)";
  return "record";
}

std::string head(const Type& type) {
  switch (type.kind) {
    case Kind::Any:
    case Kind::Poison:
      return "any";
    case Kind::Bool:
      return "bool";
    case Kind::Int:
      return "int" + range(type.min, type.max);
    case Kind::Number:
      return "number";
    case Kind::String:
      return type.values.empty() ? "string" + range(type.min, type.max) : enumeration(type);
    case Kind::IntOrString:
      return "int-or-string";
    case Kind::List:
      return "list" + range(type.min, type.max);
    case Kind::Map:
      return "map" + range(type.min, type.max);
    case Kind::Record:
      return record_head(type);
  }
  return "any";
}

std::string type_text(const Type& type) {
  std::string text = head(type);
  if (type.immutable) text += " immutable";
  if (type.open) text += " open";
  if (type.unique) text += " unique";
  if (!type.list_keys.empty()) text += " keys" + name_list(type.list_keys);
  if (!type.format.empty()) text += fmt::format(" format({})", field_name(type.format));
  if (!type.pattern.empty()) text += fmt::format(" pattern({})", json_text(type.pattern));
  for (const Group& group : type.exactly_one_of) {
    if (!names_all_fields(type, group)) text += " exactly-one-of" + name_list(group);
  }
  for (const Group& group : type.at_least_one_of) {
    if (!names_all_fields(type, group)) text += " at-least-one-of" + name_list(group);
  }
  if (type.element != nullptr) text += " of " + type_text(*type.element);
  return text;
}

void write_field(const types::Field& field, std::size_t indent, std::string& out) {
  const bool optional = !field.required && !field.default_value;
  out.append(indent, ' ');
  out +=
      fmt::format("{}{}: {}", field_name(field.name), optional ? "?" : "", type_text(*field.type));
  if (field.default_value) out += " = " + to_json(*field.default_value);
  out += '\n';
  const Type* innermost = field.type;
  while (innermost->element != nullptr) innermost = innermost->element;
  for (const types::Field& below : innermost->fields)
    write_field(below, indent + indent_width, out);
}

}  // namespace

std::string write_schema(const KindSchema& schema) {
  std::string out = fmt::format("kind {}\napi-version {}\n", schema.kind, schema.api_version);
  for (const std::string& path : schema.unchecked) out += fmt::format("unchecked {}\n", path);
  out += '\n';
  write_field({.name = std::string(root_name), .type = schema.type, .required = true}, 0, out);
  return out;
}

std::string schema_file_name(const KindSchema& schema) {
  const std::string_view version = schema.api_version;
  return fmt::format("{}.{}.schema", schema.kind, version.substr(version.rfind('/') + 1));
}

}  // namespace stackc::schema
