#include "compiler/schema/json_schema.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#define VALIJSON_USE_EXCEPTIONS 1  // it aborts without
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "compiler/types/pattern.h"
#include "compiler/types/validate.h"

namespace stackc::schema {
namespace {

using Json = nlohmann::ordered_json;
using PlainJson = nlohmann::json;

constexpr std::size_t max_bytes = std::size_t{8} << 20;
constexpr std::size_t max_depth = 100;
constexpr std::size_t max_nodes = 50'000;

constexpr std::array<std::string_view, 18> literal_keywords{"type",
                                                            "enum",
                                                            "const",
                                                            "required",
                                                            "minimum",
                                                            "maximum",
                                                            "minLength",
                                                            "maxLength",
                                                            "minItems",
                                                            "maxItems",
                                                            "minProperties",
                                                            "maxProperties",
                                                            "uniqueItems",
                                                            "multipleOf",
                                                            "exclusiveMinimum",
                                                            "exclusiveMaximum",
                                                            "title",
                                                            "description"};
constexpr std::array<std::string_view, 12> schema_keywords{
    "items", "additionalItems",      "contains",      "not",   "if",    "then",
    "else",  "additionalProperties", "propertyNames", "allOf", "anyOf", "oneOf"};
constexpr std::array<std::string_view, 2> named_schema_keywords{"properties", "dependencies"};

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// What a `pattern` is called in the reduced document: the validator must not read it as its own.
constexpr const char* pattern_keyword = "x-pattern";

/// Rebuilds a schema without what JsonSchema leaves out. The limits make what is beyond them accept
/// everything.
class Reduction {
 public:
  explicit Reduction(const Json& root) : root_(root) {}

  Value schema(const Json& node) {
    if (node.is_boolean()) return node.get<bool>();
    if (!node.is_object() || open_.size() > max_depth || ++nodes_ > max_nodes) return Record();
    open_.push_back(&node);
    const Json* target = referred(node);
    Value reduced = target == nullptr ? object(node) : schema(*target);
    // What stands beside a reference counts since draft 2019-09 and did not before.
    if (target != nullptr && node.size() > 1)
      reduced = Record{{"anyOf", List{std::move(reduced), object(node)}}};
    open_.pop_back();
    return reduced;
  }

 private:
  /// The value that `$ref` points to; an unusable or recursive reference accepts everything.
  const Json* referred(const Json& node) const {
    static const Json anything = Json::object();
    const auto reference = node.find("$ref");
    if (reference == node.end()) return nullptr;
    const std::string text = reference->is_string() ? reference->get<std::string>() : "";
    if (text != "#" && !text.starts_with("#/")) return &anything;
    const Json::json_pointer pointer(text.substr(1));
    if (!root_.contains(pointer)) return &anything;
    const Json* target = &root_.at(pointer);
    return std::ranges::find(open_, target) == open_.end() ? target : &anything;
  }

  Value object(const Json& node) {
    Record reduced;
    const bool has_patterns = node.contains("patternProperties");
    for (const auto& [keyword, value] : node.items()) {
      if (one_of(literal_keywords, keyword)) {
        if (is_usable(keyword, value)) reduced.append_new(keyword, literal(value, 0));
      } else if (one_of(schema_keywords, keyword)) {
        if (keyword != "additionalProperties" || !has_patterns)
          reduced.append_new(keyword, one_or_list(value));
      } else if (keyword == "pattern" && value.is_string()) {
        if (patterns_.admit(value)) reduced.append_new(pattern_keyword, value.get<std::string>());
      } else if (one_of(named_schema_keywords, keyword) && value.is_object()) {
        reduced.append_new(keyword, named(value));
      }
    }
    // Which properties are additional is not known without the patterns.
    if (has_patterns) reduced.append_new("additionalProperties", true);
    return reduced;
  }

  // The validator divides by it.
  static bool is_usable(std::string_view keyword, const Json& value) {
    return keyword != "multipleOf" || (value.is_number() && value.get<double>() > 0);
  }

  Value one_or_list(const Json& value) {
    if (!value.is_array()) return schema(value);
    List all;
    for (const Json& item : value) all.push_back(schema(item));
    return all;
  }

  Value named(const Json& value) {
    Record all;
    for (const auto& [name, item] : value.items()) {
      all.append_new(name, item.is_array() ? literal(item, 0) : schema(item));
    }
    return all;
  }

  Value literal(const Json& value, std::size_t depth) {
    if (depth > max_depth || ++nodes_ > max_nodes) return {};
    if (value.is_boolean()) return value.get<bool>();
    const bool fits = !value.is_number_unsigned() || value.get<std::uint64_t>() >> 63 == 0;
    if (value.is_number_integer() && fits) return value.get<std::int64_t>();
    if (value.is_number()) return value.get<double>();
    if (value.is_string()) return value.get<std::string>();
    if (value.is_array()) {
      List all;
      for (const Json& item : value) all.push_back(literal(item, depth + 1));
      return all;
    }
    Record all;
    for (const auto& [name, item] : value.items()) all.append_new(name, literal(item, depth + 1));
    return value.is_null() ? Value() : Value(std::move(all));
  }

