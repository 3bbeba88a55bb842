#pragma once

#include <vector>

#include "compiler/ir/expr.h"

namespace stackc::check {

/// The expressions that an expression is made of, in the order written.
std::vector<ir::ExprRef> parts_of(ir::ExprRef expr);

}  // namespace stackc::check
