#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "compiler/check/conform.h"
#include "compiler/check/declared_defaults.h"
#include "compiler/check/dotted_name.h"
#include "compiler/check/elaborator.h"
#include "compiler/check/explain_mismatch.h"
#include "compiler/check/facts.h"
#include "compiler/check/int_range.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/type.h"
#include "compiler/ir/operations.h"

namespace stackc::check {

using diag::Code;
using diag::Count;
using diag::Prose;
using ir::ExprRef;
using types::Kind;

namespace {

// Far beyond what people write, small enough for a small stack and a second of work.
constexpr int deepest = 1000;
constexpr int most_steps = 1'000'000;

}  // namespace

/// Counts nesting and work; both are bounded because functions can multiply what they are given.
class Elaborator::Depth {
 public:
  explicit Depth(Elaborator& elaborator) : elaborator_(elaborator) {
    ++elaborator_.depth_;
    ++elaborator_.steps_;
  }
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;
  ~Depth() { --elaborator_.depth_; }

  bool within_limits(source::Span span) const {
    if (elaborator_.is_too_much_work(span)) return false;
    if (elaborator_.depth_ <= deepest) return true;
    if (!std::exchange(elaborator_.was_too_deep_, true))
      elaborator_.sink_.report(span, diag::CallsTooDeep, Count{deepest});
    return false;
  }

