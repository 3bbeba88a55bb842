#pragma once

#include <string>

#include "compiler/ir/expr.h"

namespace stackc::check {

/// A text that two expressions have in common only if they are always equal, wherever they were
/// written: the path of what has one, and for what is computed the parts. Empty for large ones.
std::string key_of(ir::ExprRef expr);

}  // namespace stackc::check
