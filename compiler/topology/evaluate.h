#pragma once

#include <optional>

#include "compiler/ir/expr.h"
#include "compiler/value/value.h"

namespace stackc::topology {

/// What an expression may read. All outlive the evaluation.
struct Environment {
  const Record& variables;  // by name; what is neither set nor defaulted is not in it
  const Record& builtins;   // nested as below `builtin.`: {controlPlane: {version: …}}
  const Record* live =
      nullptr;  // for add-ons: `cluster`, `controlPlane`, `infraCluster`; null elsewhere
};

/// The value of an expression for one Cluster, as compiler/ir/expr.h defines it; nothing if it is
/// absent. Variables have been validated against their types, and the checker has seen to it that
/// only `has` asks for what may be absent. Recursion follows the expression, whose depth the parser
/// bounds.
std::optional<Value> evaluate(ir::ExprRef expr, const Environment& environment);

}  // namespace stackc::topology
