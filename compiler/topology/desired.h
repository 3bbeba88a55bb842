#pragma once

#include <variant>
#include <vector>

#include "compiler/ir/stack.h"
#include "compiler/topology/refusal.h"
#include "compiler/value/value.h"

namespace stackc::topology {

/// The objects that Cluster API creates for a Cluster (capi-contract.md section 3.8), in this
/// order: infrastructure cluster, control plane, its machine template; per machine deployment
/// bootstrap template, machine template, MachineDeployment; the Cluster with its variables
/// defaulted. Provider objects have the API version of their template, MachineDeployments and the
/// Cluster that of the manifest. Random suffixes are `bbbbb`.
///
/// Not shown, because they are nobody's decision here: owner references, the `cloned-from`
/// annotations, defaults of CRDs (types::apply_defaults fills them in where they are wanted),
/// health checks.
struct Desired {
  std::vector<Value> objects;
};

/// What Cluster API makes of a Cluster manifest with the class of a stack, or every reason to
/// refuse it: those of read_cluster, and the worker classes, variables and number of control planes
/// that the class does not admit (CT-013, CT-020, CT-021 and CT-200 of docs/guarantees.md). That
/// the Cluster names this class is for the caller to see to. The stack has been adapted to its
/// target.
std::variant<Desired, std::vector<Refusal>> desired_objects(const ir::Stack& stack,
                                                            const Value& manifest);

}  // namespace stackc::topology
