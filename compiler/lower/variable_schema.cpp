#include "compiler/lower/variable_schema.h"

#include <fmt/core.h>

#include "compiler/base/text.h"
#include "compiler/diag/catalogue/lower.h"

namespace stackc::lower {

using types::Kind;
using types::Type;

namespace {

/// What a field or variable adds to its type.
struct Annotations {
  std::string_view doc;
  const Value* default_value = nullptr;
  const Value* example = nullptr;
};

Record schema_of(const Type& type, const Annotations& annotations);

void set_bound(Record& schema, const char* key, const std::optional<std::int64_t>& bound) {
  if (bound) schema.set(key, *bound);
}

void set_bounds(Record& schema, const Type& type, const char* lower, const char* upper) {
  set_bound(schema, lower, type.min);
  set_bound(schema, upper, type.max);
}

/// Rules for text that is none of the listed values.
Record text_rules(const Type& type) {
  Record rules;
  if (!type.format.empty()) rules.set("format", type.format);
  if (!type.pattern.empty()) rules.set("pattern", type.pattern);
  set_bounds(rules, type, "minLength", "maxLength");
  return rules;
}

List texts(const std::vector<std::string>& words) {
  return {words.begin(), words.end()};
}

Record one_key(const char* key, Value value) {
  Record record;
  record.set(key, std::move(value));
  return record;
}

void add_text_rules(const Type& type, Record& schema) {
  const Record rules = text_rules(type);
  if (type.values.empty()) {
    for (const auto& [name, value] : rules) {
      // Beside a type, a format makes the validator of Kubernetes accept any list (capi-contract.md
      // section 2.1); in a branch it leaves the type alone.
      if (name == "format") {
        schema.set("allOf", List{one_key("format", value)});
      } else {
        schema.set(name, value);
      }
    }
  } else if (!type.or_other_text) {
    schema.set("enum", texts(type.values));
  } else if (!rules.empty()) {
    schema.set("anyOf", List{one_key("enum", texts(type.values)), rules});
  }
}

/// A value that gives fields of each group exactly once (`oneOf`) or at least once (`anyOf`).
void add_groups(const Type& type, Record& schema) {
  List rules;
  const auto add = [&](const std::vector<std::vector<std::string>>& groups, const char* keyword) {
    for (const auto& group : groups) {
      List choices;
      for (const std::string& name : group) choices.emplace_back(one_key("required", List{name}));
      rules.emplace_back(one_key(keyword, std::move(choices)));
    }
  };
  add(type.exactly_one_of, "oneOf");
  add(type.at_least_one_of, "anyOf");
  if (rules.size() > 1) {
    schema.set("allOf", std::move(rules));
  } else if (rules.size() == 1) {
    const auto& [keyword, choices] = *rules[0].if_record()->begin();
    schema.set(keyword, choices);
  }
}

void add_fields(const Type& type, Record& schema) {
  List required;
  Record properties;
  for (const types::Field& field : type.fields) {
    if (field.required) required.emplace_back(field.name);
    properties.set(field.name, schema_of(*field.type, {field.doc, field.default_value.get(),
                                                       field.example.get()}));
  }
  if (!required.empty()) schema.set("required", std::move(required));
  if (!properties.empty()) schema.set("properties", std::move(properties));
  if (type.open) schema.set("x-kubernetes-preserve-unknown-fields", true);
  add_groups(type, schema);
}

void add_contents(const Type& type, Record& schema) {
  switch (type.kind) {
    case Kind::Bool:
      return;
    case Kind::Int:
    case Kind::Number:
      set_bounds(schema, type, "minimum", "maximum");
      return;
    case Kind::String:
      add_text_rules(type, schema);
      return;
    case Kind::IntOrString:
      schema.set("x-kubernetes-int-or-string", true);
      return;
    case Kind::List:
      set_bounds(schema, type, "minItems", "maxItems");
      if (type.unique) schema.set("uniqueItems", true);
      schema.set("items", schema_of(*type.element, {}));
      return;
    case Kind::Map:
      set_bounds(schema, type, "minProperties", "maxProperties");
      schema.set("additionalProperties", schema_of(*type.element, {}));
      return;
    case Kind::Record:
      add_fields(type, schema);
      return;
    case Kind::Any:
    case Kind::Poison:
      schema.set("x-kubernetes-preserve-unknown-fields", true);
      return;
  }
}

/// Empty where a structural schema has no type.
std::string_view type_name(Kind kind) {
  switch (kind) {
    case Kind::Bool:
      return "boolean";
    case Kind::Int:
      return "integer";
    case Kind::Number:
      return "number";
    case Kind::String:
      return "string";
    case Kind::List:
      return "array";
    case Kind::Map:
    case Kind::Record:
      return "object";
    case Kind::IntOrString:
    case Kind::Any:
    case Kind::Poison:
      return "";
  }
  return "";
}

Record schema_of(const Type& type, const Annotations& annotations) {
  Record schema;
  if (const auto name = type_name(type.kind); !name.empty()) schema.set("type", name);
  if (!annotations.doc.empty()) schema.set("description", annotations.doc);
  if (annotations.default_value) schema.set("default", *annotations.default_value);
  if (annotations.example) schema.set("example", *annotations.example);
  add_contents(type, schema);
  return schema;
}

/// The integers up to which a double holds each one.
constexpr std::int64_t largest_exact = std::int64_t{1} << 53;

/// An integer in a value that Cluster API would change; null if there is none. Recursion follows
/// the value, whose depth the parser bounds.
const std::int64_t* find_inexact(const Value& value) {
  if (const auto* integer = value.if_int())
    return *integer > largest_exact || *integer < -largest_exact ? integer : nullptr;
  const std::int64_t* found = nullptr;
  if (const List* items = value.if_list()) {
    for (const Value& item : *items) found = found ? found : find_inexact(item);
  } else if (const Record* record = value.if_record()) {
    for (const auto& [name, field] : *record) found = found ? found : find_inexact(field);
  }
  return found;
}

void check_numbers(const ir::ClusterVariable& variable, diag::Sink& sink) {
  const std::int64_t* found =
      variable.default_value ? find_inexact(*variable.default_value) : nullptr;
  for (const Value& example : variable.examples) found = found ? found : find_inexact(example);
  if (found == nullptr) return;
  sink.report(variable.span, diag::InexactNumber, diag::Code{fmt::format("{}", *found)},
              diag::Code{fmt::format("{}", largest_exact)});
}

/// Limits that the CRD puts on the top level of a schema only.
void check_limits(const ir::ClusterVariable& variable, diag::Sink& sink) {
  constexpr std::size_t max_description = 4096;
  constexpr std::size_t max_pattern = 512;
  constexpr std::size_t max_choices = 100;
  const auto check_text = [&](const char* what, std::string_view text, std::size_t limit) {
    const std::size_t size = count_code_points(text);
    if (size <= limit) return;
    sink.report(variable.span, diag::SchemaTextTooLong, diag::Prose{what},
                diag::Count{static_cast<std::int64_t>(size)},
                diag::Count{static_cast<std::int64_t>(limit)});
  };
  check_text("documentation", variable.doc, max_description);
  check_text("pattern", variable.type->pattern, max_pattern);
  if (const std::size_t size = variable.type->values.size();
      size > max_choices && !variable.type->or_other_text) {
    sink.report(variable.span, diag::TooManyChoices, diag::Count{static_cast<std::int64_t>(size)},
                diag::Count{static_cast<std::int64_t>(max_choices)});
  }
}

}  // namespace

Record variable_definition(const ir::ClusterVariable& variable, diag::Sink& sink) {
  check_limits(variable, sink);
  check_numbers(variable, sink);
  Record schema = schema_of(
      *variable.type, {variable.doc, variable.default_value ? &*variable.default_value : nullptr,
                       variable.examples.empty() ? nullptr : &variable.examples[0]});
  Record definition;
  definition.set("name", variable.name);
  definition.set("required", variable.required);
  definition.set("schema", one_key("openAPIV3Schema", std::move(schema)));
  return definition;
}

}  // namespace stackc::lower
