#include "compiler/ir/expr.h"

#include <limits>

#include "compiler/ir/expr_parts.h"

namespace stackc::ir {

std::string_view name_of(Live::Object object) {
  switch (object) {
    case Live::Object::Cluster:
      return "cluster";
    case Live::Object::ControlPlane:
      return "controlPlane";
    case Live::Object::InfraCluster:
      return "infraCluster";
  }
  return "";
}

Compare::Op opposite(Compare::Op op) {
  using Op = Compare::Op;
  switch (op) {
    case Op::Eq:
      return Op::Ne;
    case Op::Ne:
      return Op::Eq;
    case Op::Lt:
      return Op::Ge;
    case Op::Le:
      return Op::Gt;
    case Op::Gt:
      return Op::Le;
    case Op::Ge:
      return Op::Lt;
  }
  return op;
}

ExprRef ExprStore::add(Expr expr) {
  std::uint64_t weight = 1;
  for_each_part(expr.node, [&](ExprRef part) { weight += part->weight; });
  constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
  expr.weight = static_cast<std::uint32_t>(weight < most ? weight : most);
  return &exprs_.emplace_front(std::move(expr));
}

}  // namespace stackc::ir
