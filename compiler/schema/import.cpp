#include "compiler/schema/import.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/ascii.h"
#include "compiler/schema/crd_schema.h"
#include "compiler/schema/yaml_reader.h"

namespace stackc::schema {
namespace {

constexpr std::size_t max_files = 1000;  // from one text

const Value* find(const Value* value, std::string_view field) {
  const Record* record = value == nullptr ? nullptr : value->if_record();
  return record == nullptr ? nullptr : record->find(field);
}

std::string text_of(const Value* value) {
  const std::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : *text;
}

// Kind and version become file names.
bool is_safe_word(std::string_view text, std::string_view further) {
  const auto fits = [&](char c) {
    return is_letter_or_digit(c) || further.find(c) != further.npos;
  };
  return !text.empty() && text.size() <= 253 && std::ranges::all_of(text, fits);
}

bool is_served(const Value& version) {
  const Value* served = find(&version, "served");
  return served == nullptr || served->if_bool() == nullptr || *served->if_bool();
}

/// Converts the versions of one CRD after the other; gives the schemas, or where and why it could
/// not.
std::variant<std::vector<KindSchema>, CrdFault> import_crd(const Value& crd,
                                                           types::TypeStore& store) {
  const Value* spec = find(&crd, "spec");
  const std::string group = text_of(find(spec, "group"));
  const std::string kind = text_of(find(find(spec, "names"), "kind"));
  if (!is_safe_word(group, ".-")) return CrdFault{"spec.group", "no name of an API group"};
  if (!is_safe_word(kind, "")) return CrdFault{"spec.names.kind", "no name of a kind"};
  const Value* list = find(spec, "versions");
  const List* versions = list == nullptr ? nullptr : list->if_list();
  if (versions == nullptr) return CrdFault{"spec.versions", "no list of versions"};

  std::vector<KindSchema> schemas;
  for (std::size_t i = 0; i < versions->size(); ++i) {
    const Value& version = (*versions)[i];
    if (!is_served(version)) continue;
    const std::string path = fmt::format("spec.versions[{}]", i);
    const std::string name = text_of(find(&version, "name"));
    if (!is_safe_word(name, "")) return CrdFault{path + ".name", "no name of a version"};
    const std::string root_path = path + ".schema.openAPIV3Schema";
    const Value* root = find(find(&version, "schema"), "openAPIV3Schema");
    if (root == nullptr) return CrdFault{root_path, "missing"};
    auto imported = import_object(*root, root_path, store);
    if (auto* fault = std::get_if<CrdFault>(&imported)) return std::move(*fault);
    KindSchema& schema = std::get<KindSchema>(imported);
    schema.api_version = group + '/' + name;
    schema.kind = kind;
    schemas.push_back(std::move(schema));
  }
  if (schemas.empty()) return CrdFault{"spec.versions", "no version is served"};
  return schemas;
}

/// A CRD, and where in its document.
struct Found {
  const Value* crd;
  std::string path;  // `items[3].` in a list
};

std::vector<Found> find_crds(const Value& document) {
  const auto is_crd = [](const Value& object) {
    return text_of(find(&object, "kind")) == "CustomResourceDefinition";
  };
  if (is_crd(document)) return {{&document, ""}};
  std::vector<Found> found;
  const Value* items = find(&document, "items");
  const List* list = items == nullptr ? nullptr : items->if_list();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    if (is_crd((*list)[i])) found.push_back({&(*list)[i], fmt::format("items[{}].", i)});
  }
  return found;
}

std::optional<CrdFault> add_files(const Value& crd, std::vector<SchemaFile>& files) {
  types::TypeStore store;
  auto imported = import_crd(crd, store);
  if (auto* fault = std::get_if<CrdFault>(&imported)) return std::move(*fault);
  for (KindSchema& schema : std::get<std::vector<KindSchema>>(imported)) {
    SchemaFile file{schema_file_name(schema), write_schema(schema), std::move(schema.unchecked)};
    if (file.text.size() > max_schema_bytes)
      return CrdFault{"spec",
                      fmt::format("makes a schema of more than {} bytes", max_schema_bytes)};
    if (files.size() == max_files)
      return CrdFault{"spec.versions",
                      fmt::format("the file holds more than {} schemas", max_files)};
    files.push_back(std::move(file));
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<SchemaFile>> import_crds(std::string_view path, std::string_view yaml) {
  const auto documents = read_located_yaml(yaml, {.bytes = max_crd_bytes});
  if (!documents) return Error{fmt::format("`{}`: {}", path, documents.error().text)};
  std::vector<SchemaFile> files;
  for (const YamlDocument& document : *documents) {
    for (const Found& found : find_crds(document.value)) {
      const auto fault = add_files(*found.crd, files);
      if (!fault) continue;
      const std::string place = found.path + fault->path;
      const YamlPosition at = locate(document, place).key;
      return Error{fmt::format("`{}`: line {}, column {}: {}: {}", path, at.line, at.column, place,
                               fault->why)};
    }
  }
  if (files.empty()) return Error{fmt::format("`{}` holds no `CustomResourceDefinition`", path)};
  return files;
}

}  // namespace stackc::schema
