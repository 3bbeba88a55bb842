#pragma once

#include <vector>

#include "compiler/topology/refusal.h"
#include "compiler/types/type.h"
#include "compiler/value/value.h"

namespace stackc::topology {

/// What the API server refuses in a Cluster by its CRD alone (CT-206 of docs/guarantees.md):
/// unknown fields, values of a wrong kind, bounds, patterns. Null counts as missing. Variables need
/// no value here, because Cluster API sets their defaults before it looks. `type` is that of the
/// whole object.
std::vector<Refusal> check_schema(const Value& manifest, const types::Type& type);

}  // namespace stackc::topology
