#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/stack.h"
#include "compiler/topology/refusal.h"
#include "compiler/value/value.h"

namespace stackc::topology {

/// One entry of a list of variables in a Cluster.
struct GivenVariable {
  std::string name;
  std::optional<Value>
      value;  // nothing if it is missing or null, which the API server does not tell apart
};

/// What a list of variables is for (capi-contract.md section 2.5).
enum class VariableScope : std::uint8_t {
  Cluster,   // defaults create what is missing, required variables must be there
  Override,  // of the control plane or a machine deployment: only what is given counts
};

struct Variables {
  Record values;  // by name: the given ones in their order, then the defaulted ones by name
  std::vector<Refusal> refusals;  // in the order of the list, missing required variables last
};

/// Defaults and validates the variables of a Cluster as Cluster API does, CEL apart, which the
/// language has not. Numbers go through 64-bit floating point on the way, so integers beyond 2^53
/// lose units and `1.0` becomes `1`. A given variable without value gets its default in either
/// scope: the webhook that defaults comes before the schema that requires one. `path` is that of
/// the list.
Variables resolve_variables(const std::vector<GivenVariable>& given,
                            const std::vector<ir::ClusterVariable>& definitions,
                            VariableScope scope, std::string_view path);

/// What a patch sees: overrides replace cluster-wide variables as a whole.
Record override_variables(const Record& cluster_wide, const Record& overrides);

}  // namespace stackc::topology
