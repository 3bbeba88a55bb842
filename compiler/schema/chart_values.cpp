#include "compiler/schema/chart_values.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "compiler/schema/chart_shape.h"
#include "compiler/schema/chart_uses.h"
#include "compiler/schema/yaml_reader.h"

namespace stackc::schema {
namespace {

constexpr std::size_t max_subchart_depth = 8;
constexpr std::size_t max_template_bytes = std::size_t{8} << 20;
constexpr std::string_view subchart_folder = "charts/";

/// `a` with the fields of `b` that it has not; records on both sides are merged.
Value merged(Value a, const Value& b) {
  Record* fields = a.if_record();
  const Record* others = b.if_record();
  if (fields == nullptr || others == nullptr) return a;
  std::unordered_map<std::string_view, const Value*> missing;
  for (const auto& [name, other] : *others) missing.emplace(name, &other);
  for (auto& [name, field] : *fields) {
    const auto other = missing.find(name);
    if (other == missing.end()) continue;
    field = merged(std::move(field), *other->second);
    missing.erase(other);
  }
  for (const auto& [name, other] : *others) {
    if (missing.contains(name)) fields->append_new(name, other);
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

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    std::string_view part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return parts;
}

struct Subchart {
  std::string name;       // of its values among those of the chart
  std::string directory;  // below charts/
  std::vector<std::string> conditions;
  bool has_tags = false;  // then other values decide whether it is there
};

/// The subcharts that Chart.yaml names, and those that only lie in charts/.
std::vector<Subchart> subcharts(const FileTree& files, const std::string& folder,
                                const Value& chart) {
  std::vector<Subchart> all;
  std::set<std::string, std::less<>> named;
  const Value* list = chart.if_record()->find("dependencies");
  const List* dependencies = list == nullptr ? nullptr : list->if_list();
  for (const Value& dependency : dependencies == nullptr ? List() : *dependencies) {
    const std::string name = text_at(dependency, {"name"});
    if (name.empty()) continue;
    const std::string alias = text_at(dependency, {"alias"});
    all.push_back({.name = alias.empty() ? name : alias,
                   .directory = name,
                   .conditions = split(text_at(dependency, {"condition"}), ','),
                   .has_tags = dependency.if_record()->find("tags") != nullptr});
    named.insert(name);
  }
  const std::string prefix = folder + std::string(subchart_folder);
  for (auto file = files.lower_bound(prefix);
       file != files.end() && file->first.starts_with(prefix); ++file) {
    const std::string_view rest = std::string_view(file->first).substr(prefix.size());
    const std::size_t slash = rest.find('/');
    if (slash == rest.npos) continue;
    const std::string name(rest.substr(0, slash));
    if (named.insert(name).second)
      all.push_back({.name = name, .directory = name, .conditions = {}});
  }
  return all;
}

class ChartReader {
 public:
  ChartReader(const FileTree& files, ChartValues& chart)
      : files_(files), volumes_(chart.volumes), schemas_(chart.schemas), names_(chart.names) {}

  /// The defaults of the chart in `folder`, with those of its subcharts under their names. `place`
  /// is where its values are and when; its templates, and with a library those of the chart that
  /// uses it, read `use`.
  Result<Value> read(const std::string& folder, const ValuesPlace& place, ValueUse& use) {
    Result<Value> values = read_record(files_, folder + "values.yaml");
    if (!values) return values;
    const Result<Value> chart = read_record(files_, folder + "Chart.yaml");
    if (!chart) return chart.error();
    if (auto added = add_templates(folder, use); !added) return added.error();
    if (auto added = add_schema(folder, place, use); !added) return added.error();
    if (place.path.size() == max_subchart_depth) return values;
    Record below;
    for (const Subchart& subchart : subcharts(files_, folder, *chart)) {
      const std::string subfolder =
          folder + std::string(subchart_folder) + subchart.directory + '/';
      Result<Value> defaults = read_subchart(subfolder, subchart, place, use);
      if (!defaults) return defaults;
      below.set(subchart.name, std::move(*defaults));
    }
    return merged(std::move(*values), below);
  }

  /// To be called when the charts have been read.
  void finish() { uses_.finish(); }

 private:
  Result<Value> read_subchart(const std::string& folder, const Subchart& subchart,
                              const ValuesPlace& parent, ValueUse& use) {
    for (const std::string& condition : subchart.conditions) add_path(condition, use);
    if (subchart.has_tags) use.field("tags").whole = true;
    const Result<Value> chart = read_record(files_, folder + "Chart.yaml");
    if (!chart) return chart.error();
    if (text_at(*chart, {"type"}) == "library") {
      if (auto added = add_templates(folder, use); !added) return added.error();
    }
    ValuesPlace place = parent;
    place.path.push_back(subchart.name);
    const std::string prefix = fmt::format("{}.", fmt::join(parent.path, "."));
    for (const std::string& condition : subchart.conditions)
      place.conditions.push_back(parent.path.empty() ? condition : prefix + condition);
    // An unknown condition: its schema is not for us to apply.
    unknown_ += subchart.has_tags ? 1 : 0;
    Result<Value> values = read(folder, place, use.field(subchart.name));
    unknown_ -= subchart.has_tags ? 1 : 0;
    return values;
  }

  Result<void> add_templates(const std::string& folder, ValueUse& use) {
    const std::string prefix = folder + "templates/";
    for (auto file = files_.lower_bound(prefix);
         file != files_.end() && file->first.starts_with(prefix); ++file) {
      template_bytes_ += file->second.size();
      if (template_bytes_ > max_template_bytes) {
        return Error{
            fmt::format("`{}`: more than {} bytes of templates", file->first, max_template_bytes)};
      }
      uses_.add(file->second, use);
      add_names(file->second);
      volumes_.add_template(file->second);
    }
    return {};
  }

  void add_names(std::string_view text) {
    constexpr std::string_view key = "name: ";
    for (std::size_t at = text.find(key); at != text.npos; at = text.find(key, at + 1)) {
      std::string_view name = text.substr(at + key.size());
      name.remove_prefix(std::min(name.find_first_not_of(" \"'"), name.size()));
      name = name.substr(0, name.find_first_not_of("-.0123456789abcdefghijklmnopqrstuvwxyz"));
      if (!name.empty()) names_.emplace(name);
    }
  }

  Result<void> add_schema(const std::string& folder, const ValuesPlace& place, ValueUse& use) {
    const std::string path = folder + "values.schema.json";
    const std::string* text = find_file(files_, path);
    if (text == nullptr) return {};
    Result<JsonSchema> schema = read_json_schema(*text);
    if (!schema) return Error{fmt::format("`{}`: {}", path, schema.error().text)};
    add_schema_fields(schema->document(), use);
    if (unknown_ == 0) schemas_.push_back({place, *std::move(schema)});
    return {};
  }

  const FileTree& files_;
  TemplateUses uses_;
  ChartVolumes& volumes_;
  std::vector<ValuesSchema>& schemas_;
  std::set<std::string, std::less<>>& names_;
  std::size_t template_bytes_ = 0;
  int unknown_ = 0;  // charts around this one of which tags decide whether they are there
};

// The depth of the tree is bounded (ValueUse::field).
void collect_refusals(const ValueUse& use, const std::string& path, ChartValues& chart) {
  if (!use.refusal.empty()) chart.refusals.emplace(path, use.refusal);
  for (const auto& [name, field] : use.fields)
    collect_refusals(field, types::field_path(path, name), chart);
}

const Value* value_at(const Value& root, const std::vector<std::string>& path) {
  const Value* value = &root;
  for (const std::string& name : path) {
    const Record* record = value->if_record();
    value = record == nullptr ? nullptr : record->find(name);
    if (value == nullptr) return nullptr;
  }
  return value;
}

bool is_there(const ValuesPlace& place, const Value& values) {
  for (const std::string& condition : place.conditions) {
    const Value* decision = value_at(values, split(condition, '.'));
    if (decision && decision->if_bool() && !*decision->if_bool()) return false;
  }
  return true;
}

}  // namespace

Result<ChartValues> read_chart_values(const FileTree& files, types::TypeStore& store) {
  ChartValues chart;
  ValueUse use;
  ChartReader reader(files, chart);
  Result<Value> defaults = reader.read("", {}, use);
  if (!defaults) return defaults.error();
  reader.finish();
  const Result<Value> description = read_record(files, "Chart.yaml");
  if (!description) return description.error();
  chart.name = text_at(*description, {"name"});
  chart.version = text_at(*description, {"version"});
  chart.shape = chart_shape(*defaults->if_record(), use, store);
  chart.defaults = std::move(*defaults);
  chart.volumes.add_defaults(chart.defaults);
  collect_refusals(use, "", chart);
  return chart;
}

std::vector<SchemaMismatch> check_against_schemas(const Value& values, const ChartValues& chart) {
  std::vector<SchemaMismatch> all;
  if (chart.schemas.empty()) return all;
  const Value complete = without_nulls(merged(values, chart.defaults));
  for (const ValuesSchema& one : chart.schemas) {
    const Value* part = value_at(complete, one.place.path);
    if (part == nullptr || !is_there(one.place, complete)) continue;
    std::string prefix;
    for (const std::string& name : one.place.path) prefix = types::field_path(prefix, name);
    for (SchemaMismatch& mismatch : validate(*part, one.schema)) {
      const bool joined = prefix.empty() || mismatch.path.empty() || mismatch.path[0] == '[';
      mismatch.path = prefix + (joined ? "" : ".") + mismatch.path;
      all.push_back(std::move(mismatch));
    }
  }
  return all;
}

}  // namespace stackc::schema
