#include "compiler/topology/variables.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "compiler/base/text.h"
#include "compiler/types/defaults.h"
#include "compiler/types/validate.h"

namespace stackc::topology {

namespace {

/// The number that Go reads back from its own text of a 64-bit float: an integer if the text is one
/// and fits 64 bits.
Value through_float(double number) {
  const std::string text = to_json(number);
  std::int64_t integer = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
  const bool fits = error == std::errc() && stop == text.data() + text.size();
  return fits ? Value(integer) : Value(number);
}

// Recursion follows the value, whose depth the YAML reader bounds.
void normalize_numbers(Value& value) {
  if (const std::int64_t* integer = value.if_int()) {
    value = through_float(static_cast<double>(*integer));
  } else if (const double* number = value.if_number()) {
    value = through_float(*number);
  } else if (List* items = value.if_list()) {
    for (Value& item : *items) normalize_numbers(item);
  } else if (Record* record = value.if_record()) {
    for (auto& field : *record) normalize_numbers(field.value);
  }
}

class Resolution {
 public:
  Resolution(const std::vector<ir::ClusterVariable>& definitions, VariableScope scope,
             std::string_view path)
      : definitions_(definitions), scope_(scope), path_(path) {}

  void add_given(const std::vector<GivenVariable>& given) {
    std::set<std::string_view> seen;
    for (const auto& [name, value] : given) {
      const ir::ClusterVariable* definition = find(name);
      if (!seen.insert(name).second) {
        refuse(name, fmt::format("variable `{}` is set twice", name));
      } else if (definition == nullptr) {
        refuse(name, unknown_variable(name));
      } else if (const Value* chosen = value ? &*value : default_of(*definition)) {
        add(*definition, *chosen);
      } else {
        refuse(name, fmt::format("variable `{}` has no value", name));
      }
    }
  }

  void add_defaults() {
    std::vector<const ir::ClusterVariable*> ordered;
    for (const ir::ClusterVariable& definition : definitions_) ordered.push_back(&definition);
    std::ranges::sort(ordered, {}, [](const ir::ClusterVariable* definition) -> const std::string& {
      return definition->name;
    });
    for (const ir::ClusterVariable* definition : ordered) {
      if (handled(definition->name)) continue;
      if (const Value* value = default_of(*definition)) {
        add(*definition, *value);
      } else if (definition->required) {
        refuse("", fmt::format("required variable `{}` is not set", definition->name));
      }
    }
  }

  Variables take() { return std::move(result_); }

 private:
  const ir::ClusterVariable* find(std::string_view name) const {
    const auto found = std::ranges::find(definitions_, name, &ir::ClusterVariable::name);
    return found == definitions_.end() ? nullptr : &*found;
  }

  /// The default, or null.
  static const Value* default_of(const ir::ClusterVariable& definition) {
    const auto& value = definition.default_value;
    return value && !value->is_null() ? &*value : nullptr;
  }

  /// Whether the variable was given, even if wrongly: then it needs no default.
  bool handled(const std::string& name) const {
    return result_.values.find(name) != nullptr ||
           std::ranges::find(result_.refusals, path_of(name), &Refusal::path) !=
               result_.refusals.end();
  }

  void add(const ir::ClusterVariable& definition, Value value) {
    types::apply_defaults(value, *definition.type);
    normalize_numbers(value);
    for (const auto& [inside, message] : types::validate(value, *definition.type)) {
      // Several mistakes of one variable differ in their message only: its own path is what the
      // user finds again.
      refuse(definition.name, inside.empty() ? message : fmt::format("`{}`: {}", inside, message));
    }
    result_.values.set(definition.name, std::move(value));
  }

  std::string unknown_variable(std::string_view name) const {
    std::vector<std::string_view> names;
    for (const ir::ClusterVariable& definition : definitions_) names.push_back(definition.name);
    const std::string_view similar = nearest(name, names);
    return fmt::format("no variable `{}` in the class{}", name,
                       similar.empty() ? "" : fmt::format("; did you mean `{}`?", similar));
  }

  std::string path_of(std::string_view name) const {
    return name.empty() ? path_ : fmt::format("{}[{}]", path_, name);
  }

  void refuse(std::string_view name, std::string message) {
    const char* rule = scope_ == VariableScope::Cluster ? "CT-020" : "CT-021";
    result_.refusals.push_back({path_of(name), std::move(message), rule});
  }

  const std::vector<ir::ClusterVariable>& definitions_;
  VariableScope scope_;
  std::string path_;
  Variables result_;
};

}  // namespace

Variables resolve_variables(const std::vector<GivenVariable>& given,
                            const std::vector<ir::ClusterVariable>& definitions,
                            VariableScope scope, std::string_view path) {
  Resolution resolution(definitions, scope, path);
  resolution.add_given(given);
  if (scope == VariableScope::Cluster) resolution.add_defaults();
  return resolution.take();
}

Record override_variables(const Record& cluster_wide, const Record& overrides) {
  Record merged = cluster_wide;
  for (const auto& [name, value] : overrides) merged.set(name, value);
  return merged;
}

}  // namespace stackc::topology
