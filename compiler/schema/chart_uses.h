#pragma once

#include <map>
#include <string>
#include <string_view>

#include "compiler/value/value.h"

namespace stackc::schema {

/// What a chart says about one of its values in other places than its defaults.
struct ValueUse {
  bool whole = false;       // the value itself is read, and so perhaps any field of it
  bool has_schema = false;  // a JSON Schema says what this value and those below it may be
  std::map<std::string, ValueUse, std::less<>> fields;
};

/// Adds what a template text reads: paths such as `.Values.image.tag`, and `index .Values "image"
/// "tag"`.
void add_uses(std::string_view template_text, ValueUse& values);

/// Adds one path such as `metrics.enabled`, as the condition of a dependency names it.
void add_path(std::string_view path, ValueUse& values);

/// Adds the fields that a JSON Schema (in the form of JsonSchema) names anywhere. Read as a whole
/// is what it leaves open on purpose: an object without properties, and one with a schema for
/// additional ones.
void add_schema_fields(const Value& schema, ValueUse& values);

}  // namespace stackc::schema
