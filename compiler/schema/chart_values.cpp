#include "compiler/schema/chart_values.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

#include "compiler/schema/chart_uses.h"
#include "compiler/schema/yaml_reader.h"

namespace stackc::schema {
namespace {

using types::Kind;
using types::Type;
using types::TypeRef;

constexpr std::size_t max_subchart_depth = 8;
constexpr std::string_view subchart_folder = "charts/";

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

/// Builds the shape of default values.
class ShapeBuilder {
 public:
  ShapeBuilder(types::TypeStore& store, bool typed) : store_(store), typed_(typed) {}

  TypeRef field_shape(std::string_view name, const Value& value, const ValueUse& use) {
    const bool free = value.if_record() != nullptr && is_free(name);
    return free ? store_.map_of(store_.any()) : shape(value, use);
  }

  /// The fields that the defaults name, and those that templates read without a default.
  std::vector<types::Field> fields(const Record& record, const ValueUse& use) {
    static const ValueUse unused;
    std::vector<types::Field> all;
    for (const auto& [name, value] : record) {
      const auto found = use.fields.find(name);
      all.push_back(
          {.name = name,
           .type = field_shape(name, value, found == use.fields.end() ? unused : found->second)});
    }
    for (const auto& [name, below] : use.fields) {
      if (record.find(name) == nullptr) all.push_back({.name = name, .type = store_.any()});
    }
    return all;
  }

 private:
  TypeRef shape(const Value& value, const ValueUse& use) {
    if (const Record* record = value.if_record()) return record_shape(*record, use);
    if (value.if_list()) return typed_ ? store_.list_of(store_.any()) : store_.any();
    if (!typed_ || value.is_null()) return store_.any();
    if (value.if_bool()) return store_.boolean();
    if (value.if_string()) return store_.string();
    // Where a number is the default, charts often take a share as well: `maxUnavailable: 1` or
    // `25%`.
    return store_.add({.kind = value.if_int() ? Kind::IntOrString : Kind::Number});
  }

  TypeRef record_shape(const Record& record, const ValueUse& use) {
    // Names such as `kubernetes.io/os` are data, not fields.
    const bool is_data = std::ranges::any_of(record, [](const Record::Field& field) {
      return field.name.find_first_of("./") != std::string::npos;
    });
    if (record.empty() || is_data) return store_.map_of(store_.any());
    return store_.add({.kind = Kind::Record, .fields = fields(record, use), .open = use.whole});
  }

