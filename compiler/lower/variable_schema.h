#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::lower {

/// One item of the `spec.variables` of a ClusterClass. Its `schema.openAPIV3Schema` is a structural
/// schema in the dialect of ClusterClass variables (capi-contract.md section 2.1), with keys in the
/// order type, description, default, example, limits, contents. What exceeds the limits of the CRD
/// (section 1.3) is reported.
Record variable_definition(const ir::ClusterVariable& variable, diag::Sink& sink);

}  // namespace stackc::lower
