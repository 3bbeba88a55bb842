#include "compiler/lower/rewrite.h"

#include <algorithm>

#include "compiler/base/check.h"

namespace stackc::lower {

using ir::ExprRef;

namespace {

using Change = std::function<ExprRef(ExprRef)>;

/// Applies a change to the operands of a copied node, and says whether one of them became another.
class OperandMapper {
 public:
  explicit OperandMapper(const Change& change) : change_(change) {}
  bool changed() const { return changed_; }

  void operator()(ir::Constant&) {}
  void operator()(ir::Variable&) {}
  void operator()(ir::Builtin&) {}
  void operator()(ir::Live&) {}
  void operator()(ir::Local&) {}
  void operator()(ir::Member& node) { apply(node.base); }
  void operator()(ir::Present& node) { apply(node.operand); }
  void operator()(ir::Not& node) { apply(node.operand); }
  void operator()(ir::Logic& node) { apply(node.left), apply(node.right); }
  void operator()(ir::Compare& node) { apply(node.left), apply(node.right); }
  void operator()(ir::Arithmetic& node) { apply(node.left), apply(node.right); }
  void operator()(ir::Concat& node) {
    for (ExprRef& part : node.parts) apply(part);
  }
  void operator()(ir::Call& node) {
    for (ExprRef& argument : node.arguments) apply(argument);
  }
  void operator()(ir::Conditional& node) {
    apply(node.condition), apply(node.then), apply(node.otherwise);
  }
  void operator()(ir::Match& node) {
    apply(node.subject);
    for (ir::Match::Arm& arm : node.arms) apply(arm.result);
    apply(node.otherwise);
  }
  void operator()(ir::RecordLiteral& node) {
    for (auto& entry : node.entries) apply(entry.condition), apply(entry.value);
  }
  void operator()(ir::ListLiteral& node) {
    for (auto& item : node.items) apply(item.condition), apply(item.value);
  }
  void operator()(ir::Comprehension& node) {  // its locals are names, not operands
    apply(node.source), apply(node.condition), apply(node.body);
  }

 private:
  void apply(ExprRef& operand) {
    if (operand == nullptr) return;
    const ExprRef result = change_(operand);
    changed_ |= result != operand;
    operand = result;
  }

  const Change& change_;
  bool changed_ = false;
};

}  // namespace

ExprRef in_place_of(ExprRef old, ir::Expr::Node node, ir::ExprStore& exprs) {
  return exprs.add({std::move(node), old->type, old->stage, old->span});
}

ExprRef map_operands(ExprRef expr, ir::ExprStore& exprs, const Change& change) {
  ir::Expr::Node node = expr->node;
  OperandMapper mapper(change);
  std::visit(mapper, node);
  return mapper.changed() ? in_place_of(expr, std::move(node), exprs) : expr;
}

void for_each_operand(ExprRef expr, const std::function<void(ExprRef)>& visit) {
  ir::Expr::Node node = expr->node;
  const Change unchanged = [&](ExprRef operand) {
    visit(operand);
    return operand;
  };
  std::visit(OperandMapper(unchanged), node);
}

ExprRef substitute(ExprRef expr, std::uint32_t id, ExprRef replacement, ir::ExprStore& exprs) {
  if (const auto* local = expr->as<ir::Local>()) return local->id == id ? replacement : expr;
  return map_operands(expr, exprs,
                      [&](ExprRef operand) { return substitute(operand, id, replacement, exprs); });
}

namespace {

/// What two nodes of one kind must share beside their operands.
struct SameLeaf {
  const ir::Expr::Node& other;

  bool operator()(const ir::Constant& node) const { return node.value == as(node).value; }
  bool operator()(const ir::Variable& node) const { return node.name == as(node).name; }
  bool operator()(const ir::Builtin& node) const { return node.path == as(node).path; }
  bool operator()(const ir::Live& node) const { return node.object == as(node).object; }
  bool operator()(const ir::Local& node) const { return node.id == as(node).id; }
  bool operator()(const ir::Member& node) const { return node.name == as(node).name; }
  bool operator()(const ir::Present&) const { return true; }
  bool operator()(const ir::Not&) const { return true; }
  bool operator()(const ir::Logic& node) const { return node.op == as(node).op; }
  bool operator()(const ir::Compare& node) const { return node.op == as(node).op; }
  bool operator()(const ir::Arithmetic& node) const { return node.op == as(node).op; }
  bool operator()(const ir::Concat& node) const {
    return node.parts.size() == as(node).parts.size();
  }
  bool operator()(const ir::Call& node) const { return node.function == as(node).function; }
  bool operator()(const ir::Conditional&) const { return true; }
  bool operator()(const ir::Match& node) const {
    return std::ranges::equal(node.arms, as(node).arms,
                              [](const auto& a, const auto& b) { return a.values == b.values; });
  }
  bool operator()(const ir::RecordLiteral& node) const {
    return std::ranges::equal(node.entries, as(node).entries, [](const auto& a, const auto& b) {
      return a.name == b.name && (a.condition == nullptr) == (b.condition == nullptr);
    });
  }
  bool operator()(const ir::ListLiteral& node) const {
    return std::ranges::equal(node.items, as(node).items, [](const auto& a, const auto& b) {
      return (a.condition == nullptr) == (b.condition == nullptr);
    });
  }
  // Two comprehensions bind different locals; telling them apart costs a repetition, never a wrong
  // result.
  bool operator()(const ir::Comprehension&) const { return false; }

 private:
  template <typename T>
  const T& as(const T&) const {
    return std::get<T>(other);
  }
};

}  // namespace

bool same(ExprRef a, ExprRef b) {
  if (a == b) return true;
  if (a == nullptr || b == nullptr || a->node.index() != b->node.index()) return false;
  if (!std::visit(SameLeaf{b->node}, a->node)) return false;
  std::vector<ExprRef> left;
  std::vector<ExprRef> right;
  for_each_operand(a, [&](ExprRef operand) { left.push_back(operand); });
  for_each_operand(b, [&](ExprRef operand) { right.push_back(operand); });
  return std::ranges::equal(left, right, same);
}

}  // namespace stackc::lower