 private:
  Elaborator& elaborator_;
};

bool Elaborator::is_too_much_work(source::Span span) {
  if (steps_ <= most_steps) return false;
  // Once: the first place over the limit is as good as any.
  if (!std::exchange(was_too_much_, true)) sink_.report(span, diag::TooMuchWork, Count{most_steps});
  return true;
}

Context Elaborator::with(const Context& context, ExprRef condition, bool holds) {
  Context inner = context;
  inner.facts = assume(condition, holds, context.facts, facts_);
  inner.assumed = &assumptions_.emplace_back(Assumption{context.assumed, condition, holds});
  return inner;
}

Typed Elaborator::expression(const syntax::Expr& expr, types::TypeRef expected,
                             const Context& context) {
  Typed result = node(expr, context);
  const bool lacks_has = expected && expected->kind == Kind::Bool && result.optional &&
                         !result.poisoned() && result.type()->kind != Kind::Bool;
  if (lacks_has) {
    sink_
        .report(expr.span, diag::TypeMismatch, Prose{describe_found(result.expr)},
                Prose{describe_expected(*expected)})
        .hint(fmt::format("did you mean `has {}`?", shown_path(result.expr)));
    return poison(expr.span);
  }
  result.expr = conform(result.expr, expected, build_, sink_);
  return result;
}

ExprRef Elaborator::value(const syntax::Expr& expr, types::TypeRef expected,
                          const Context& context) {
  const Typed result = expression(expr, expected, context);
  if (!result.optional || result.poisoned()) return result.expr;
  report_absent(result.expr, expr.span,
                "use it inside `if has … { … }`, or say what else with `??`");
  return build_.poison(expr.span);
}

/// A guard that was forgotten is one mistake, however often the value is used without it.
void Elaborator::report_absent(ExprRef absent, source::Span span, std::string note) {
  const auto [first, is_first] = absent_.emplace(path_of(absent), span);
  auto report = sink_.report(first->second, diag::MaybeAbsent, Prose{quoted_path(absent)});
  if (is_first)
    report.note(std::move(note));
  else if (first->second != span)  // an argument of a call is looked at twice
    report.label(span, diag::AlsoHere);
}

namespace {

bool is_comparison(const syntax::Expr& expr) {
  using Op = syntax::Binary::Op;
  const auto* binary = expr.as<syntax::Binary>();
  return binary && (binary->op == Op::Eq || binary->op == Op::Ne || binary->op == Op::Lt ||
                    binary->op == Op::Le || binary->op == Op::Gt || binary->op == Op::Ge);
}

}  // namespace

ExprRef Elaborator::condition(const syntax::Expr& expr, const Context& context) {
  const ExprRef result = value(expr, build_.types().boolean(), context);
  if (!is_comparison(expr)) note_condition(expr, result, context);
  return result;
}

Typed Elaborator::node(const syntax::Expr& expr, const Context& context) {
  const Depth depth(*this);
  if (!depth.within_limits(expr.span)) return poison(expr.span);
  if (repeated_ > 0) {
    const auto same = nameless_.find(&expr);
    if (same != nameless_.end() && same->second.role == context.role) return {same->second.value};
  }
  const std::int64_t names_before = names_;
  struct Visitor {
    Elaborator& self;
    source::Span span;
    const Context& context;
    Typed operator()(const syntax::Hole&) { return self.poison(span); }
    Typed operator()(const syntax::Literal& literal) {
      return self.literal(literal, span, context);
    }
    Typed operator()(const syntax::Interpolation& text) {
      return self.interpolation(text, span, context);
    }
    Typed operator()(const syntax::NameRef& reference) {
      ++self.names_;
      return self.name(reference.name, span, context);
    }
    Typed operator()(const syntax::Member& member) {
      ++self.names_;
      return self.member(member, span, context);
    }
    Typed operator()(const syntax::Call& call) {
      ++self.names_;
      return self.call(call, span, context);
    }
    Typed operator()(const syntax::Unary& unary) { return self.unary(unary, span, context); }
    Typed operator()(const syntax::Binary& binary) { return self.binary(binary, span, context); }
    Typed operator()(const syntax::IfThenElse& choice) {
      return self.choice(choice, span, context);
    }
    Typed operator()(const syntax::Match& match) { return self.match(match, span, context); }
    Typed operator()(const syntax::List& list) { return self.list(list, span, context); }
    Typed operator()(const syntax::Comprehension& each) {
      return self.comprehension(each, span, context);
    }
    Typed operator()(const syntax::Record& record) { return self.record(record, span, context); }
  };
  const Typed result = std::visit(Visitor{*this, expr.span, context}, expr.node);
  if (is_comparison(expr)) note_condition(expr, result.expr, context);  // also as a mere value
  if (repeated_ > 0 && names_ == names_before && !result.poisoned())
    nameless_.insert_or_assign(&expr, Nameless{result.expr, context.role});
  return result;
}

Typed Elaborator::literal(const syntax::Literal& literal, source::Span span,
                          const Context& context) {
  if (const std::string* text = literal.value.if_string();
      text && (context.stack || context.bindings)) {
    check_references(*text, span, context);
    written_texts_.add(span, *text);
    if (context.stack && context.stack->variables.contains(*text))
      texts_like_variables_.emplace(*text, span);
  }
  return {build_.constant(literal.value, span)};
}

Typed Elaborator::interpolation(const syntax::Interpolation& text, source::Span span,
                                const Context& context) {
  std::vector<ExprRef> parts;
  bool broken = false;
  const std::size_t suspicious = suspicious_values_.size();
  for (const syntax::ExprPtr& part : text.parts) {
    const bool outer = std::exchange(in_interpolation_, true);
    const ExprRef typed = value(*part, nullptr, context);
    in_interpolation_ = outer;
    const Kind kind = typed->type->kind;
    const bool textual = kind == Kind::String || kind == Kind::Int || kind == Kind::Bool;
    // The type of a live object's field is known only to the add-on; the operator prints it as it
    // is.
    const bool live = kind == Kind::Any && typed->stage == ir::Stage::AddOn;
    if (kind == Kind::Poison) {
      broken = true;
    } else if (!textual && !live) {
      auto report = sink_.report(part->span, diag::NotInterpolable, Prose{describe_found(typed)});
      if (const auto written = build_.origin(typed)) report.label(*written, diag::WrittenHere);
      if (kind == Kind::Number) report.note("a version is a text in double quotes");
      broken = true;
    }
    warn_of_second_v(parts, typed, part->span);
    parts.push_back(typed);
  }
  if (suspicious_values_.size() > suspicious) suspicious_values_.push_back(span);
  if (broken) return poison(span);
  return {build_.concat(std::move(parts), span)};
}

Typed Elaborator::choice(const syntax::IfThenElse& choice, source::Span span,
                         const Context& context) {
  const ExprRef test = condition(*choice.condition, context);
  if (const auto* next = choice.otherwise->as<syntax::IfThenElse>())
    decided_.add_follow_up(next->condition->span);
  const Typed then = expression(*choice.then, nullptr, with(context, test, true));
  const Typed otherwise = expression(*choice.otherwise, nullptr, with(context, test, false));
  same_branches_.add(choice.condition->span, {choice.then->span, choice.otherwise->span});
  if (test->type->kind == Kind::Poison) return poison(span);
  if (const auto value = known(test)) return *value ? then : otherwise;
  const auto may_be_absent = [](const Typed& branch) {
    return branch.optional && !branch.poisoned();
  };
  if (may_be_absent(then) || may_be_absent(otherwise)) {
    const Typed& absent = may_be_absent(then) ? then : otherwise;
    report_absent(absent.expr, absent.expr->span, "say what else with `??`");
    return poison(span);
  }
  return {build_.conditional(test, then.expr, otherwise.expr, span)};
}

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
  return {build_.compare(op, left, right, span)};
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
