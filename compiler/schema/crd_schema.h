#pragma once

#include <string>

#include "compiler/base/result.h"
#include "compiler/schema/kind_schema.h"
#include "compiler/value/value.h"

namespace stackc::schema {

/// Converts the OpenAPI schema of one version of a CRD; gives `type` and `unchecked`. `path` is
/// where the schema stands, for errors.
Result<KindSchema> import_object(const Value& schema, const std::string& path,
                                 types::TypeStore& store);

}  // namespace stackc::schema