  const Json& root_;
  types::PatternBudget patterns_;
  std::vector<const Json*> open_;  // the schemas that are being reduced, outermost first
  std::size_t nodes_ = 0;
};

PlainJson to_plain_json(const Value& value) {
  struct Convert {
    PlainJson operator()(std::monostate) const { return nullptr; }
    PlainJson operator()(bool flag) const { return flag; }
    PlainJson operator()(std::int64_t number) const { return number; }
    PlainJson operator()(double number) const { return number; }
    PlainJson operator()(const std::string& text) const { return text; }
    PlainJson operator()(const List& items) const {
      PlainJson all = PlainJson::array();
      for (const Value& item : items) all.push_back(to_plain_json(item));
      return all;
    }
    PlainJson operator()(const Record& fields) const {
      PlainJson all = PlainJson::object();
      for (const auto& [name, field] : fields) all[name] = to_plain_json(field);
      return all;
    }
  };
  return std::visit(Convert{}, value.state());
}

using Context = std::vector<std::string>;

/// valijson writes `<root>`, `[name]` and `[0]`; the value tells names from numbers.
std::string path_of(const Context& context, const Value& root) {
  std::string path;
  const Value* value = &root;
  for (std::size_t i = 1; i < context.size() && value != nullptr; ++i) {
    const std::string_view step = std::string_view(context[i]).substr(1, context[i].size() - 2);
    if (const Record* record = value->if_record()) {
      path = types::field_path(path, step);
      value = record->find(step);
    } else if (const List* list = value->if_list()) {
      std::size_t index = list->size();
      std::from_chars(step.begin(), step.end(), index);
      path = types::item_path(path, index);
      value = index < list->size() ? &(*list)[index] : nullptr;
    }
  }
  return path;
}

/// The schema of the value that a path of names and indices leads to, as far as `properties` and
/// `items` say it.
const Record* schema_at(const Value& document, const Context& context) {
  const Record* node = document.if_record();
  for (std::size_t i = 1; i < context.size() && node != nullptr; ++i) {
    const std::string_view step = std::string_view(context[i]).substr(1, context[i].size() - 2);
    const Value* properties = node->find("properties");
    const Value* next =
        properties && properties->if_record() ? properties->if_record()->find(step) : nullptr;
    if (next == nullptr) next = node->find("items");
    node = next == nullptr ? nullptr : next->if_record();
  }
  return node;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> type_names{
    {{"string", "a text"},
     {"integer", "an integer"},
     {"number", "a number"},
     {"boolean", "`true` or `false`"},
     {"object", "a record"},
     {"array", "a list"},
     {"null", "`null`"}}};

std::string shown_type(const Value& name) {
  const std::string text = name.if_string() ? *name.if_string() : "";
  const auto* known = std::ranges::find(type_names, text, &decltype(type_names)::value_type::first);
  return known == type_names.end() ? text : std::string(known->second);
}

/// `a`, `a or b`: what a keyword that holds one value or a list of them admits.
template <typename Show>
std::string alternatives(const Value& value, Show show) {
  const List* list = value.if_list();
  if (list == nullptr) return show(value);
  std::string text;
  for (const Value& one : *list) text += (text.empty() ? "" : " or ") + show(one);
  return text;
}

/// How valijson begins to say that `additionalProperties` is false; the name follows in quotes.
constexpr std::string_view unwanted_field = "Object contains a property that could not be";

/// Ours of a `pattern`; the pattern follows.
constexpr std::string_view pattern_mismatch = "must match ";

std::string reworded(std::string_view description, const Record* schema) {
  if (description.starts_with(pattern_mismatch)) return std::string(description);
  const auto keyword = [&](std::string_view name) {
    return schema == nullptr ? nullptr : schema->find(name);
  };
  if (description.starts_with(unwanted_field)) {
    const std::size_t name = description.find(": '") + 3;
    return fmt::format("there is no field `{}`",
                       description.substr(name, description.rfind('\'') - name));
  }
  if (const Value* type = keyword("type"); type && description.find("'type'") != description.npos)
    return fmt::format("must be {}", alternatives(*type, shown_type));
  if (const Value* values = keyword("enum"); values && description.find("enum") != description.npos)
    return fmt::format("must be {}", alternatives(*values, [](const Value& value) {
                         return fmt::format(
                             "`{}`", value.if_string() ? *value.if_string() : to_json(value));
                       }));
  std::string text(description);
  if (text.ends_with('.')) text.pop_back();
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  std::ranges::replace(text, '\'', '`');
  return text;
}

SchemaMismatch::About about(std::string_view description) {
  if (description.starts_with(pattern_mismatch)) return SchemaMismatch::About::Other;
  const auto says = [&](std::string_view words) {
    return description.find(words) != description.npos;
  };
  if (says("'type'")) return SchemaMismatch::About::Kind;
  const bool of_names = says("required property") || says(unwanted_field);
  return of_names ? SchemaMismatch::About::FieldNames : SchemaMismatch::About::Other;
}

bool is_above(const Context& outer, const Context& inner) {
  return outer.size() < inner.size() && std::equal(outer.begin(), outer.end(), inner.begin());
}

// valijson repeats each mistake for all values around it.
std::vector<SchemaMismatch> innermost(const valijson::ValidationResults& results,
                                      const Value& value, const Value& document) {
  std::vector<SchemaMismatch> all;
  for (const auto& one : results) {
    const bool explained = std::ranges::any_of(
        results, [&](const auto& other) { return is_above(one.context, other.context); });
    SchemaMismatch mismatch{path_of(one.context, value),
                            reworded(one.description, schema_at(document, one.context)),
                            about(one.description)};
    const bool known = std::ranges::find(all, mismatch) != all.end();
    if (!explained && !known) all.push_back(std::move(mismatch));
  }
  std::ranges::stable_sort(all, {}, &SchemaMismatch::path);
  return all;
}

}  // namespace

struct JsonSchemaRules {
  valijson::Schema schema;
};

JsonSchema::JsonSchema(Value document, std::unique_ptr<const JsonSchemaRules> rules)
    : document_(std::move(document)), rules_(std::move(rules)) {}
JsonSchema::JsonSchema(JsonSchema&&) noexcept = default;
JsonSchema& JsonSchema::operator=(JsonSchema&&) noexcept = default;
JsonSchema::~JsonSchema() = default;

namespace {

/// `pattern` by a regular expression that takes linear time.
class PatternConstraint : public valijson::constraints::PolyConstraint {
 public:
  explicit PatternConstraint(std::string pattern) : pattern_(std::move(pattern)) {}

