#include "compiler/schema/import.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/schema/crd_schema.h"
#include "compiler/schema/yaml_reader.h"

namespace stackc::schema {
namespace {

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
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           further.find(c) != further.npos;
  };
  return !text.empty() && text.size() <= 253 && std::ranges::all_of(text, fits);
}

bool is_served(const Value& version) {
  const Value* served = find(&version, "served");
  return served == nullptr || served->if_bool() == nullptr || *served->if_bool();
}

}  // namespace

Result<std::vector<KindSchema>> import_crd(const Value& crd, types::TypeStore& store) {
  if (text_of(find(&crd, "kind")) != "CustomResourceDefinition") {
    return Error{"not a `CustomResourceDefinition`"};
  }
  const Value* spec = find(&crd, "spec");
  const std::string group = text_of(find(spec, "group"));
  const std::string kind = text_of(find(find(spec, "names"), "kind"));
  if (!is_safe_word(group, ".-")) return Error{"spec.group: no name of an API group"};
  if (!is_safe_word(kind, "")) return Error{"spec.names.kind: no name of a kind"};
  const Value* list = find(spec, "versions");
  const List* versions = list == nullptr ? nullptr : list->if_list();
  if (versions == nullptr) return Error{"spec.versions: no list of versions"};

  std::vector<KindSchema> schemas;
  for (std::size_t i = 0; i < versions->size(); ++i) {
    const Value& version = (*versions)[i];
    if (!is_served(version)) continue;
    const std::string path = fmt::format("spec.versions[{}]", i);
    const std::string name = text_of(find(&version, "name"));
    if (!is_safe_word(name, "")) return Error{path + ".name: no name of a version"};
    const Value* root = find(find(&version, "schema"), "openAPIV3Schema");
    if (root == nullptr) return Error{path + ".schema.openAPIV3Schema: missing"};
    Result<KindSchema> schema = import_object(*root, path + ".schema.openAPIV3Schema", store);
    if (!schema) return schema.error();
    schema->api_version = group + '/' + name;
    schema->kind = kind;
    schemas.push_back(std::move(*schema));
  }
  return schemas;
}

Result<std::vector<SchemaFile>> import_crds(std::string_view path, std::string_view yaml) {
  const auto documents = read_yaml_documents(yaml);
  if (!documents) return Error{fmt::format("`{}`: {}", path, documents.error().text)};
  std::vector<SchemaFile> files;
  for (const Value& document : *documents) {
    types::TypeStore store;
    const auto schemas = import_crd(document, store);
    if (!schemas) return Error{fmt::format("`{}`: {}", path, schemas.error().text)};
    for (const KindSchema& schema : *schemas)
      files.push_back({schema_file_name(schema), write_schema(schema)});
  }
  return files;
}

}  // namespace stackc::schema
