#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/result.h"
#include "compiler/schema/kind_schema.h"
#include "compiler/value/value.h"

namespace stackc::schema {

/// The schemas of all served versions of one CustomResourceDefinition, in its order; the types go
/// to `store`. Texts meant for people are left out; rules that a type cannot say are counted in
/// KindSchema::unchecked. Fails for what is no structural CRD, with the path of the place:
/// `spec.versions[0].schema.openAPIV3Schema.properties.spec: …`.
Result<std::vector<KindSchema>> import_crd(const Value& crd, types::TypeStore& store);

/// A file of the compact form.
struct SchemaFile {
  std::string name;  // `OpenStackMachineTemplate.v1beta1.schema`
  std::string text;
  bool operator==(const SchemaFile&) const = default;
};

/// Converts the text of a YAML file with CRDs; other objects in it are an error. `path` names the
/// file in errors.
Result<std::vector<SchemaFile>> import_crds(std::string_view path, std::string_view yaml);

}  // namespace stackc::schema
