#include "compiler/syntax/mentions.h"

namespace stackc::syntax {
namespace {

/// Depth is bounded by the parser's limit on nesting.
class Mentions {
 public:
  std::set<std::string, std::less<>> take() { return std::move(names_); }

  // ---- values ----

  void in(const ExprPtr& expr) {
    if (expr != nullptr) std::visit([&](const auto& node) { in(node); }, expr->node);
  }
  void in(const Hole&) {}
  void in(const Literal&) {}
  void in(const Interpolation& text) { in_each(text.parts); }
  void in(const NameRef& name) { names_.insert(name.name); }
  void in(const Member& member) { in(member.base); }
  void in(const Call& call) {
    in(call.callee);
    in_each(call.arguments);
  }
  void in(const Unary& unary) { in(unary.operand); }
  void in(const Binary& binary) {
    in(binary.left);
    in(binary.right);
  }
  void in(const IfThenElse& choice) {
    in(choice.condition);
    in(choice.then);
    in(choice.otherwise);
  }
  void in(const Match& match) {
    in(match.subject);
    for (const MatchArm& arm : match.arms) {
      in_each(arm.patterns);
      in(arm.result);
    }
  }
  void in(const List& list) { in_each(list.items); }
  void in(const ListItem& item) {
    in(item.value);
    in(item.condition);
    in_each(item.then);
    in_each(item.otherwise);
  }
  void in(const Comprehension& loop) {
    in(loop.source);
    in(loop.condition);
    in(loop.body);
  }
  void in(const Record& record) { in_each(record.entries); }
  void in(const Entry& entry) {
    in(entry.value);
    in(entry.condition);
    in_each(entry.then);
    in_each(entry.otherwise);
  }

  // ---- types ----

  void in(const TypePtr& type) {
    if (type != nullptr) std::visit([&](const auto& node) { in(node); }, type->node);
  }
  void in(const TypeHole&) {}
  void in(const NamedType& named) {
    if (named.module) names_.insert(named.module->text);
    in_each(named.arguments);
  }
  void in(const EnumType&) {}
  void in(const UnionType& alternatives) { in(alternatives.base); }
  void in(const ListType& list) {
    in(list.element);
    in_each(list.arguments);
  }
  void in(const MapType& map) {
    in(map.element);
    in_each(map.arguments);
  }
  void in(const RecordType& record) { in_each(record.fields); }
  void in(const TypeArgument& argument) {
    in(argument.value);
    in(argument.low);
    in(argument.high);
  }
  void in(const TypeField& field) {
    in_each(field.annotations);
    in(field.type);
    in(field.default_value);
  }
  void in(const Annotation& annotation) { in_each(annotation.arguments); }

  // ---- declarations and items ----

  void in(const TypeDeclaration& declaration) {
    in_each(declaration.leading.annotations);
    in(declaration.type);
  }
  void in(const Let& let) {
    in_each(let.leading.annotations);
    for (const Parameter& parameter : let.parameters) in(parameter.type);
    in(let.type);
    in(let.value);
  }
  void in(const Provider& provider) { in(provider.body); }
  void in(const Stack& stack) {
    names_.insert(stack.provider.text);
    for (const StackItem& item : stack.items) std::visit([&](const auto& each) { in(each); }, item);
  }
  void in(const KubernetesLine& line) { in(line.facts); }
  void in(const Variable& variable) {
    in_each(variable.leading.annotations);
    in(variable.type);
    in(variable.default_value);
  }
  void in(const Section& section) {
    names_.insert(section.name.text);
    in(section.body);
  }
  void in(const Group& group) { in_each(group.sections); }
  void in(const AddOn& add_on) {
    in(add_on.chart);
    in_each(add_on.sections);
  }
  void in(const Stages& stages) {
    for (const AddOnStage& stage : stages.stages) in_each(stage.steps);
  }
  void in(const StageStep& step) {
    in(step.before);
    in(step.after);
  }
  void in(const Image& image) {
    in(image.name);
    in(image.body);
  }
  void in(const Images& images) { in(images.list); }

 private:
  template <typename T>
  void in_each(const std::vector<T>& parts) {
    for (const T& part : parts) in(part);
  }

  std::set<std::string, std::less<>> names_;
};

}  // namespace

std::set<std::string, std::less<>> mentioned_names(const Module& module) {
  Mentions mentions;
  for (const Declaration& declaration : module.declarations) {
    std::visit([&](const auto& each) { mentions.in(each); }, declaration);
  }
  return mentions.take();
}

std::set<std::string, std::less<>> mentioned_names(const Expr& expr) {
  Mentions mentions;
  std::visit([&](const auto& node) { mentions.in(node); }, expr.node);
  return mentions.take();
}

std::set<std::string, std::less<>> mentioned_names(const StackItem& item) {
  Mentions mentions;
  std::visit([&](const auto& each) { mentions.in(each); }, item);
  return mentions.take();
}

}  // namespace stackc::syntax
