#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "compiler/base/text.h"
#include "compiler/check/conform.h"
#include "compiler/check/declared_defaults.h"
#include "compiler/check/elaborator.h"
#include "compiler/check/explain_mismatch.h"
#include "compiler/check/facts.h"
#include "compiler/check/int_range.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/type.h"
#include "compiler/ir/operations.h"

/// Signs between values, and in front of one.
namespace stackc::check {

using diag::Code;
using diag::Prose;
using ir::ExprRef;
using types::Kind;

Typed Elaborator::unary(const syntax::Unary& unary, source::Span span, const Context& context) {
  switch (unary.op) {
    case syntax::Unary::Op::Has:
      return has(*unary.operand, span, context);
    case syntax::Unary::Op::Not:
      return {build_.negation(condition(*unary.operand, context), span)};
    case syntax::Unary::Op::Negate:
      break;
  }
  const ExprRef operand = value(*unary.operand, build_.types().number(), context);
  if (operand->type->kind == Kind::Poison) return poison(span);
  if (const auto* constant = operand->as<ir::Constant>()) {
    if (const auto* number = constant->value.if_number()) return {build_.constant(-*number, span)};
    if (const auto* integer = constant->value.if_int(); integer && *integer != INT64_MIN) {
      return {build_.constant(-*integer, span)};
    }
  }
  const ExprRef zero = build_.constant(0, span);
  const IntRange range =
      range_of(ir::Arithmetic::Op::Sub, {0, 0}, {operand->type->min, operand->type->max});
  const types::TypeRef type =
      build_.types().add({.kind = Kind::Int, .min = range.min, .max = range.max});
  return {build_.node(ir::Arithmetic{ir::Arithmetic::Op::Sub, zero, operand}, type, operand->stage,
                      span)};
}

Typed Elaborator::has(const syntax::Expr& operand, source::Span span, const Context& context) {
  // Everything on the way to the field may be absent too: that is what the question covers.
  const auto* reference = operand.as<syntax::NameRef>();
  const bool was_used = reference == nullptr || used_variables_.contains(reference->name);
  const bool outer = std::exchange(asking_, true);
  const Typed typed = expression(operand, nullptr, context);
  asking_ = outer;
  if (typed.poisoned()) return poison(span);
  note_question(operand, *typed.type(), was_used);
  const std::string path = path_of(typed.expr);
  if (path.empty()) {
    if (constant_value(typed.expr)) {
      sink_.report(operand.span, diag::NotOptional, Prose{"this value"});
    } else {
      sink_.report(operand.span, diag::HasNeedsPath, Prose{describe_found(typed.expr)});
    }
    return poison(span);
  }
  if (!typed.optional) {
    if (known_present(path, context.facts)) {
      note_presence(span, typed.expr, context);
      return {build_.constant(true, span)};
    }
    auto report = sink_.report(operand.span, diag::NotOptional, Prose{quoted_path(typed.expr)});
    const std::string comparison = comparison_for(typed.expr);
    if (!comparison.empty()) report.hint(fmt::format("did you mean `{}`?", comparison));
    return poison(span);
  }
  return {build_.present(typed.expr, span)};
}

Typed Elaborator::coalesce(const syntax::Binary& binary, source::Span span,
                           const Context& context) {
  const bool outer = std::exchange(asking_, true);
  const Typed left = expression(*binary.left, nullptr, context);
  asking_ = outer;
  const ExprRef right = value(*binary.right, nullptr, context);
  if (left.poisoned() || right->type->kind == Kind::Poison) return poison(span);
  if (!left.optional) {
    sink_.report(binary.left->span, diag::NotOptional, Prose{quoted_path(left.expr)});
    return poison(span);
  }
  // What stands in for a record of a type has the defaults of the type, as that has.
  const bool is_of_type =
      left.type()->kind == Kind::Record && assignable(*right->type, *left.type());
  const ExprRef otherwise = is_of_type ? with_defaults(right, left.type(), build_) : right;
  return {build_.conditional(build_.present(left.expr, span), left.expr, otherwise, span)};
}

Typed Elaborator::binary(const syntax::Binary& binary, source::Span span, const Context& context) {
  using Op = syntax::Binary::Op;
  switch (binary.op) {
    case Op::And:
    case Op::Or: {
      if (chooses_default(binary, context)) return poison(span);
      const bool is_and = binary.op == Op::And;
      const ExprRef left = condition(*binary.left, context);
      // With a left side that is no condition the operator itself may be the mistake.
      const bool is_condition = left->type->kind != Kind::Poison;
      const Context inner = with(context, left, is_and);
      const ExprRef right =
          value(*binary.right, is_condition ? build_.types().boolean() : nullptr, inner);
      if (is_condition && !is_comparison(*binary.right))
        note_condition(*binary.right, right, inner);
      return {is_and ? build_.both(left, right, span) : build_.either(left, right, span)};
    }
    case Op::Coalesce:
      return coalesce(binary, span, context);
    case Op::Eq:
    case Op::Ne:
    case Op::Lt:
    case Op::Le:
    case Op::Gt:
    case Op::Ge:
      return comparison(binary, span, context);
    case Op::Add:
    case Op::Sub:
    case Op::Mul:
    case Op::Div:
    case Op::Mod:
      return arithmetic(binary, span, context);
  }
  return poison(span);
}

namespace {

ir::Compare::Op comparison_op(syntax::Binary::Op op) {
  using Op = syntax::Binary::Op;
  switch (op) {
    case Op::Ne:
      return ir::Compare::Op::Ne;
    case Op::Lt:
      return ir::Compare::Op::Lt;
    case Op::Le:
      return ir::Compare::Op::Le;
    case Op::Gt:
      return ir::Compare::Op::Gt;
    case Op::Ge:
      return ir::Compare::Op::Ge;
    default:
      return ir::Compare::Op::Eq;  // NOLINT: the caller passes comparisons only
  }
}

bool numeric(ExprRef expr) {
  return expr->type->kind == Kind::Int || expr->type->kind == Kind::Number;
}

bool empty_literal(ExprRef expr) {
  const auto* list = expr->as<ir::ListLiteral>();
  const auto* record = expr->as<ir::RecordLiteral>();
  return (list && list->items.empty()) || (record && record->entries.empty());
}

/// `""`, `[]` and `{}`.
bool is_written_empty(const syntax::Expr& written) {
  const auto* literal = written.as<syntax::Literal>();
  const auto* list = written.as<syntax::List>();
  const auto* record = written.as<syntax::Record>();
  return (literal && literal->value == Value("")) || (list && list->items.empty()) ||
         (record && record->entries.empty());
}

bool collection(ExprRef expr) {
  return expr->type->kind == Kind::List || expr->type->kind == Kind::Map;
}

}  // namespace

void Elaborator::note_question(const syntax::Expr& operand, const types::Type& type,
                               bool was_used) {
  const auto* reference = operand.as<syntax::NameRef>();
  const bool is_closed = !type.values.empty() && !type.or_other_text;  // there may be one text only
  if (was_used || is_closed || reference == nullptr) return;
  if (used_variables_.erase(reference->name) > 0)
    asked_variables_.emplace(reference->name, operand.span);
}

ExprRef Elaborator::compared(const syntax::Expr& operand, const syntax::Expr& other,
                             const Context& context) {
  const auto* reference = operand.as<syntax::NameRef>();
  const bool was_used = reference == nullptr || used_variables_.contains(reference->name);
  const ExprRef result = value(operand, nullptr, context);
  if (is_written_empty(other)) note_question(operand, *result->type, was_used);
  return result;
}

Typed Elaborator::comparison(const syntax::Binary& binary, source::Span span,
                             const Context& context) {
  if (compares_with_null(binary, context)) return poison(span);
  ExprRef left = compared(*binary.left, *binary.right, context);
  ExprRef right = compared(*binary.right, *binary.left, context);
  if (left->type->kind == Kind::Poison || right->type->kind == Kind::Poison) return poison(span);
  ir::Compare::Op op = comparison_op(binary.op);
  const bool constant_left = constant_value(left) && !constant_value(right);
  if (constant_left) {  // the core has its constants on the right
    std::swap(left, right);
    using Op = ir::Compare::Op;
    op = op == Op::Lt   ? Op::Gt
         : op == Op::Le ? Op::Ge
         : op == Op::Gt ? Op::Lt
         : op == Op::Ge ? Op::Le
                        : op;
  }
  const bool equality = op == ir::Compare::Op::Eq || op == ir::Compare::Op::Ne;
  const bool scalars = (left->type->kind == Kind::String && right->type->kind == Kind::String) ||
                       (left->type->kind == Kind::Bool && right->type->kind == Kind::Bool);
  const bool comparable = (numeric(left) && numeric(right)) || (equality && scalars) ||
                          (equality && collection(left) && empty_literal(right)) ||
                          (constant_value(left) && constant_value(right) &&
                           left->type->kind == right->type->kind && equality);
  if (!comparable) {
    auto report = sink_.report(span, diag::NotComparable, Prose{describe_found(left)},
                               Prose{describe_found(right)});
    const source::Span written = (constant_left ? binary.left : binary.right)->span;
    if (constant_value(right) && written == right->span)
      report.hint(conversion(*constant_value(right), *left->type));
    if (equality && collection(left))
      report.note("a list or map is compared with an empty one only: `xs != []`");
    return poison(span);
  }
  if (const auto* constant = right->as<ir::Constant>();
      constant && scalars && !constant_value(left)) {
    // A text that the left side can never be: a misspelling, and the condition would never hold.
    const types::TypeRef wanted =
        widest_type(constant_left ? *binary.right : *binary.left, left, context);
    if (conform(right, wanted, build_, sink_)->type->kind == Kind::Poison) return poison(span);
  }
  const bool literal_left = binary.left->as<syntax::Literal>() != nullptr;
  if (equality) warn_of_near_text(literal_left ? right : left, literal_left ? left : right, span);
  return {build_.compare(op, left, right, span)};
}

namespace {

/// A text without what it may be written with or without.
std::string bare(std::string_view text) {
  std::string letters = folded(text);
  std::erase_if(letters, [](char c) { return c == '.' || c == ' '; });
  return letters;
}

}  // namespace

void Elaborator::warn_of_near_text(ExprRef value, ExprRef literal, source::Span comparison) {
  const auto* a = value->as<ir::Constant>();
  const auto* b = literal->as<ir::Constant>();
  const std::string* found = a == nullptr ? nullptr : a->value.if_string();
  const std::string* written = b == nullptr ? nullptr : b->value.if_string();
  if (found == nullptr || written == nullptr || *found == *written) return;
  if (bare(*found) != bare(*written)) return;
  auto report = sink_.report(literal->span, diag::NeverThisText, Code{to_json(b->value)});
  report.hint(fmt::format("did you mean `{}`?", to_json(a->value)));
  const source::Span origin = build_.origin(value).value_or(value->span);
  const bool is_elsewhere = origin.file != comparison.file || origin.end <= comparison.begin ||
                            comparison.end <= origin.begin;
  if (is_elsewhere) report.label(origin, diag::WrittenHere);
}

namespace {

ir::Arithmetic::Op operation_of(syntax::Binary::Op op) {
  using Op = ir::Arithmetic::Op;
  return op == syntax::Binary::Op::Add   ? Op::Add
         : op == syntax::Binary::Op::Sub ? Op::Sub
         : op == syntax::Binary::Op::Mul ? Op::Mul
         : op == syntax::Binary::Op::Div ? Op::Div
                                         : Op::Mod;
}

}  // namespace

Typed Elaborator::arithmetic(const syntax::Binary& binary, source::Span span,
                             const Context& context) {
  ExprRef left = value(*binary.left, nullptr, context);
  ExprRef right = value(*binary.right, nullptr, context);
  if (left->type->kind == Kind::Poison || right->type->kind == Kind::Poison) return poison(span);
  for (const ExprRef operand : {left, right}) {
    const bool joins = binary.op == syntax::Binary::Op::Add || binary.op == syntax::Binary::Op::Mod;
    if (!joins || operand->type->kind != Kind::String) continue;
    sink_
        .report(operand->span, diag::TypeMismatch, Prose{describe_found(operand)},
                Prose{"an integer"})
        .note("texts are joined in one text: `\"${a}-${b}\"`");
    return poison(span);
  }
  left = conform(left, build_.types().integer(), build_, sink_);
  // With a left side that is no number the operator itself may be the mistake.
  if (left->type->kind == Kind::Poison) return poison(span);
  right = conform(right, build_.types().integer(), build_, sink_);
  if (left->type->kind == Kind::Poison || right->type->kind == Kind::Poison) return poison(span);
  using Op = ir::Arithmetic::Op;
  const Op op = operation_of(binary.op);
  const auto a = constant_value(left);
  const auto b = constant_value(right);
  const bool divides = op == Op::Div || op == Op::Mod;
  if (divides && (!b || *b->if_int() == 0)) {
    sink_.report(binary.op_span, diag::DivisionByZero, Code{op == Op::Div ? "/" : "%"});
    return poison(span);
  }
  if (!a || !b) {
    const IntRange range =
        range_of(op, {left->type->min, left->type->max}, {right->type->min, right->type->max});
    const types::TypeRef type =
        build_.types().add({.kind = Kind::Int, .min = range.min, .max = range.max});
    return {build_.node(ir::Arithmetic{op, left, right}, type, std::max(left->stage, right->stage),
                        span)};
  }
  const ir::Calculated result = ir::calculate(op, *a->if_int(), *b->if_int());
  if (result.overflows) {
    sink_.report(span, diag::Overflow);
    return poison(span);
  }
  return {build_.constant(result.value, span)};
}

}  // namespace stackc::check