  bool validate(const valijson::adapters::Adapter& target, const Context& context,
                valijson::ValidationResults* results) const override {
    if (!target.isString() || types::matches_pattern(target.asString(), pattern_)) return true;
    if (results) results->pushError(context, fmt::format("{}`{}`", pattern_mismatch, pattern_));
    return false;
  }

 private:
  // The schema keeps a copy.
  valijson::constraints::Constraint* cloneInto(void* place) const override {
    return new (place) PatternConstraint(*this);
  }
  std::size_t sizeOf() const override { return sizeof(PatternConstraint); }

  std::string pattern_;
};

class PatternBuilder : public valijson::ConstraintBuilder {
 public:
  valijson::constraints::Constraint* make(
      const valijson::adapters::Adapter& pattern) const override {
    return new PatternConstraint(pattern.asString());
  }
};

Result<Value> read_document(std::string_view text) {
  if (text.size() > max_bytes) return Error{fmt::format("larger than {} bytes", max_bytes)};
  try {
    bool too_deep = false;
    const auto guard = [&](int depth, Json::parse_event_t, Json&) {
      too_deep = too_deep || depth > static_cast<int>(max_depth);
      return !too_deep;
    };
    const Json root = Json::parse(text, guard);
    if (too_deep) return Error{fmt::format("nested deeper than {} levels", max_depth)};
    return Reduction(root).schema(root);
  } catch (const Json::exception& problem) {
    return Error{fmt::format("not JSON: {}", problem.what())};
  }
}

}  // namespace

Result<JsonSchema> read_json_schema(std::string_view text) {
  auto rules = std::make_unique<JsonSchemaRules>();
  Result<Value> document = read_document(text);
  if (!document) return document.error();
  try {
    const PlainJson json = to_plain_json(*document);
    valijson::SchemaParser parser;  // owns its builders
    parser.addConstraintBuilder(pattern_keyword, new PatternBuilder());
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(json), rules->schema);
    return JsonSchema(*std::move(document), std::move(rules));
  } catch (const std::exception& problem) {
    return Error{fmt::format("not a JSON Schema: {}", problem.what())};
  }
}

std::vector<SchemaMismatch> validate(const Value& value, const JsonSchema& schema) {
  try {
    const PlainJson target = to_plain_json(value);
    valijson::ValidationResults results;
    valijson::Validator().validate(schema.rules().schema,
                                   valijson::adapters::NlohmannJsonAdapter(target), &results);
    return innermost(results, value, schema.document());
  } catch (const std::exception& problem) {
    return {{"", fmt::format("cannot be checked: {}", problem.what())}};
  }
}

}  // namespace stackc::schema