  types::TypeStore& store_;
  bool typed_;
};

/// `a` with the fields of `b` that it has not; records on both sides are merged.
Value merged(Value a, const Value& b) {
  Record* fields = a.if_record();
  const Record* others = b.if_record();
  if (fields == nullptr || others == nullptr) return a;
  for (const auto& [name, other] : *others) {
    if (Value* field = fields->find(name)) {
      *field = merged(std::move(*field), other);
    } else {
      fields->append_new(name, other);
    }
  }
  return a;
}

// In Helm a `null` takes a default away.
Value without_nulls(const Value& value) {
  const Record* record = value.if_record();
  if (record == nullptr) return value;
  Record kept;
  for (const auto& [name, field] : *record) {
    if (!field.is_null()) kept.append_new(name, without_nulls(field));
  }
  return kept;
}

const std::string* find_file(const FileTree& files, const std::string& path) {
  const auto file = files.find(path);
  return file == files.end() ? nullptr : &file->second;
}

Result<Value> read_record(const FileTree& files, const std::string& path) {
  const std::string* text = find_file(files, path);
  if (text == nullptr) return Value(Record());
  Result<Value> value = read_yaml(*text);
  if (!value) return Error{fmt::format("`{}`: {}", path, value.error().text)};
  if (value->is_null()) return Value(Record());
  if (value->if_record() == nullptr) return Error{fmt::format("`{}`: not a record", path)};
  return value;
}

/// Under which name a chart's values have those of each subchart: the alias that Chart.yaml gives,
/// or its name.
std::vector<std::pair<std::string, std::string>> subcharts(const FileTree& files,
                                                           const std::string& folder,
                                                           const Value& chart) {
  std::vector<std::pair<std::string, std::string>> all;
  std::set<std::string> named;
  const Value* list = chart.if_record()->find("dependencies");
  const List* dependencies = list == nullptr ? nullptr : list->if_list();
  for (const Value& dependency : dependencies == nullptr ? List() : *dependencies) {
    const Record* record = dependency.if_record();
    const Value* name = record == nullptr ? nullptr : record->find("name");
    const Value* alias = record == nullptr ? nullptr : record->find("alias");
    if (name == nullptr || name->if_string() == nullptr) continue;
    const bool has_alias = alias != nullptr && alias->if_string() != nullptr;
    all.emplace_back(has_alias ? *alias->if_string() : *name->if_string(), *name->if_string());
    named.insert(*name->if_string());
  }
  const std::string prefix = folder + std::string(subchart_folder);
  for (auto file = files.lower_bound(prefix);
       file != files.end() && file->first.starts_with(prefix); ++file) {
    const std::string_view rest = std::string_view(file->first).substr(prefix.size());
    const std::size_t slash = rest.find('/');
    if (slash == rest.npos) continue;
    const std::string name(rest.substr(0, slash));
    if (named.insert(name).second) all.emplace_back(name, name);
  }
  return all;
}

void add_template_uses(const FileTree& files, const std::string& prefix, ValueUse& use) {
  for (auto file = files.lower_bound(prefix);
       file != files.end() && file->first.starts_with(prefix); ++file) {
    add_uses(file->second, use);
  }
}

/// Reads the chart in `folder`: its defaults, with those of its subcharts under their names, and
/// what templates read.
Result<Value> read_chart(const FileTree& files, const std::string& folder, std::size_t depth,
                         ValueUse& use) {
  Result<Value> values = read_record(files, folder + "values.yaml");
  if (!values) return values;
  const Result<Value> chart = read_record(files, folder + "Chart.yaml");
  if (!chart) return chart.error();
  add_template_uses(files, folder + "templates/", use);
  if (depth == max_subchart_depth) return values;
  Record below;
  for (const auto& [name, directory] : subcharts(files, folder, *chart)) {
    const std::string subfolder = folder + std::string(subchart_folder) + directory + '/';
    Result<Value> defaults = read_chart(files, subfolder, depth + 1, use.fields[name]);
    if (!defaults) return defaults;
    below.set(name, std::move(*defaults));
  }
  return merged(std::move(*values), below);
}

}  // namespace

Result<ChartValues> read_chart_values(const FileTree& chart, types::TypeStore& store) {
  ChartValues values;
  const std::string* schema = find_file(chart, "values.schema.json");
  if (schema != nullptr) {
    Result<JsonSchema> document = read_json_schema(*schema);
    if (!document) return Error{fmt::format("`values.schema.json`: {}", document.error().text)};
    values.json_schema = std::move(*document);
  }
  ValueUse use;
  Result<Value> defaults = read_chart(chart, "", 0, use);
  if (!defaults) return defaults.error();
  Type shape{.kind = Kind::Record};
  shape.fields = ShapeBuilder(store, schema == nullptr).fields(*defaults->if_record(), use);
  // Helm hands `global` to every chart, whatever its own defaults say.
  std::erase_if(shape.fields, [](const types::Field& field) { return field.name == "global"; });
  shape.fields.push_back({.name = "global", .type = store.map_of(store.any())});
  values.shape = store.add(std::move(shape));
  values.defaults = std::move(*defaults);
  return values;
}

std::vector<types::Mismatch> check_chart_values(const Value& values, const ChartValues& chart) {
  std::vector<types::Mismatch> all = types::validate(without_nulls(values), *chart.shape);
  if (!chart.json_schema) return all;
  // Helm checks the values together with the defaults.
  const auto further = validate(without_nulls(merged(values, chart.defaults)), *chart.json_schema);
  if (!further) {
    all.push_back({"", further.error().text});
  } else {
    all.insert(all.end(), further->begin(), further->end());
  }
  return all;
}

}  // namespace stackc::schema
