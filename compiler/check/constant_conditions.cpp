
#include "compiler/check/conform.h"
#include "compiler/check/elaborator.h"
#include "compiler/check/expr_key.h"
#include "compiler/check/facts.h"
#include "compiler/syntax/mentions.h"

/// Conditions that come out the same whatever a Cluster says, and arms that no value takes. What an
/// author can change in one place is no mistake: a condition over lets alone is a switch, one over
/// the facts of the line is made for the lines to come.
namespace stackc::check {

using ir::ExprRef;
using types::Kind;
using What = Decision::What;

types::TypeRef Elaborator::widest_type(const syntax::Expr& written, ExprRef expr,
                                       const Context& context) {
  if (const auto* reference = written.as<syntax::NameRef>()) {
    for (const Binding* binding = context.bindings; binding; binding = binding->outer) {
      if (binding->name->text != reference->name) continue;
      if (binding->declared) return binding->declared;
      break;
    }
  }
  const auto whole = whole_types_.find(key_of(expr));
  return whole == whole_types_.end() ? expr->type : whole->second;
}

bool Elaborator::depends_on_line(const syntax::Expr& written, const Context& context) const {
  std::set<std::string, std::less<>> seen;
  std::vector<const syntax::Expr*> open{&written};
  while (!open.empty()) {
    const auto names = syntax::mentioned_names(*open.back());
    open.pop_back();
    for (const std::string& name : names) {
      if (name == "kubernetes") return true;
      if (!context.stack || !seen.insert(name).second) continue;
      const auto let = context.stack->lets.find(name);
      if (let != context.stack->lets.end()) open.push_back(let->second->value.get());
    }
  }
  return false;
}

void Elaborator::note_condition(const syntax::Expr& written, ExprRef condition,
                                const Context& context) {
  if (repeated_ > 0 || condition->type->kind == Kind::Poison) return;
  // A part that this line never reaches says nothing about the lines that do.
  if (!is_reached(context.assumed, decision_visits_)) return;
  // What asks for presence has been noted where the answer was found.
  const auto* unary = written.as<syntax::Unary>();
  if (unary && unary->op == syntax::Unary::Op::Has && known(condition)) return;
  std::optional<Decision> decision;
  if (const auto value = known(condition)) {
    if (syntax::mentioned_names(written).empty())
      decision = Decision{*value ? What::AlwaysTrue : What::AlwaysFalse, "nothing in it can vary"};
  } else if (decision_visits_ > 0) {
    decision = decide(condition, context.assumed, decision_visits_);
    // Where a let is decided by its own parts, they are told where it is declared.
    if (decision && !decision->around && written.as<syntax::NameRef>()) decision.reset();
  }
  if (decision && depends_on_line(written, context)) decision.reset();
  decided_.add(written.span, std::move(decision));
}

void Elaborator::note_presence(source::Span span, ExprRef operand, const Context& context) {
  if (repeated_ == 0) decided_.add(span, decided_presence(path_of(operand), context.assumed));
}

void Elaborator::note_arms(const syntax::Match& match, ExprRef subject, const Context& context) {
  if (repeated_ > 0 || constant_value(subject) || depends_on_line(*match.subject, context)) return;
  const types::Type& type = *subject->type;
  std::set<std::string> left(type.values.begin(), type.values.end());
  if (type.kind == Kind::Bool) left = {"false", "true"};
  const bool listed = !left.empty() && !type.or_other_text;
  bool all_taken = false;
  const syntax::MatchArm* before = nullptr;
  for (const syntax::MatchArm& arm : match.arms) {
    bool is_taken = arm.patterns.empty() && !(listed && left.empty());
    for (const syntax::ExprPtr& pattern : arm.patterns) {
      const Value& value = pattern->as<syntax::Literal>()->value;
      const std::string* text = value.if_string();
      is_taken |= !listed || left.erase(text ? *text : to_json(value)) > 0;
    }
    std::optional<Decision> decision;
    if (all_taken) {
      decision = Decision{What::ArmNotTaken, "`_` before it takes every value"};
    } else if (!is_taken) {
      decision =
          Decision{What::ArmNotTaken, arm.patterns.empty() ? "the other arms take every value"
                                                           : describe_types({subject})};
    }
    const bool is_needless = decision && !all_taken && arm.patterns.empty();
    if (is_needless) {
      decision->needless = source::Span{arm.span.file, before->span.end, arm.span.end};
    }
    before = &arm;
    all_taken |= arm.patterns.empty();
    decided_.add(arm.span, std::move(decision));
  }
}

}  // namespace stackc::check
