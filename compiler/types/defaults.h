#pragma once

#include "compiler/types/type.h"
#include "compiler/value/value.h"

namespace stackc::types {

/// Fills in the defaults of record fields as the API server does (capi-contract.md section 2.5):
/// where a field is missing or null, then inside every record, map and list that is there. A record
/// that is missing and has no default itself is not created, and a default of null is none.
void apply_defaults(Value& value, const Type& type);

}  // namespace stackc::types
