#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::lower {

/// The value of `schema.openAPIV3Schema` for a type: a structural schema in the dialect of
/// ClusterClass variables (capi-contract.md section 2.1). Keys in the order type, description,
/// default, example, limits, contents.
Record open_api_schema(const types::Type& type);

/// One item of the `spec.variables` of a ClusterClass. What exceeds the limits of the CRD
/// (section 1.3) is reported.
Record variable_definition(const ir::ClusterVariable& variable, diag::Sink& sink);

}  // namespace stackc::lower
