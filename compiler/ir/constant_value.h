#pragma once

#include <optional>

#include "compiler/ir/expr.h"

namespace stackc::ir {

/// The whole value if every part is constant and unconditional; nothing for what is broken.
std::optional<Value> constant_value(ExprRef expr);

}  // namespace stackc::ir
