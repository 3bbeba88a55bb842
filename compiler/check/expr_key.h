#pragma once

#include <string>

#include "compiler/ir/expr.h"

namespace stackc::check {

/// A text that two expressions have in common only if they are always equal, wherever they were
/// written: the path of what has one, and `/(variable size, 3)` for what is computed. Empty for
/// what has no short one: lists and records with content, and large computations.
std::string key_of(ir::ExprRef expr);

}  // namespace stackc::check
