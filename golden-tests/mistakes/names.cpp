#include "golden-tests/mistakes/names.h"

#include <algorithm>
#include <array>

namespace stackc::mistakes {
namespace {

using Kind = NamePlace::Kind;

/// Fields below which every name is right.
constexpr std::array<std::string_view, 8> open_fields{
    "extraArgs", "kubeletExtraArgs", "properties", "data", "labels", "annotations", "objects", ""};

class Walk {
 public:
  std::vector<NamePlace> run(const syntax::Module& module) {
    for (const syntax::Import& import : module.imports) add(Kind::Import, import.target_span);
    for (const syntax::Declaration& declaration : module.declarations) {
      if (const auto* stack = std::get_if<syntax::Stack>(&declaration)) {
        for (const syntax::StackItem& item : stack->items)
          std::visit([&](const auto& node) { visit(node); }, item);
      }
    }
    return std::move(places_);
  }

 private:
  void add(Kind kind, source::Span span) { places_.push_back({kind, span}); }

  // ---- items of a stack ----
  void visit(const syntax::KubernetesLine&) {}  // its names are the author's
  void visit(const syntax::Variable& node) { type(*node.type); }
  void visit(const syntax::Let& node) {
    for (const syntax::Parameter& parameter : node.parameters) type(*parameter.type);
    // Nothing is known of the fields of a value before it is used.
    expression(node.value.get(), true);
  }
  void visit(const syntax::TypeDeclaration& node) { type(*node.type); }
  void visit(const syntax::Section& node) { expression(node.body.get(), false); }
  void visit(const syntax::Group& node) {
    for (const syntax::Section& section : node.sections) {
      add(Kind::Section, section.name.span);
      expression(section.body.get(), false);
    }
  }
  void visit(const syntax::AddOn& node) {
    expression(node.chart.get(), true);
    for (const syntax::Section& section : node.sections) {
      add(Kind::Section, section.name.span);
      expression(section.body.get(), true);
    }
  }
  void visit(const syntax::Stages& node) {
    for (const syntax::AddOnStage& stage : node.stages) {
      add(Kind::Section, stage.hook.span);
      for (const syntax::StageStep& step : stage.steps) add(Kind::Step, step.add_on.span);
    }
  }
  void visit(const syntax::Image& node) { expression(node.body.get(), false); }
  void visit(const syntax::Images& node) { expression(node.list.get(), false); }

  // ---- types ----
  void type(const syntax::TypeExpr& expr) {
    if (const auto* named = expr.as<syntax::NamedType>()) {
      if (named->module) add(Kind::Use, named->module->span);
      add(Kind::Type, named->name.span);
    } else if (const auto* list = expr.as<syntax::ListType>()) {
      type(*list->element);
    } else if (const auto* map = expr.as<syntax::MapType>()) {
      type(*map->element);
    } else if (const auto* either = expr.as<syntax::UnionType>()) {
      type(*either->base);
    } else if (const auto* record = expr.as<syntax::RecordType>()) {
      for (const syntax::TypeField& field : record->fields) type(*field.type);
    }
  }

  // ---- expressions ----
  /// `open`: the names of fields are free.
  void expression(const syntax::Expr* expr, bool open) {
    if (expr == nullptr) return;
    std::visit([&](const auto& node) { part(node, expr->span, open); }, expr->node);
  }
  void part(const syntax::Hole&, source::Span, bool) {}
  void part(const syntax::Literal&, source::Span, bool) {}
  void part(const syntax::Interpolation& node, source::Span, bool open) {
    for (const syntax::ExprPtr& each : node.parts) expression(each.get(), open);
  }
  void part(const syntax::NameRef&, source::Span span, bool) { add(Kind::Use, span); }
  void part(const syntax::Member& node, source::Span, bool open) {
    expression(node.base.get(), open);
    add(Kind::Member, node.name.span);
  }
  void part(const syntax::Call& node, source::Span, bool open) {
    expression(node.callee.get(), open);
    for (const syntax::ExprPtr& each : node.arguments) expression(each.get(), open);
  }
  void part(const syntax::Unary& node, source::Span, bool open) {
    expression(node.operand.get(), open);
  }
  void part(const syntax::Binary& node, source::Span, bool open) {
    expression(node.left.get(), open);
    expression(node.right.get(), open);
  }
  void part(const syntax::IfThenElse& node, source::Span, bool open) {
    expression(node.condition.get(), open);
    expression(node.then.get(), open);
    expression(node.otherwise.get(), open);
  }
  void part(const syntax::Match& node, source::Span, bool open) {
    expression(node.subject.get(), open);
    for (const syntax::MatchArm& arm : node.arms) {
      for (const syntax::ExprPtr& pattern : arm.patterns)
        add(Kind::Choice, {pattern->span.file, pattern->span.begin + 1, pattern->span.end - 1});
      expression(arm.result.get(), open);
    }
  }
  void part(const syntax::List& node, source::Span, bool open) { items(node.items, open); }
  void part(const syntax::Comprehension& node, source::Span, bool open) {
    expression(node.source.get(), open);
    expression(node.condition.get(), open);
    expression(node.body.get(), open);
  }
  void part(const syntax::Record& node, source::Span, bool open) { entries(node.entries, open); }

  void items(const std::vector<syntax::ListItem>& list, bool open) {
    for (const syntax::ListItem& item : list) {
      expression(item.value.get(), open);
      expression(item.condition.get(), open);
      items(item.then, open);
      items(item.otherwise, open);
    }
  }
  void entries(const std::vector<syntax::Entry>& list, bool open) {
    for (const syntax::Entry& entry : list) {
      const bool is_open =
          open ||
          (entry.name && std::ranges::find(open_fields, entry.name->text) != open_fields.end());
      if (entry.name && !open) add(Kind::Field, entry.name->span);
      expression(entry.value.get(), is_open);
      expression(entry.condition.get(), open);
      entries(entry.then, open);
      entries(entry.otherwise, open);
    }
  }

  std::vector<NamePlace> places_;
};

}  // namespace

std::vector<NamePlace> names_of(const syntax::Module& module) {
  return Walk().run(module);
}

}  // namespace stackc::mistakes
