#include "compiler/check/expr_key.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/check/facts.h"

namespace stackc::check {
namespace {

using ir::ExprRef;

class KeyWriter {
 public:
  /// False when the expression has no key.
  bool add(ExprRef expr) {
    // Lets share their parts, so that a short definition can stand for a huge tree.
    if (--parts_left_ < 0) return false;
    if (const std::string path = path_of(expr); !path.empty()) {
      text += path;
      return true;
    }
    return std::visit([&](const auto& node) { return write(node); }, expr->node);
  }

  std::string text;

 private:
  bool group(std::string_view what, const std::vector<ExprRef>& parts) {
    text += fmt::format("{}(", what);
    for (const ExprRef part : parts) {
      if (part && !add(part)) return false;
      text += ", ";
    }
    text += ")";
    return true;
  }
  template <typename Enum>
  static std::string numbered(std::string_view what, Enum value) {
    return fmt::format("{}{}", what, static_cast<int>(value));
  }

  bool write(const ir::Constant& node) {
    text += to_json(node.value);
    return true;
  }
  bool write(const ir::Present& node) { return group("has", {node.operand}); }
  bool write(const ir::Not& node) { return group("not", {node.operand}); }
  bool write(const ir::Logic& node) {
    return group(numbered("logic", node.op), {node.left, node.right});
  }
  bool write(const ir::Compare& node) {
    return group(numbered("compare", node.op), {node.left, node.right});
  }
  bool write(const ir::Arithmetic& node) {
    return group(numbered("arithmetic", node.op), {node.left, node.right});
  }
  bool write(const ir::Concat& node) { return group("concat", node.parts); }
  bool write(const ir::Call& node) {
    return group(numbered("call", node.function), node.arguments);
  }
  bool write(const ir::Conditional& node) {
    return group("if", {node.condition, node.then, node.otherwise});
  }
  bool write(const ir::Member& node) {
    return group(fmt::format("member {}", to_json(Value(node.name))), {node.base});
  }
  bool write(const ir::RecordLiteral& node) {
    text += "record";
    return std::ranges::all_of(node.entries, [&](const auto& entry) {
      return group(to_json(Value(entry.name)), {entry.condition, entry.value});
    });
  }
  bool write(const ir::ListLiteral& node) {
    text += "list";
    return std::ranges::all_of(node.items, [&](const auto& item) {
      return group("item", {item.condition, item.value});
    });
  }
  bool write(const ir::Match& node) {
    return group("match", {node.subject, node.otherwise}) &&
           std::ranges::all_of(node.arms, [&](const auto& arm) {
             return group(to_json(Value(List(arm.values))), {arm.result});
           });
  }
  bool write(const ir::Comprehension& node) {
    return group("for", {node.source, node.key, node.item, node.condition, node.body});
  }
  // These have a path.
  bool write(const ir::Variable&) { return false; }
  bool write(const ir::Builtin&) { return false; }
  bool write(const ir::Live&) { return false; }
  bool write(const ir::Local&) { return false; }

  int parts_left_ = 64;
};

}  // namespace

std::string key_of(ExprRef expr) {
  KeyWriter key;
  return key.add(expr) ? key.text : "";
}

}  // namespace stackc::check
