#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "compiler/check/conform.h"
#include "compiler/check/elaborator.h"
#include "compiler/check/explain_mismatch.h"
#include "compiler/check/facts.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/type.h"

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

bool Elaborator::is_comparison(const syntax::Expr& expr) {
  using Op = syntax::Binary::Op;
  const auto* binary = expr.as<syntax::Binary>();
  return binary && (binary->op == Op::Eq || binary->op == Op::Ne || binary->op == Op::Lt ||
                    binary->op == Op::Le || binary->op == Op::Gt || binary->op == Op::Ge);
}

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

}  // namespace stackc::check
