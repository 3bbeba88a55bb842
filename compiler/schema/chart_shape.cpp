#include "compiler/schema/chart_shape.h"

#include <algorithm>
#include <array>
#include <set>

#include "compiler/schema/kubernetes_places.h"
#include "compiler/types/validate.h"

namespace stackc::schema {
namespace {

using types::Kind;
using types::TypeRef;

// Ends of field names, in lower case, whose records Kubernetes leaves to the user.
constexpr std::array<std::string_view, 14> free_records{
    "labels",   "annotations", "selector",    "resources",       "limits",
    "requests", "affinity",    "tolerations", "securitycontext", "seccompprofile",
    "env",      "args",        "headers",     "strategy"};

bool is_free(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::ranges::any_of(free_records,
                             [&](std::string_view end) { return lower.ends_with(end); });
}

/// Kubernetes takes the name of a port or its number.
bool is_port(std::string_view name) {
  return name == "port" || name.ends_with("Port");
}

/// Both trees are bounded: values.yaml by the reader of YAML, uses by their longest path.
class ShapeBuilder {
 public:
  explicit ShapeBuilder(types::TypeStore& store) : store_(store) {}

  /// The fields that the defaults name, and those that are read without a default.
  std::vector<types::Field> fields(const Record& record, const ValueUse& use, bool has_schema) {
    static const ValueUse unused;
    std::vector<types::Field> all;
    std::set<std::string_view> named;
    for (const auto& [name, value] : record) {
      const auto found = use.fields.find(name);
      const ValueUse& below = found == use.fields.end() ? unused : found->second;
      all.push_back({.name = name, .type = field_shape(name, value, below, has_schema)});
      named.insert(name);
    }
    for (const auto& [name, below] : use.fields) {
      if (!named.contains(name))
        all.push_back({.name = name, .type = shape_of_use(Value(), below)});
    }
    return all;
  }

 private:
  TypeRef field_shape(std::string_view name, const Value& value, const ValueUse& use,
                      bool has_schema) {
    const TypeRef used = shape_of_use(value, use);
    if (used->kind != Kind::Any || use.any_kind) return used;
    if (value.if_record() && is_free(name)) return store_.map_of(store_.any());
    if (value.if_string() && is_port(name)) return store_.add({.kind = Kind::IntOrString});
    return shape(value, use, has_schema || use.has_schema);
  }

  /// What the templates show of a value, whose default is `value`; Any if that is nothing.
  TypeRef shape_of_use(const Value& value, const ValueUse& use) {
    if (use.any_kind) return store_.any();
    if (use.quoted && !use.whole && value.is_null() && use.fields.empty())
      return store_.add({.kind = Kind::Any, .name = std::string(quoted_text)});
    const bool is_open = value.is_null() || (value.if_record() && value.if_record()->empty());
    if (use.is_template && is_open && use.fields.empty())
      return store_.add({.kind = Kind::String, .name = std::string(template_text)});
    if (use.printed_as.size() != 1) return store_.any();
    const TypeRef type = kubernetes_place(*use.printed_as.begin(), store_);
    // Where the default does not fit, the key is something else that is called the same.
    const bool reads_others =
        type && std::ranges::any_of(use.fields, [&](const auto& field) {
          return type->kind == Kind::Record && type->find(field.first) == nullptr;
        });
    const bool fits =
        type && !reads_others && (value.is_null() || types::validate(value, *type).empty());
    return fits ? type : store_.any();
  }

  TypeRef shape(const Value& value, const ValueUse& use, bool has_schema) {
    if (const Record* record = value.if_record()) return record_shape(*record, use, has_schema);
    if (has_schema || value.is_null()) return store_.any();
    if (value.if_list()) return store_.list_of(store_.any());
    if (value.if_bool()) return store_.boolean();
    const std::string* text = value.if_string();
    if (text == nullptr) return store_.number();
    return text_shape(*text);
  }

  /// Charts write `""` for a port or a priority that is not set, a switch as a text where another
  /// program reads it, and texts where Kubernetes takes a number as well: `25%`.
  TypeRef text_shape(std::string_view text) {
    if (text == "true" || text == "false") return store_.any();
    const bool is_amount = text.find_first_not_of("0123456789%.") == text.npos;
    return is_amount ? store_.add({.kind = Kind::IntOrString}) : store_.string();
  }

  TypeRef record_shape(const Record& record, const ValueUse& use, bool has_schema) {
    // Names such as `kubernetes.io/os` are data, not fields.
    const bool is_data = std::ranges::any_of(record, [](const Record::Field& field) {
      return field.name.find_first_of("./") != std::string::npos;
    });
    if (record.empty() || is_data) return store_.map_of(store_.any());
    return store_.add({.kind = Kind::Record,
                       .fields = fields(record, use, has_schema),
                       .open = use.whole || use.quoted});
  }

  types::TypeStore& store_;
};

}  // namespace

TypeRef chart_shape(const Record& defaults, const ValueUse& use, types::TypeStore& store) {
  types::Type shape{.kind = Kind::Record, .open = use.whole};
  shape.fields = ShapeBuilder(store).fields(defaults, use, use.has_schema);
  // Helm hands `global` to every chart, whatever its own defaults say; some say that it is null.
  const Value* global = defaults.find("global");
  const TypeRef any_map = store.map_of(store.any());
  const TypeRef global_shape = global == nullptr || global->if_record() ? any_map : store.any();
  std::erase_if(shape.fields, [](const types::Field& field) { return field.name == "global"; });
  shape.fields.push_back({.name = "global", .type = global_shape});
  return store.add(std::move(shape));
}

}  // namespace stackc::schema
