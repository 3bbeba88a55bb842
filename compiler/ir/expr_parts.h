#pragma once

#include "compiler/ir/expr.h"

namespace stackc::ir {

/// The cases of `for_each_part`.
template <typename Visit>
class PartsVisitor {
 public:
  explicit PartsVisitor(Visit& visit) : visit_(visit) {}

  void operator()(const Constant&) const {}
  void operator()(const Variable&) const {}
  void operator()(const Builtin&) const {}
  void operator()(const Live&) const {}
  void operator()(const Local&) const {}
  void operator()(const Member& node) const { visit_(node.base); }
  void operator()(const Present& node) const { visit_(node.operand); }
  void operator()(const Not& node) const { visit_(node.operand); }
  void operator()(const Logic& node) const { both(node); }
  void operator()(const Compare& node) const { both(node); }
  void operator()(const Arithmetic& node) const { both(node); }
  void operator()(const Concat& node) const {
    for (const ExprRef part : node.parts) visit_(part);
  }
  void operator()(const Call& node) const {
    for (const ExprRef argument : node.arguments) visit_(argument);
  }
  void operator()(const Conditional& node) const {
    visit_(node.condition);
    visit_(node.then);
    visit_(node.otherwise);
  }
  void operator()(const Match& node) const {
    visit_(node.subject);
    for (const Match::Arm& arm : node.arms) visit_(arm.result);
    if (node.otherwise) visit_(node.otherwise);
  }
  void operator()(const RecordLiteral& node) const {
    for (const RecordLiteral::Entry& entry : node.entries) {
      if (entry.condition) visit_(entry.condition);
      visit_(entry.value);
    }
  }
  void operator()(const ListLiteral& node) const {
    for (const ListLiteral::Item& item : node.items) {
      if (item.condition) visit_(item.condition);
      visit_(item.value);
    }
  }
  void operator()(const Comprehension& node) const {
    visit_(node.source);
    if (node.condition) visit_(node.condition);
    visit_(node.body);
  }

 private:
  template <typename Node>
  void both(const Node& node) const {
    visit_(node.left);
    visit_(node.right);
  }

  Visit& visit_;
};

/// Calls `visit` with each expression that a node is made of, in the order written.
template <typename Visit>
void for_each_part(const Expr::Node& node, Visit visit) {
  std::visit(PartsVisitor<Visit>(visit), node);
}

}  // namespace stackc::ir
