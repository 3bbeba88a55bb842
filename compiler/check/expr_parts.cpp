#include "compiler/check/expr_parts.h"

#include "compiler/ir/expr_parts.h"

namespace stackc::check {

std::vector<ir::ExprRef> parts_of(ir::ExprRef expr) {
  std::vector<ir::ExprRef> parts;
  ir::for_each_part(expr->node, [&](ir::ExprRef part) { parts.push_back(part); });
  return parts;
}

std::vector<ir::ExprRef> branches_of(ir::ExprRef expr) {
  std::vector<ir::ExprRef> open{expr};  // the next one last
  std::vector<ir::ExprRef> branches;
  while (!open.empty()) {
    const ir::ExprRef next = open.back();
    open.pop_back();
    if (const auto* choice = next->as<ir::Conditional>()) {
      open.insert(open.end(), {choice->otherwise, choice->then});
    } else if (const auto* match = next->as<ir::Match>()) {
      if (match->otherwise != nullptr) open.push_back(match->otherwise);
      for (auto arm = match->arms.rbegin(); arm != match->arms.rend(); ++arm)
        open.push_back(arm->result);
    } else {
      branches.push_back(next);
    }
  }
  return branches;
}

}  // namespace stackc::check
