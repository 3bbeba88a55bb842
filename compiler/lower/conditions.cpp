#include "compiler/lower/conditions.h"

#include <algorithm>

#include "compiler/lower/rewrite.h"

namespace stackc::lower {

using ir::ExprRef;
using ir::Logic;

types::TypeRef boolean_type() {
  static const types::Type boolean{.kind = types::Kind::Bool};
  return &boolean;
}

namespace {

const bool* decided(ExprRef condition) {
  const auto* constant = condition ? condition->as<ir::Constant>() : nullptr;
  return constant ? constant->value.if_bool() : nullptr;
}

void flatten(ExprRef condition, Logic::Op op, std::vector<ExprRef>& parts) {
  const auto* logic = condition->as<Logic>();
  if (logic != nullptr && logic->op == op) {
    flatten(logic->left, op, parts);
    flatten(logic->right, op, parts);
  } else {
    parts.push_back(condition);
  }
}

bool contains(const std::vector<ExprRef>& conditions, ExprRef wanted) {
  return std::ranges::any_of(conditions,
                             [&](ExprRef condition) { return same(condition, wanted); });
}

bool is_scalar(types::Kind kind) {
  switch (kind) {
    case types::Kind::Bool:
    case types::Kind::Int:
    case types::Kind::Number:
    case types::Kind::String:
    case types::Kind::IntOrString:
    case types::Kind::Poison:
      return true;
    case types::Kind::Any:
    case types::Kind::List:
    case types::Kind::Map:
    case types::Kind::Record:
      return false;
  }
  return false;
}

}  // namespace

bool is_always(ExprRef condition) {
  return condition == nullptr || (decided(condition) && *decided(condition));
}

bool is_never(ExprRef condition) {
  return decided(condition) && !*decided(condition);
}

std::vector<ExprRef> conjuncts(ExprRef condition) {
  std::vector<ExprRef> parts;
  if (!is_always(condition)) flatten(condition, Logic::Op::And, parts);
  return parts;
}

std::vector<ExprRef> disjuncts(ExprRef condition) {
  std::vector<ExprRef> parts;
  if (!is_always(condition)) flatten(condition, Logic::Op::Or, parts);
  return parts;
}

ExprRef Conditions::condition_node(ir::Expr::Node node, ExprRef like) {
  return exprs_.add({std::move(node), boolean_type(), like->stage, like->span});
}

ExprRef Conditions::never() {
  return exprs_.add({ir::Constant{false}, boolean_type(), ir::Stage::Release, source::Span{}});
}

ExprRef Conditions::both(ExprRef a, ExprRef b) {
  if (is_always(a)) return is_always(b) ? nullptr : b;
  if (is_always(b) || is_never(a)) return a;
  if (is_never(b)) return b;
  const std::vector<ExprRef> known = conjuncts(a);
  ExprRef result = a;
  for (const ExprRef part : conjuncts(b)) {
    if (contains(known, part)) continue;
    if (contains(known, opposite(part))) return never();
    result = condition_node(Logic{Logic::Op::And, result, part},
                            part->stage > result->stage ? part : result);
  }
  return result;
}

ExprRef Conditions::either(ExprRef a, ExprRef b) {
  if (is_always(a) || is_always(b)) return nullptr;
  if (is_never(a)) return b;
  if (is_never(b)) return a;
  std::vector<ExprRef> known;
  flatten(a, Logic::Op::Or, known);
  std::vector<ExprRef> more;
  flatten(b, Logic::Op::Or, more);
  ExprRef result = a;
  for (const ExprRef part : more) {
    if (contains(known, part)) continue;
    if (contains(known, opposite(part))) return nullptr;
    result = condition_node(Logic{Logic::Op::Or, result, part},
                            part->stage > result->stage ? part : result);
  }
  return result;
}

ExprRef Conditions::opposite(ExprRef condition) {
  if (is_always(condition)) return never();
  if (is_never(condition)) return nullptr;
  if (const auto* negation = condition->as<ir::Not>()) return negation->operand;
  if (const auto* compare = condition->as<ir::Compare>()) {
    return condition_node(ir::Compare{ir::opposite(compare->op), compare->left, compare->right},
                          condition);
  }
  return condition_node(ir::Not{condition}, condition);
}

// The values of all arms differ, so that none of them needs to be looked for among the others.
ExprRef Conditions::or_takes(ExprRef taken, const ir::Match& match, const ir::Match::Arm& arm) {
  for (const Value& value : arm.values) {
    const ExprRef constant = exprs_.add(
        {ir::Constant{value}, match.subject->type, ir::Stage::Release, arm.result->span});
    const ExprRef equal =
        condition_node(ir::Compare{ir::Compare::Op::Eq, match.subject, constant}, match.subject);
    taken =
        is_never(taken) ? equal : condition_node(Logic{Logic::Op::Or, taken, equal}, match.subject);
  }
  return taken;
}

ExprRef Conditions::takes(const ir::Match& match, const ir::Match::Arm& arm) {
  return or_takes(never(), match, arm);
}

ExprRef Conditions::takes_none(const ir::Match& match) {
  ExprRef taken = never();
  for (const auto& arm : match.arms) taken = or_takes(taken, match, arm);
  return opposite(taken);
}

ExprRef Conditions::presence(ExprRef value) {
  if (const auto* choice = value->as<ir::Conditional>()) {
    const ExprRef then = presence(choice->then);
    const ExprRef otherwise = presence(choice->otherwise);
    if (is_always(then) && is_always(otherwise)) return nullptr;
    return either(both(choice->condition, then), both(opposite(choice->condition), otherwise));
  }
  if (const auto* match = value->as<ir::Match>()) {
    const auto is_always_present = [&](ExprRef result) { return is_always(presence(result)); };
    const bool always =
        std::ranges::all_of(match->arms, is_always_present, &ir::Match::Arm::result);
    if (always && (match->otherwise == nullptr || is_always_present(match->otherwise)))
      return nullptr;
    ExprRef present = never();
    for (const auto& arm : match->arms)
      present = either(present, both(takes(*match, arm), presence(arm.result)));
    if (match->otherwise != nullptr)
      present = either(present, both(takes_none(*match), presence(match->otherwise)));
    return present;
  }
  if (const auto* record = value->as<ir::RecordLiteral>()) {
    if (record->entries.empty()) return nullptr;
    ExprRef present = never();
    for (const auto& entry : record->entries) {
      present = either(present, both(entry.condition, presence(entry.value)));
      if (is_always(present)) return nullptr;
    }
    return present;
  }
  return nullptr;
}

void Conditions::collect(ExprRef condition, ExprRef value, std::vector<Alternative>& found) {
  const auto* choice = value->as<ir::Conditional>();
  const auto* match = value->as<ir::Match>();
  if ((choice == nullptr && match == nullptr) || is_scalar(value->type->kind)) {
    const ExprRef whole = both(condition, presence(value));
    if (!is_never(whole)) found.push_back({whole, assume(value, whole)});
    return;
  }
  if (choice != nullptr) {
    collect(both(condition, choice->condition), choice->then, found);
    collect(both(condition, opposite(choice->condition)), choice->otherwise, found);
    return;
  }
  for (const auto& arm : match->arms)
    collect(both(condition, takes(*match, arm)), arm.result, found);
  if (match->otherwise) collect(both(condition, takes_none(*match)), match->otherwise, found);
}

std::vector<Conditions::Alternative> Conditions::alternatives(ExprRef condition, ExprRef value) {
  std::vector<Alternative> found;
  if (!is_never(condition)) collect(condition, value, found);
  return found;
}

ExprRef Conditions::residual(ExprRef condition, const std::vector<ExprRef>& known) {
  ExprRef left = nullptr;
  for (const ExprRef part : conjuncts(condition)) {
    if (contains(known, part)) continue;
    if (contains(known, opposite(part))) return never();
    left = both(left, part);
  }
  return left;
}

ExprRef Conditions::assume(ExprRef expr, ExprRef known) {
  const std::vector<ExprRef> parts = conjuncts(known);
  return parts.empty() ? expr : assume_all(expr, parts);
}

ExprRef Conditions::assume_all(ExprRef expr, const std::vector<ExprRef>& known) {
  if (expr->as<ir::RecordLiteral>()) return assume_record(expr, known);
  if (expr->as<ir::ListLiteral>()) return assume_list(expr, known);
  if (expr->as<ir::Match>()) return assume_match(expr, known);
  if (const auto* choice = expr->as<ir::Conditional>()) {
    const ExprRef condition = residual(choice->condition, known);
    if (is_always(condition)) return assume_all(choice->then, known);
    if (is_never(condition)) return assume_all(choice->otherwise, known);
  }
  return map_operands(expr, exprs_, [&](ExprRef operand) { return assume_all(operand, known); });
}

ExprRef Conditions::assume_record(ExprRef expr, const std::vector<ExprRef>& known) {
  ir::RecordLiteral result;
  for (const auto& entry : expr->as<ir::RecordLiteral>()->entries) {
    const ExprRef condition = residual(entry.condition, known);
    if (is_never(condition)) continue;
    result.entries.push_back({entry.name, entry.span, condition, assume_all(entry.value, known)});
  }
  // Without entries it would be the empty record, no longer absent.
  if (result.entries.empty()) return expr;
  return in_place_of(expr, std::move(result), exprs_);
}

ExprRef Conditions::assume_list(ExprRef expr, const std::vector<ExprRef>& known) {
  ir::ListLiteral result;
  for (const auto& item : expr->as<ir::ListLiteral>()->items) {
    const ExprRef condition = residual(item.condition, known);
    if (!is_never(condition)) result.items.push_back({condition, assume_all(item.value, known)});
  }
  return in_place_of(expr, std::move(result), exprs_);
}

ExprRef Conditions::assume_match(ExprRef expr, const std::vector<ExprRef>& known) {
  const auto& match = *expr->as<ir::Match>();
  for (const auto& arm : match.arms) {
    if (is_always(residual(takes(match, arm), known))) return assume_all(arm.result, known);
  }
  return map_operands(expr, exprs_, [&](ExprRef operand) { return assume_all(operand, known); });
}

}  // namespace stackc::lower
