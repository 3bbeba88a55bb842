#include "compiler/schema/crd_schema.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <set>

#include "compiler/base/text.h"
#include "compiler/schema/one_of_rules.h"
#include "compiler/schema/schema_words.h"
#include "compiler/types/pattern.h"

namespace stackc::schema {
namespace {

using types::Kind;
using types::Type;
using types::TypeRef;

constexpr std::size_t max_schemas = 100'000;
constexpr std::size_t max_fields = 2'000;  // of one record
constexpr std::size_t max_rules = 2'000;
constexpr std::size_t max_enum_values = 10'000;

std::string shown_name(std::string_view name) {
  return is_plain_name(name) ? std::string(name) : to_json(Value(name));
}

/// One place in the schema. Its paths are put together only where they are told: they are as long
/// as the schema is deep.
struct Place {
  enum class Step : std::uint8_t { Root, Field, Items, Entries };

  const Place* above = nullptr;
  Step step = Step::Root;
  std::string_view name;  // of the field
  std::size_t depth = 0;

  Place field(std::string_view field_name) const {
    return {this, Step::Field, field_name, depth + 1};
  }
  Place items() const { return {this, Step::Items, {}, depth + 1}; }
  Place entries() const { return {this, Step::Entries, {}, depth + 1}; }

  /// From the root to here.
  std::vector<const Place*> way() const {
    std::vector<const Place*> places;
    for (const Place* place = this; place != nullptr; place = place->above) places.push_back(place);
    std::ranges::reverse(places);
    return places;
  }

  /// In the CRD, below the root: `.properties.spec.items`.
  std::string where() const { return spelt({".properties.", ".items", ".additionalProperties"}); }

  /// In the object: `spec.list[].name`.
  std::string path() const {
    const std::string text = spelt({".", "[]", "{}"});
    if (text.empty()) return ".";
    return text.starts_with('.') ? text.substr(1) : text;
  }

 private:
  /// How the steps of a way read.
  struct Spelling {
    std::string_view before_field, items, entries;
  };

  std::string spelt(const Spelling& spelling) const {
    std::string text;
    for (const Place* place : way()) {
      switch (place->step) {
        case Step::Root:
          break;
        case Step::Field:
          text += std::string(spelling.before_field) + shown_name(place->name);
          break;
        case Step::Items:
          text += spelling.items;
          break;
        case Step::Entries:
          text += spelling.entries;
          break;
      }
    }
    return text;
  }
};

bool is_true(const Record& schema, std::string_view keyword) {
  const Value* value = schema.find(keyword);
  return value != nullptr && value->if_bool() != nullptr && *value->if_bool();
}

std::optional<std::int64_t> integer(const Record& schema, std::string_view keyword) {
  const Value* value = schema.find(keyword);
  const std::int64_t* number = value == nullptr ? nullptr : value->if_int();
  return number == nullptr ? std::nullopt : std::optional(*number);
}

std::vector<std::string> texts(const Record& schema, std::string_view keyword) {
  std::vector<std::string> all;
  const Value* value = schema.find(keyword);
  const List* list = value == nullptr ? nullptr : value->if_list();
  if (list == nullptr) return all;
  for (const Value& item : *list) {
    if (const std::string* text = item.if_string()) all.push_back(*text);
  }
  return all;
}

const Record* record(const Record& schema, std::string_view keyword) {
  const Value* value = schema.find(keyword);
  return value == nullptr ? nullptr : value->if_record();
}

class Importer {
 public:
  explicit Importer(types::TypeStore& store) : store_(store) {}

  TypeRef type(const Value& value, const Place& place) {
    const Record* schema = value.if_record();
    if (schema == nullptr) return fail(place, "not a schema");
    if (place.depth > max_schema_depth) return fail(place, "nested too deeply");
    if (++schemas_ > max_schemas)
      return fail(place, fmt::format("more than {} schemas", max_schemas));
    if (schema->find("$ref") != nullptr) return fail(place, "`$ref` is not allowed in a CRD");
    Type type = structure(*schema, place);
    if (fault_) return store_.poison();
    add_rules(*schema, place, type);
    return store_.add(std::move(type));
  }

  const std::optional<CrdFault>& fault() const { return fault_; }
  std::vector<std::string> unchecked() const { return {unchecked_.begin(), unchecked_.end()}; }

