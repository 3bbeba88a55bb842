#pragma once

#include <vector>

#include "compiler/ir/expr.h"

namespace stackc::check {

/// The expressions that an expression is made of, in the order written.
std::vector<ir::ExprRef> parts_of(ir::ExprRef expr);

/// What the conditions in an expression choose between, in the order written: the expression itself
/// if it has none.
std::vector<ir::ExprRef> branches_of(ir::ExprRef expr);

}  // namespace stackc::check
