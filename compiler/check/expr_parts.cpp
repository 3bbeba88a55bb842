#include "compiler/check/expr_parts.h"

#include "compiler/ir/expr_parts.h"

namespace stackc::check {

std::vector<ir::ExprRef> parts_of(ir::ExprRef expr) {
  std::vector<ir::ExprRef> parts;
  ir::for_each_part(expr->node, [&](ir::ExprRef part) { parts.push_back(part); });
  return parts;
}

}  // namespace stackc::check