 private:
  TypeRef fail(const Place& place, std::string_view why) {
    if (!fault_) fault_ = CrdFault{place.where(), std::string(why)};
    return store_.poison();
  }

  void leave_unchecked(const Place& place) {
    const auto [added, is_new] = unchecked_.insert(place.path());
    if (is_new) unchecked_bytes_ += added->size();
    if (unchecked_bytes_ > max_schema_bytes) fail(place, "too much of the CRD cannot be checked");
  }

  Type structure(const Record& schema, const Place& place) {
    const std::string name = text_at(schema, "type");
    const bool preserves = is_true(schema, "x-kubernetes-preserve-unknown-fields") ||
                           is_true(schema, "x-kubernetes-embedded-resource");
    if (is_true(schema, "x-kubernetes-int-or-string")) return int_or_text(schema, place);
    if (name.empty() && preserves) return {.kind = Kind::Any};
    if (name == "object") return object(schema, place, preserves);
    if (name == "array") return list(schema, place);
    if (name == "string") return text(schema, place);
    if (name == "integer") return number(schema, place);
    if (name == "number") return {.kind = Kind::Number};
    if (name == "boolean") return {.kind = Kind::Bool};
    fail(place, name.empty() ? "`type` is missing" : fmt::format("unknown type `{}`", name));
    return {};
  }

  Type object(const Record& schema, const Place& place, bool preserves) {
    const Record* properties = record(schema, "properties");
    const Value* additional = schema.find("additionalProperties");
    if (additional != nullptr && additional->if_record() != nullptr) {
      if (properties != nullptr) {
        fail(place, "`properties` and `additionalProperties` exclude each other");
        return {};
      }
      const TypeRef element = type(*additional, place.entries());
      return {.kind = Kind::Map,
              .min = integer(schema, "minProperties"),
              .max = integer(schema, "maxProperties"),
              .element = element};
    }
    // The API server checks metadata by its own rules, whatever the CRD says.
    const bool is_metadata = place.depth == 1 && place.name == "metadata";
    Type type{.kind = Kind::Record,
              .open = preserves || is_metadata || is_true(schema, "additionalProperties")};
    if (properties != nullptr) add_fields(*properties, texts(schema, "required"), place, type);
    const auto min = integer(schema, "minProperties");
    const auto max = integer(schema, "maxProperties");
    if ((min || max) && !fault_ && !apply_property_count(min, max, type)) leave_unchecked(place);
    return type;
  }

  void add_fields(const Record& properties, const std::vector<std::string>& required,
                  const Place& place, Type& type) {
    if (properties.size() > max_fields) {
      fail(place, fmt::format("a record of more than {} fields", max_fields));
      return;
    }
    const std::set<std::string_view> required_names(required.begin(), required.end());
    for (const auto& [name, value] : properties) {
      types::Field field{.name = name, .type = this->type(value, place.field(name))};
      if (fault_) return;
      const Value* given = value.if_record()->find("default");
      if (given != nullptr && !given->is_null()) field.default_value = *given;
      field.required = required_names.contains(name) && !field.default_value;
      type.fields.push_back(std::move(field));
    }
  }

  Type list(const Record& schema, const Place& place) {
    const Value* items = schema.find("items");
    if (items == nullptr) {
      fail(place, "`items` is missing");
      return {};
    }
    const std::string kind = text_at(schema, "x-kubernetes-list-type");
    const TypeRef element = type(*items, place.items());
    Type type{.kind = Kind::List,
              .min = integer(schema, "minItems"),
              .max = integer(schema, "maxItems"),
              .element = element,
              .unique = kind == "set" || is_true(schema, "uniqueItems")};
    if (kind == "map") type.list_keys = texts(schema, "x-kubernetes-list-map-keys");
    return type;
  }

  Type text(const Record& schema, const Place& place) {
    Type type{.kind = Kind::String,
              .min = integer(schema, "minLength"),
              .max = integer(schema, "maxLength"),
              .values = enumeration(schema, place),
              .pattern = text_at(schema, "pattern"),
              .format = text_at(schema, "format")};
    if (!type.values.empty()) drop_length(place, type);
    check_pattern(type.pattern, place);
    return type;
  }

  // A pattern is about texts; integers pass it by.
  Type int_or_text(const Record& schema, const Place& place) {
    Type type{.kind = Kind::IntOrString, .pattern = text_at(schema, "pattern")};
    check_pattern(type.pattern, place);
    return type;
  }

