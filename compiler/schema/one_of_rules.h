#pragma once

#include <string_view>

#include "compiler/types/type.h"
#include "compiler/value/value.h"

namespace stackc::schema {

/// Puts a CEL rule of a CRD (`x-kubernetes-validations`) into the type, if it has one of the shapes
/// that a type can say: exactly one or at least one of some fields, items unique by a field, a
/// pattern (which may be malformed), or that the value never changes. False if it has not.
bool apply_cel_rule(std::string_view rule, types::Type& type);

/// The same for `oneOf` and `anyOf` lists whose alternatives each require one field.
bool apply_alternatives(const List& alternatives, bool exactly_one, types::Type& type);

/// `minProperties` and `maxProperties` of a record with named fields.
bool apply_property_count(std::optional<std::int64_t> min, std::optional<std::int64_t> max,
                          types::Type& type);

}  // namespace stackc::schema
