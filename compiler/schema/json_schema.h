#pragma once

#include <string_view>
#include <vector>

#include "compiler/base/result.h"
#include "compiler/types/validate.h"
#include "compiler/value/value.h"

namespace stackc::schema {

/// A JSON Schema document in the form in which it is safe to check with: references are replaced by
/// what they refer to, and left out are `pattern`, `patternProperties` and `format` (the
/// validator's regular expressions take exponential time and unbounded stack), references to other
/// documents, and everything that is no keyword of JSON Schema. So it accepts more than the
/// document, never less.
struct JsonSchema {
  Value document;
};

/// Errors are those of the JSON text; a schema that is none is found by validate.
Result<JsonSchema> read_json_schema(std::string_view text);

/// What in the value does not fit, with paths as in types::validate, in the order of the paths.
/// Fails if the document is no schema.
Result<std::vector<types::Mismatch>> validate(const Value& value, const JsonSchema& schema);

}  // namespace stackc::schema
