#pragma once

#include <functional>

#include "compiler/ir/constant_value.h"
#include "compiler/ir/expr.h"

/// Taking expressions apart and putting them together again. The depth of an expression is bounded
/// by the language's limit on nesting, which the checker enforces; so these functions may recurse.
namespace stackc::lower {

/// The same node with `change` applied to each operand; the expression itself if nothing changed.
/// An operand that is null stays null.
ir::ExprRef map_operands(ir::ExprRef expr, ir::ExprStore& exprs,
                         const std::function<ir::ExprRef(ir::ExprRef)>& change);

/// Calls `visit` for each operand that is not null, in the order of evaluation.
void for_each_operand(ir::ExprRef expr, const std::function<void(ir::ExprRef)>& visit);

/// `replacement` for every use of the local `id`.
ir::ExprRef substitute(ir::ExprRef expr, std::uint32_t id, ir::ExprRef replacement,
                       ir::ExprStore& exprs);

/// The same computation, wherever it was written.
bool same(ir::ExprRef a, ir::ExprRef b);

/// A new node in the place and with the type of another one.
ir::ExprRef in_place_of(ir::ExprRef old, ir::Expr::Node node, ir::ExprStore& exprs);

}  // namespace stackc::lower
