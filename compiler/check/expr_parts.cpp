#include "compiler/check/expr_parts.h"

namespace stackc::check {
namespace {

using ir::ExprRef;

struct Parts {
  std::vector<ExprRef> all;

  void operator()(const ir::Present& node) { all = {node.operand}; }
  void operator()(const ir::Not& node) { all = {node.operand}; }
  void operator()(const ir::Logic& node) { all = {node.left, node.right}; }
  void operator()(const ir::Compare& node) { all = {node.left, node.right}; }
  void operator()(const ir::Arithmetic& node) { all = {node.left, node.right}; }
  void operator()(const ir::Concat& node) { all = node.parts; }
  void operator()(const ir::Call& node) { all = node.arguments; }
  void operator()(const ir::Conditional& node) {
    all = {node.condition, node.then, node.otherwise};
  }
  void operator()(const ir::Match& node) {
    all = {node.subject};
    for (const auto& arm : node.arms) all.push_back(arm.result);
    if (node.otherwise) all.push_back(node.otherwise);
  }
  void operator()(const ir::RecordLiteral& node) {
    for (const auto& entry : node.entries) {
      if (entry.condition) all.push_back(entry.condition);
      all.push_back(entry.value);
    }
  }
  void operator()(const ir::ListLiteral& node) {
    for (const auto& item : node.items) {
      if (item.condition) all.push_back(item.condition);
      all.push_back(item.value);
    }
  }
  void operator()(const ir::Comprehension& node) {
    all = {node.source};
    if (node.condition) all.push_back(node.condition);
    all.push_back(node.body);
  }
  void operator()(const ir::Constant&) {}
  void operator()(const ir::Variable&) {}
  void operator()(const ir::Builtin&) {}
  void operator()(const ir::Live&) {}
  void operator()(const ir::Local&) {}
  void operator()(const ir::Member& node) { all = {node.base}; }
};

}  // namespace

std::vector<ExprRef> parts_of(ExprRef expr) {
  Parts parts;
  std::visit(parts, expr->node);
  return std::move(parts.all);
}

}  // namespace stackc::check