  void check_pattern(const std::string& text, const Place& place) {
    if (const auto admitted = patterns_.admit(text); !admitted) fail(place, admitted.error().text);
  }

  std::vector<std::string> enumeration(const Record& schema, const Place& place) {
    const Value* value = schema.find("enum");
    const List* list = value == nullptr ? nullptr : value->if_list();
    if (list == nullptr) return {};
    if (list->size() > max_enum_values) {
      fail(place, fmt::format("an enumeration of more than {} values", max_enum_values));
      return {};
    }
    return texts(schema, "enum");
  }

  // An enumeration says more than a length, unless it offers what the length refuses.
  void drop_length(const Place& place, Type& type) {
    const auto is_outside = [&](const std::string& value) {
      const auto length = static_cast<std::int64_t>(count_code_points(value));
      return (type.min && length < *type.min) || (type.max && length > *type.max);
    };
    if (std::ranges::any_of(type.values, is_outside)) leave_unchecked(place);
    type.min.reset();
    type.max.reset();
  }

  Type number(const Record& schema, const Place& place) {
    Type type{.kind = Kind::Int,
              .min = bound(schema, "minimum", place),
              .max = bound(schema, "maximum", place)};
    if (type.min && is_true(schema, "exclusiveMinimum")) ++*type.min;
    if (type.max && is_true(schema, "exclusiveMaximum")) --*type.max;
    if (text_at(schema, "format") == "int32") type.format = "int32";
    return type;
  }

  std::optional<std::int64_t> bound(const Record& schema, std::string_view keyword,
                                    const Place& place) {
    const auto number = integer(schema, keyword);
    const bool countable = number && *number > std::numeric_limits<std::int64_t>::min() &&
                           *number < std::numeric_limits<std::int64_t>::max();
    if (!countable && schema.find(keyword) != nullptr) leave_unchecked(place);
    return countable ? number : std::nullopt;
  }

  /// What restricts values without changing the structure, and has no member of its own in Type.
  void add_rules(const Record& schema, const Place& place, Type& type) {
    add_cel_rules(schema, place, type);
    for (const std::string_view keyword : {"oneOf", "anyOf"}) {
      const Value* value = schema.find(keyword);
      const List* alternatives = value == nullptr ? nullptr : value->if_list();
      if (alternatives == nullptr || type.kind == Kind::IntOrString) continue;
      if (!apply_alternatives(*alternatives, keyword == "oneOf", type)) leave_unchecked(place);
    }
    const bool more = schema.find("allOf") != nullptr || schema.find("not") != nullptr ||
                      schema.find("multipleOf") != nullptr || is_true(schema, "nullable");
    const bool bounded_number =
        type.kind == Kind::Number && (schema.find("minimum") || schema.find("maximum"));
    const bool other_enum = type.kind != Kind::String && schema.find("enum") != nullptr;
    if (more || bounded_number || other_enum) leave_unchecked(place);
  }

  void add_cel_rules(const Record& schema, const Place& place, Type& type) {
    const Value* rules = schema.find("x-kubernetes-validations");
    const List* list = rules == nullptr ? nullptr : rules->if_list();
    if (list == nullptr) return;
    rules_ += list->size();
    if (rules_ > max_rules) {
      fail(place, fmt::format("more than {} rules", max_rules));
      return;
    }
    for (const Value& rule : *list) {
      const Record* keywords = rule.if_record();
      if (keywords == nullptr || !apply_cel_rule(text_at(*keywords, "rule"), type))
        leave_unchecked(place);
    }
    check_pattern(type.pattern, place);
  }

  types::TypeStore& store_;
  std::size_t schemas_ = 0;
  std::size_t rules_ = 0;
  types::PatternBudget patterns_;
  std::set<std::string> unchecked_;
  std::size_t unchecked_bytes_ = 0;
  std::optional<CrdFault> fault_;
};

}  // namespace

std::variant<KindSchema, CrdFault> import_object(const Value& schema, std::string_view path,
                                                 types::TypeStore& store) {
  Importer importer(store);
  const TypeRef type = importer.type(schema, Place{});
  if (const auto& fault = importer.fault())
    return CrdFault{std::string(path) + fault->path, fault->why};
  if (type->kind != Kind::Record) return CrdFault{std::string(path), "not the schema of an object"};
  return KindSchema{.type = type, .unchecked = importer.unchecked()};
}

}  // namespace stackc::schema
