#pragma once

#include <string>
#include <variant>

#include "compiler/schema/kind_schema.h"
#include "compiler/value/value.h"

namespace stackc::schema {

/// Why a CRD cannot be converted, and where in it.
struct CrdFault {
  std::string path;  // `spec.versions[0].schema.openAPIV3Schema.properties.spec`
  std::string why;
};

/// Converts the OpenAPI schema of one version of a CRD; gives `type` and `unchecked`. `path` is
/// where the schema stands.
std::variant<KindSchema, CrdFault> import_object(const Value& schema, std::string_view path,
                                                 types::TypeStore& store);

}  // namespace stackc::schema
