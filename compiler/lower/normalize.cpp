#include "compiler/lower/normalize.h"

#include <algorithm>

#include "compiler/ir/operations.h"
#include "compiler/lower/rewrite.h"

namespace stackc::lower {

using ir::ExprRef;

namespace {

/// Combinations of choices in one expression beyond which we give up; the template would be too
/// long anyway.
constexpr std::size_t max_combinations = 64;

/// A choice between values that are no conditions; those are choices that `and` and `or` can
/// express.
bool is_choice(ExprRef expr) {
  return (expr->as<ir::Conditional>() || expr->as<ir::Match>()) &&
         expr->type->kind != types::Kind::Bool;
}

std::size_t count_leaves(ExprRef expr) {
  if (!is_choice(expr)) return 1;
  if (const auto* choice = expr->as<ir::Conditional>())
    return count_leaves(choice->then) + count_leaves(choice->otherwise);
  const auto& match = *expr->as<ir::Match>();
  std::size_t leaves = match.otherwise ? count_leaves(match.otherwise) : 0;
  for (const auto& arm : match.arms) leaves += count_leaves(arm.result);
  return leaves;
}

bool computes(ExprRef expr) {
  return expr->as<ir::Member>() || expr->as<ir::Compare>() || expr->as<ir::Arithmetic>() ||
         expr->as<ir::Concat>() || expr->as<ir::Call>();
}

/// The choice with `make` applied to each branch, which has the type of `like`.
ExprRef distribute(ExprRef choice, ExprRef like, ir::ExprStore& exprs,
                   const std::function<ExprRef(ExprRef)>& make) {
  if (!is_choice(choice)) return make(choice);
  if (const auto* conditional = choice->as<ir::Conditional>()) {
    return in_place_of(
        like,
        ir::Conditional{conditional->condition, distribute(conditional->then, like, exprs, make),
                        distribute(conditional->otherwise, like, exprs, make)},
        exprs);
  }
  ir::Match match = *choice->as<ir::Match>();
  for (auto& arm : match.arms) arm.result = distribute(arm.result, like, exprs, make);
  if (match.otherwise) match.otherwise = distribute(match.otherwise, like, exprs, make);
  return in_place_of(like, std::move(match), exprs);
}

/// The operands are normalized. Moves the choices among them out of the operator, one by one.
ExprRef lift_choices(ExprRef expr, ir::ExprStore& exprs) {
  ExprRef choice = nullptr;
  std::size_t combinations = 1;
  for_each_operand(expr, [&](ExprRef operand) {
    if (!is_choice(operand)) return;
    if (choice == nullptr) choice = operand;
    combinations *= std::min(count_leaves(operand), max_combinations + 1);
    combinations = std::min(combinations, max_combinations + 1);
  });
  if (choice == nullptr || combinations > max_combinations) return expr;
  return distribute(choice, expr, exprs, [&](ExprRef branch) {
    const ExprRef one = map_operands(
        expr, exprs, [&](ExprRef operand) { return operand == choice ? branch : operand; });
    return lift_choices(one, exprs);
  });
}

ExprRef constant_like(Value value, types::TypeRef type, ExprRef like, ir::ExprStore& exprs) {
  return exprs.add({ir::Constant{std::move(value)}, type, ir::Stage::Release, like->span});
}

/// `{a: x}.a` is `x`, if it is there under every condition.
ExprRef take_member(ExprRef expr, ir::ExprStore& exprs) {
  const auto& member = *expr->as<ir::Member>();
  if (const auto* constant = member.base->as<ir::Constant>()) {
    const Record* record = constant->value.if_record();
    const Value* field = record ? record->find(member.name) : nullptr;
    return field ? constant_like(*field, expr->type, expr, exprs) : expr;
  }
  if (const auto* record = member.base->as<ir::RecordLiteral>()) {
    for (const auto& entry : record->entries) {
      if (entry.name == member.name && entry.condition == nullptr) return entry.value;
    }
  }
  return expr;
}

/// An item of a list, or an entry of a map, that is written out.
struct Written {
  ExprRef condition;
  ExprRef key;  // null for an item whose index depends on conditions
  ExprRef value;
};

const types::Type text_type{.kind = types::Kind::String};
const types::Type integer_type{.kind = types::Kind::Int};

/// Items of a list that is written out; nothing for other expressions.
std::optional<std::vector<Written>> written_items(ExprRef source, ir::ExprStore& exprs) {
  std::vector<Written> items;
  const auto add = [&](ExprRef condition, ExprRef value, bool certain) {
    const auto index = static_cast<std::int64_t>(items.size());
    items.push_back(
        {condition, certain ? constant_like(index, &integer_type, source, exprs) : nullptr, value});
  };
  if (const auto* constant = source->as<ir::Constant>()) {
    const List* values = constant->value.if_list();
    if (values == nullptr) return std::nullopt;
    const types::TypeRef element = source->type->element ? source->type->element : source->type;
    for (const Value& value : *values)
      add(nullptr, constant_like(value, element, source, exprs), true);
    return items;
  }
  const auto* list = source->as<ir::ListLiteral>();
  if (list == nullptr) return std::nullopt;
  bool certain = true;
  for (const auto& item : list->items) {
    add(item.condition, item.value, certain);
    certain = certain && item.condition == nullptr;
  }
  return items;
}

/// Entries of a map that is written out, by ascending key; nothing for other expressions.
std::optional<std::vector<Written>> written_entries(ExprRef source, ir::ExprStore& exprs) {
  std::vector<std::pair<std::string, Written>> entries;
  const auto add = [&](const std::string& name, ExprRef condition, ExprRef value) {
    entries.push_back({name, {condition, constant_like(name, &text_type, source, exprs), value}});
  };
  const auto* constant = source->as<ir::Constant>();
  const Record* record = constant ? constant->value.if_record() : nullptr;
  if (record != nullptr) {
    for (const auto& [name, value] : *record) {
      const types::Field* field = source->type->find(name);
      const types::TypeRef type = field                   ? field->type
                                  : source->type->element ? source->type->element
                                                          : source->type;
      add(name, nullptr, constant_like(value, type, source, exprs));
    }
  } else if (const auto* literal = source->as<ir::RecordLiteral>()) {
    for (const auto& entry : literal->entries) add(entry.name, entry.condition, entry.value);
  } else {
    return std::nullopt;
  }
  std::ranges::stable_sort(entries, {}, &std::pair<std::string, Written>::first);
  std::vector<Written> sorted;
  for (auto& [name, entry] : entries) sorted.push_back(entry);
  return sorted;
}

ExprRef unroll(ExprRef expr, Conditions& conditions) {
  const auto& loop = *expr->as<ir::Comprehension>();
  ir::ExprStore& exprs = conditions.exprs();
  auto parts = written_items(loop.source, exprs);
  if (!parts) parts = written_entries(loop.source, exprs);
  if (!parts) return expr;
  ir::ListLiteral result;
  for (const Written& part : *parts) {
    if (loop.key != nullptr && part.key == nullptr) return expr;
    const auto bind = [&](ExprRef inner) {
      if (inner == nullptr) return inner;
      if (loop.key != nullptr)
        inner = substitute(inner, loop.key->as<ir::Local>()->id, part.key, exprs);
      return substitute(inner, loop.item->as<ir::Local>()->id, part.value, exprs);
    };
    result.items.push_back(
        {conditions.both(part.condition, bind(loop.condition)), bind(loop.body)});
  }
  return in_place_of(expr, std::move(result), exprs);
}

/// Something that a template can name: a path into the variables, the live objects or a bound name.
bool is_reference(ExprRef expr) {
  if (const auto* member = expr->as<ir::Member>()) return is_reference(member->base);
  return expr->as<ir::Variable>() || expr->as<ir::Builtin>() || expr->as<ir::Live>() ||
         expr->as<ir::Local>();
}

bool is_empty_constant(ExprRef expr) {
  const auto value = constant_value(expr);
  return value && ((value->if_list() && value->if_list()->empty()) ||
                   (value->if_record() && value->if_record()->empty()));
}

bool is_scalar_constant(ExprRef expr) {
  const auto* constant = expr->as<ir::Constant>();
  return constant && !constant->value.if_list() && !constant->value.if_record() &&
         !constant->value.is_null();
}

/// What can stand inside an action: scalars and paths.
bool is_term(ExprRef expr) {
  if (is_choice(expr)) return false;
  if (expr->as<ir::RecordLiteral>() || expr->as<ir::ListLiteral>() || expr->as<ir::Comprehension>())
    return false;
  if (const auto* member = expr->as<ir::Member>()) return is_reference(member->base);
  return expr->as<ir::Constant>() ? is_scalar_constant(expr) : true;
}

bool is_list_of_scalars(ExprRef expr) {
  const auto value = constant_value(expr);
  return value && value->if_list() &&
         std::ranges::none_of(*value->if_list(), [](const Value& item) {
           return item.if_list() || item.if_record() || item.is_null();
         });
}

/// Whether the operator itself can be expressed, given that its operands can.
bool is_expressible(ExprRef expr) {
  if (const auto* compare = expr->as<ir::Compare>()) {
    if (is_empty_constant(compare->right)) return is_reference(compare->left);
    if (is_empty_constant(compare->left)) return is_reference(compare->right);
    return is_term(compare->left) && is_term(compare->right);
  }
  if (const auto* call = expr->as<ir::Call>()) {
    if (call->function == ir::Function::Size) return is_reference(call->arguments[0]);
    if (call->function == ir::Function::Contains && is_list_of_scalars(call->arguments[0])) {
      return is_term(call->arguments[1]);
    }
    return std::ranges::all_of(call->arguments, is_term);
  }
  if (const auto* loop = expr->as<ir::Comprehension>()) return is_reference(loop->source);
  if (const auto* member = expr->as<ir::Member>()) return is_reference(member->base);
  if (const auto* match = expr->as<ir::Match>()) return is_term(match->subject);
  if (expr->as<ir::Concat>() || expr->as<ir::Arithmetic>()) {
    bool terms = true;
    for_each_operand(expr, [&](ExprRef operand) { terms = terms && is_term(operand); });
    return terms;
  }
  return true;
}

/// Nested texts as one, neighbouring constants joined, empty ones dropped.
ExprRef fold_concat(ExprRef expr, ir::ExprStore& exprs) {
  std::vector<ExprRef> parts;
  const std::function<void(ExprRef)> add = [&](ExprRef part) {
    if (const auto* inner = part->as<ir::Concat>()) {
      for (const ExprRef inner_part : inner->parts) add(inner_part);
      return;
    }
    const auto text = constant_text(part);
    const auto before = parts.empty() ? std::nullopt : constant_text(parts.back());
    if (text && before) {
      parts.back() = constant_like(*before + *text, &text_type, part, exprs);
    } else if (!text || !text->empty()) {
      parts.push_back(text ? constant_like(*text, &text_type, part, exprs) : part);
    }
  };
  add(expr);
  if (parts.empty()) return constant_like("", expr->type, expr, exprs);
  const bool single = parts.size() == 1 && parts[0]->type->kind == types::Kind::String;
  if (single) return parts[0];
  return parts == expr->as<ir::Concat>()->parts
             ? expr
             : in_place_of(expr, ir::Concat{std::move(parts)}, exprs);
}

/// Equality of constants, which lifting and unrolling bring about.
ExprRef fold_compare(ExprRef expr, ir::ExprStore& exprs) {
  const auto& compare = *expr->as<ir::Compare>();
  const bool equality = compare.op == ir::Compare::Op::Eq || compare.op == ir::Compare::Op::Ne;
  const auto left = constant_value(compare.left);
  const auto right = constant_value(compare.right);
  if (!equality || !left || !right) return expr;
  return constant_like(ir::holds(compare.op, *left, *right), boolean_type(), expr, exprs);
}

/// A choice by a choice: `match (if c then "a" else "b") { … }`.
ExprRef lift_subject(ExprRef expr, ir::ExprStore& exprs) {
  const auto& match = *expr->as<ir::Match>();
  if (!is_choice(match.subject) || count_leaves(match.subject) > max_combinations) return expr;
  return distribute(match.subject, expr, exprs, [&](ExprRef subject) {
    return in_place_of(expr, ir::Match{subject, match.arms, match.otherwise}, exprs);
  });
}

/// A match on a constant, which lifting brings about.
ExprRef decide_match(ExprRef expr) {
  const auto& match = *expr->as<ir::Match>();
  const auto* subject = match.subject->as<ir::Constant>();
  if (subject == nullptr) return expr;
  for (const auto& arm : match.arms) {
    if (std::ranges::find(arm.values, subject->value) != arm.values.end()) return arm.result;
  }
  return match.otherwise ? match.otherwise : expr;
}

}  // namespace

ExprRef normalize(ExprRef expr, Conditions& conditions) {
  ir::ExprStore& exprs = conditions.exprs();
  if (expr->as<ir::Present>()) return expr;
  expr = map_operands(expr, exprs, [&](ExprRef operand) { return normalize(operand, conditions); });
  if (const auto* negation = expr->as<ir::Not>()) {
    const ExprRef opposite = conditions.opposite(negation->operand);
    return opposite ? opposite : constant_like(true, boolean_type(), expr, exprs);
  }
  if (const auto* loop = expr->as<ir::Comprehension>()) {
    if (is_choice(loop->source) && count_leaves(loop->source) <= max_combinations) {
      return distribute(loop->source, expr, exprs, [&](ExprRef source) {
        return normalize(
            in_place_of(
                expr, ir::Comprehension{source, loop->key, loop->item, loop->condition, loop->body},
                exprs),
            conditions);
      });
    }
    const ExprRef unrolled = unroll(expr, conditions);
    return unrolled == expr ? expr : normalize(unrolled, conditions);
  }
  if (expr->as<ir::Match>()) {
    const ExprRef lifted = lift_subject(expr, exprs);
    return lifted == expr ? decide_match(expr) : normalize(lifted, conditions);
  }
  if (expr->as<ir::Member>()) {
    const ExprRef taken = take_member(expr, exprs);
    if (taken != expr) return taken;
  }
  if (!computes(expr)) return expr;
  const ExprRef lifted = lift_choices(expr, exprs);
  if (lifted != expr) return normalize(lifted, conditions);
  if (expr->as<ir::Concat>()) return fold_concat(expr, exprs);
  return expr->as<ir::Compare>() ? fold_compare(expr, exprs) : expr;
}

ExprRef find_inexpressible(ExprRef expr) {
  ExprRef found = nullptr;
  if (const auto* present = expr->as<ir::Present>())
    return is_reference(present->operand) ? found : expr;
  for_each_operand(expr, [&](ExprRef operand) {
    if (found == nullptr) found = find_inexpressible(operand);
  });
  return found == nullptr && !is_expressible(expr) ? expr : found;
}

}  // namespace stackc::lower
