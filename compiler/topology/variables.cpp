#include "compiler/topology/variables.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "compiler/base/text.h"
#include "compiler/diag/catalogue/cluster.h"
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

/// The place that a path below a value (`a.b`, `[0].b`, or empty) leads to.
std::string below(const std::string& path, const std::string& inside) {
  return inside.empty() || inside.starts_with('[') ? path + inside
                                                   : types::field_path(path, inside);
}

/// The text that was meant, if the type lists texts and one is near.
std::string nearest_choice(const Value& value, const types::Type& type) {
  const std::string* text = value.if_string();
  if (text == nullptr) return "";
  return std::string(nearest(*text, {type.values.begin(), type.values.end()}).name);
}

class Resolution {
 public:
  Resolution(const std::vector<ir::ClusterVariable>& definitions, std::string_view path)
      : definitions_(definitions), path_(path) {}

  void add_given(const std::vector<GivenVariable>& given) {
    std::size_t index = 0;
    for (const auto& [name, value] : given) {
      const std::string path = types::item_path(path_, index++);
      const ir::ClusterVariable* definition = find(name);
      if (!handled_.insert(name).second) {
        refuse(path + ".name", diag::DuplicateEntry, diag::Prose{"variable"}, diag::Code{name});
      } else if (definition == nullptr) {
        refuse_unknown(path + ".name", name);
      } else if (const Value* chosen = value ? &*value : default_of(*definition)) {
        add(*definition, *chosen, path + ".value");
      } else {
        refuse(path, diag::VariableWithoutValue, diag::Code{name});
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
      if (handled_.contains(definition->name)) continue;
      if (const Value* value = default_of(*definition)) {
        add(*definition, *value, path_);
      } else if (definition->required) {
        refuse(path_, diag::MissingVariable, diag::Code{definition->name});
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

  void add(const ir::ClusterVariable& definition, Value value, const std::string& path) {
    types::apply_defaults(value, *definition.type);
    normalize_numbers(value);
    for (const auto& [inside, message] : types::validate(value, *definition.type)) {
      refuse(below(path, inside), diag::InvalidVariable, diag::Code{below(definition.name, inside)},
             diag::Prose{message});
      if (inside.empty()) result_.refusals.back().nearest = nearest_choice(value, *definition.type);
    }
    result_.values.set(definition.name, std::move(value));
  }

  template <typename... Parameters, typename... Arguments>
  void refuse(const std::string& path, const diag::Diagnostic<Parameters...>& what,
              const Arguments&... arguments) {
    result_.refusals.push_back(refusal(path, what, arguments...));
  }

  void refuse_unknown(const std::string& path, const std::string& name) {
    refuse(path, diag::UnknownVariable, diag::Code{name});
    std::vector<std::string_view> names;
    for (const ir::ClusterVariable& definition : definitions_) names.push_back(definition.name);
    result_.refusals.back().nearest = nearest(name, names).name;
  }

  const std::vector<ir::ClusterVariable>& definitions_;
  std::string path_;
  std::set<std::string> handled_;  // given, even if wrongly: then a default is not wanted
  Variables result_;
};

}  // namespace

Variables resolve_variables(const std::vector<GivenVariable>& given,
                            const std::vector<ir::ClusterVariable>& definitions,
                            VariableScope scope, std::string_view path) {
  Resolution resolution(definitions, path);
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
