#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/result.h"

namespace stackc::schema {

/// A file of the compact form.
struct SchemaFile {
  std::string name;  // `OpenStackMachineTemplate.v1beta1.schema`
  std::string text;
  std::vector<std::string> unchecked;  // KindSchema::unchecked
  bool operator==(const SchemaFile&) const = default;
};

/// Converts the CustomResourceDefinitions in a YAML text, one file for each of their served
/// versions, in their order. Other objects are passed over (what a provider publishes holds its
/// whole installation), and a `List` (`kubectl get crds -o yaml`) stands for its items. Texts meant
/// for people are left out; rules that a type cannot say are listed in SchemaFile::unchecked. Fails
/// for a CRD that is not structural, and for a text without any, with the place: `` `crd.yaml`:
/// line 7, column 3: spec.versions[0].schema.openAPIV3Schema.properties.spec: … ``, where `path`
/// names the file.
Result<std::vector<SchemaFile>> import_crds(std::string_view path, std::string_view yaml);

/// Largest text that is converted, in bytes.
constexpr std::size_t max_crd_bytes = std::size_t{16} << 20;

}  // namespace stackc::schema
