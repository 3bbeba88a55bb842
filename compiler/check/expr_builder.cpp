#include "compiler/check/expr_builder.h"

#include <algorithm>
#include <set>

#include "compiler/base/text.h"
#include "compiler/ir/operations.h"
#include "compiler/types/format.h"

namespace stackc::check {

using ir::ExprRef;
using ir::Stage;
using types::Kind;
using types::Type;
using types::TypeRef;

Type singleton(const Value& scalar) {
  if (scalar.if_bool()) return {.kind = Kind::Bool};
  if (const auto* integer = scalar.if_int())
    return {.kind = Kind::Int, .min = *integer, .max = *integer};
  if (scalar.if_number()) return {.kind = Kind::Number};
  if (const auto* text = scalar.if_string()) return {.kind = Kind::String, .values = {*text}};
  return {.kind = Kind::Any};
}

std::optional<std::int64_t> longest_text(const Type& text) {
  if (text.values.empty() || text.or_other_text)
    return text.max ? text.max : types::longest_of_format(text.format);
  std::int64_t length = 0;
  for (const auto& value : text.values)
    length = std::max(length, static_cast<std::int64_t>(count_code_points(value)));
  return length;
}

std::optional<std::int64_t> longest_in_text(const Type& part) {
  constexpr std::int64_t longest_number = 20;  // -9223372036854775808
  if (part.kind == Kind::String) return longest_text(part);
  return part.kind == Kind::Any ? std::nullopt : std::optional(longest_number);
}

namespace {

std::int64_t shortest(const Type& text) {
  if (text.values.empty()) return text.min.value_or(0);
  std::int64_t length = text.or_other_text ? text.min.value_or(0) : INT64_MAX;
  for (const auto& value : text.values)
    length = std::min(length, static_cast<std::int64_t>(count_code_points(value)));
  return length;
}

using Types = std::vector<TypeRef>;  // different ones, at least two

/// The least lower bound, or none if one of them is open.
template <typename Bound>
std::optional<std::int64_t> least(const Types& all, Bound bound) {
  std::optional<std::int64_t> result = bound(*all.front());
  for (const TypeRef type : all) {
    const std::optional<std::int64_t> other = bound(*type);
    result = result && other ? std::optional(std::min(*result, *other)) : std::nullopt;
  }
  return result;
}

/// The greatest upper bound, or none if one of them is open.
template <typename Bound>
std::optional<std::int64_t> greatest(const Types& all, Bound bound) {
  std::optional<std::int64_t> result = bound(*all.front());
  for (const TypeRef type : all) {
    const std::optional<std::int64_t> other = bound(*type);
    result = result && other ? std::optional(std::max(*result, *other)) : std::nullopt;
  }
  return result;
}

/// A type of the kind with bounds that hold for all of them.
Type bounded(Kind kind, const Types& all) {
  return {.kind = kind,
          .min = least(all, [](const Type& type) { return type.min; }),
          .max = greatest(all, [](const Type& type) { return type.max; })};
}

Type common_string(const Types& all) {
  Type both{.kind = Kind::String};
  const bool closed = std::ranges::all_of(
      all, [](TypeRef type) { return !type->values.empty() && !type->or_other_text; });
  if (closed) {
    std::set<std::string_view> known;
    for (const TypeRef type : all) {
      for (const std::string& value : type->values) {
        if (known.insert(value).second) both.values.push_back(value);
      }
    }
    return both;
  }
  const auto agree = [&](const std::string Type::*rule) {
    return std::ranges::all_of(all, [&](TypeRef type) {
      return type->values.empty() && type->*rule == all.front()->*rule;
    });
  };
  if (agree(&Type::pattern)) both.pattern = all.front()->pattern;
  if (agree(&Type::format)) both.format = all.front()->format;
  both.min = least(all, [](const Type& type) { return std::optional(shortest(type)); });
  if (both.min == 0) both.min.reset();
  both.max = greatest(all, longest_text);
  return both;
}

Type common_record(const Types& all, types::TypeStore& types) {
  Type both{.kind = Kind::Record};
  std::vector<Types> types_of_fields;
  for (const TypeRef type : all) {
    both.open |= type->open;
    for (const types::Field& field : type->fields) {
      const auto known = std::ranges::find(both.fields, field.name, &types::Field::name);
      if (known == both.fields.end()) {
        both.fields.push_back(field);
        types_of_fields.emplace_back().reserve(all.size());
        types_of_fields.back().push_back(field.type);
      } else {
        known->required = known->required && field.required;
        types_of_fields[static_cast<std::size_t>(known - both.fields.begin())].push_back(
            field.type);
      }
    }
  }
  for (std::size_t i = 0; i < both.fields.size(); ++i) {
    if (types_of_fields[i].size() < all.size()) both.fields[i].required = false;
    both.fields[i].type = common_type(types_of_fields[i], types);
  }
  return both;
}

/// `[]`, of which nobody knows what its items would be.
bool is_empty_list(const Type& type) {
  return type.kind == Kind::List && type.max == 0 && type.element->kind == Kind::Any;
}

/// Takes `{}` out of a choice between maps: it is one of them.
void ignore_empty(Types& all) {
  const auto is_map = [](TypeRef type) { return type->kind == Kind::Map; };
  if (std::ranges::none_of(all, is_map)) return;
  std::erase_if(all, [](TypeRef type) {
    return type->kind == Kind::Record && type->fields.empty() && !type->open;
  });
}

}  // namespace

TypeRef common_type(const std::vector<TypeRef>& types_of_all, types::TypeStore& types) {
  const auto is_first = [&](TypeRef type) { return type == types_of_all.front(); };
  if (std::ranges::all_of(types_of_all, is_first)) return types_of_all.front();
  Types all;
  for (const TypeRef type : types_of_all) {
    if (type->kind != Kind::Poison && std::ranges::find(all, type) == all.end())
      all.push_back(type);
  }
  if (all.empty()) return types_of_all.front();
  if (all.size() == 1) return all.front();
  ignore_empty(all);
  const Kind kind = all.front()->kind;
  if (std::ranges::any_of(all, [&](TypeRef type) { return type->kind != kind; })) {
    const bool numeric = std::ranges::all_of(
        all, [](TypeRef type) { return type->kind == Kind::Int || type->kind == Kind::Number; });
    return numeric ? types.number() : types.any();
  }
  switch (kind) {
    case Kind::String:
      return types.add(common_string(all));
    case Kind::Int:
      return types.add(bounded(kind, all));
    case Kind::List:
    case Kind::Map: {
      Type both = bounded(kind, all);
      Types elements;
      for (const TypeRef type : all) {
        if (!is_empty_list(*type)) elements.push_back(type->element);
      }
      both.element = elements.empty() ? types.any() : common_type(elements, types);
      return types.add(std::move(both));
    }
    case Kind::Record:
      return types.add(common_record(all, types));
    case Kind::Any:
    case Kind::Bool:
    case Kind::Number:
    case Kind::IntOrString:
    case Kind::Poison:
      return all.front();
  }
  return all.front();
}

std::optional<bool> known(ExprRef condition) {
  if (condition == nullptr) return true;
  const auto* constant = condition->as<ir::Constant>();
  if (constant == nullptr || !constant->value.if_bool()) return std::nullopt;
  return *constant->value.if_bool();
}

std::optional<Value> fold_call(ir::Function function, const std::vector<ExprRef>& arguments) {
  std::vector<Value> values;
  for (const ExprRef argument : arguments) {
    auto value = constant_value(argument);
    if (!value) return std::nullopt;
    values.push_back(std::move(*value));
  }
  return ir::call(function, values);
}

ExprRef ExprBuilder::node(ir::Expr::Node node, TypeRef type, Stage stage, source::Span span) {
  return exprs_.add({std::move(node), type, stage, span});
}

TypeRef ExprBuilder::type_of(const Value& scalar) {
  if (scalar.if_bool()) return types_.boolean();
  if (scalar.if_number()) return types_.number();
  if (scalar.if_int()) return types_.add(singleton(scalar));
  const std::string* text = scalar.if_string();
  if (text == nullptr) return types_.any();
  if (const auto known = text_types_.find(*text); known != text_types_.end()) return known->second;
  const TypeRef type = types_.add(singleton(scalar));
  text_types_.emplace(type->values.front(), type);
  return type;
}

ExprRef ExprBuilder::constant(Value scalar, source::Span span) {
  const TypeRef type = type_of(scalar);
  return node(ir::Constant{std::move(scalar)}, type, Stage::Release, span);
}

ExprRef ExprBuilder::poison(source::Span span) {
  return node(ir::Constant{}, types_.poison(), Stage::Release, span);
}

ExprRef ExprBuilder::with_type(ExprRef expr, TypeRef type) {
  if (expr->type == type) return expr;
  const ExprRef result = node(expr->node, type, expr->stage, expr->span);
  if (const auto written = origin(expr)) origins_.emplace(result, *written);
  return result;
}

ExprRef ExprBuilder::used_at(ExprRef expr, source::Span use) {
  const ExprRef result = node(expr->node, expr->type, expr->stage, use);
  origins_.emplace(result, expr->span);
  return result;
}

std::optional<source::Span> ExprBuilder::origin(ExprRef expr) const {
  const auto found = origins_.find(expr);
  return found == origins_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<source::Span> ExprBuilder::whole_origin(ExprRef expr) const {
  return longer_.contains(expr) ? std::nullopt : origin(expr);
}

ExprRef ExprBuilder::negation(ExprRef operand, source::Span span) {
  if (operand->type->kind == Kind::Poison) return poison(span);
  if (const auto value = known(operand)) return constant(!*value, span);
  if (const auto* inner = operand->as<ir::Not>()) return inner->operand;
  return node(ir::Not{operand}, types_.boolean(), operand->stage, span);
}

ExprRef ExprBuilder::logic(ir::Logic::Op op, ExprRef left, ExprRef right, source::Span span) {
  if (left->type->kind == Kind::Poison || right->type->kind == Kind::Poison) return poison(span);
  const bool decides =
      op == ir::Logic::Op::Or;  // the value of the left side that makes the right one irrelevant
  if (const auto value = known(left)) return *value == decides ? constant(decides, span) : right;
  if (const auto value = known(right); value && *value != decides) return left;
  return node(ir::Logic{op, left, right}, types_.boolean(), std::max(left->stage, right->stage),
              span);
}

ExprRef ExprBuilder::both(ExprRef left, ExprRef right, source::Span span) {
  if (left == nullptr) return right;
  if (right == nullptr) return left;
  return logic(ir::Logic::Op::And, left, right, span);
}

ExprRef ExprBuilder::either(ExprRef left, ExprRef right, source::Span span) {
  return logic(ir::Logic::Op::Or, left, right, span);
}

ExprRef ExprBuilder::present(ExprRef operand, source::Span span) {
  return node(ir::Present{operand}, types_.boolean(), operand->stage, span);
}

ExprRef ExprBuilder::compare(ir::Compare::Op op, ExprRef left, ExprRef right, source::Span span) {
  const auto a = constant_value(left);
  const auto b = constant_value(right);
  if (a && b) return constant(ir::holds(op, *a, *b), span);
  return node(ir::Compare{op, left, right}, types_.boolean(), std::max(left->stage, right->stage),
              span);
}

ExprRef ExprBuilder::concat(std::vector<ExprRef> parts, source::Span span) {
  std::vector<ExprRef> merged;
  std::int64_t least = 0;
  std::optional<std::int64_t> most = 0;
  Stage stage = Stage::Release;
  for (const ExprRef part : parts) {
    const auto text = constant_text(part);
    const auto part_most = text ? std::optional(static_cast<std::int64_t>(count_code_points(*text)))
                                : longest_in_text(*part->type);
    most = most && part_most ? std::optional(*most + *part_most) : std::nullopt;
    least += text ? static_cast<std::int64_t>(count_code_points(*text))
             : part->type->kind == Kind::String ? shortest(*part->type)
                                                : 1;
    stage = std::max(stage, part->stage);
    const auto before = merged.empty() ? std::nullopt : constant_text(merged.back());
    if (text && before) {
      merged.back() = constant(*before + *text, span);
    } else if (text) {
      if (!text->empty()) merged.push_back(constant(*text, part->span));
    } else {
      merged.push_back(part);
    }
  }
  if (merged.empty()) return constant("", span);
  if (merged.size() == 1 && constant_text(merged[0])) {
    const ExprRef text = constant(*constant_text(merged[0]), span);
    const auto elsewhere = std::ranges::find_if(parts, [&](ExprRef part) {
      return part->span.file != span.file || part->span.begin < span.begin ||
             part->span.end > span.end;
    });
    if (elsewhere == parts.end()) return text;
    origins_.emplace(text, (*elsewhere)->span);
    if (elsewhere != parts.begin()) continued_.insert(text);
    if (parts.size() > 1) longer_.insert(text);
    return text;
  }
  if (merged.size() == 1 && merged[0]->type->kind == Kind::String) return merged[0];
  Type type{.kind = Kind::String};
  if (least > 0) type.min = least;
  type.max = most;
  return node(ir::Concat{std::move(merged)}, types_.add(std::move(type)), stage, span);
}

ExprRef ExprBuilder::conditional(ExprRef condition, ExprRef then, ExprRef otherwise,
                                 source::Span span) {
  if (const auto value = known(condition)) return *value ? then : otherwise;
  const Stage stage = std::max({condition->stage, then->stage, otherwise->stage});
  return node(ir::Conditional{condition, then, otherwise},
              common_type({then->type, otherwise->type}, types_), stage, span);
}

ExprRef ExprBuilder::match(ir::Match choice, source::Span span) {
  Stage stage = choice.subject->stage;
  std::vector<TypeRef> outcomes;
  const auto may_give = [&](ExprRef outcome) {
    stage = std::max(stage, outcome->stage);
    outcomes.push_back(outcome->type);
  };
  if (choice.otherwise) may_give(choice.otherwise);
  for (const ir::Match::Arm& arm : choice.arms) may_give(arm.result);
  return node(std::move(choice), common_type(outcomes, types_), stage, span);
}

ExprRef ExprBuilder::list(std::vector<ir::ListLiteral::Item> items, source::Span span) {
  Stage stage = Stage::Release;
  std::vector<TypeRef> elements;
  std::int64_t certain = 0;
  for (const auto& item : items) {
    stage = std::max(
        {stage, item.value->stage, item.condition ? item.condition->stage : Stage::Release});
    elements.push_back(item.value->type);
    certain += item.condition ? 0 : 1;
  }
  Type type{.kind = Kind::List, .min = certain, .max = static_cast<std::int64_t>(items.size())};
  type.element = elements.empty() ? types_.any() : common_type(elements, types_);
  return node(ir::ListLiteral{std::move(items)}, types_.add(std::move(type)), stage, span);
}

ExprRef ExprBuilder::record(std::vector<ir::RecordLiteral::Entry> entries, source::Span span) {
  Stage stage = Stage::Release;
  Type type{.kind = Kind::Record};
  type.fields.reserve(entries.size());
  for (const auto& entry : entries) {
    stage = std::max(
        {stage, entry.value->stage, entry.condition ? entry.condition->stage : Stage::Release});
    const auto existing = std::ranges::find(type.fields, entry.name, &types::Field::name);
    if (existing != type.fields.end()) {
      existing->type = common_type({existing->type, entry.value->type}, types_);
    } else {
      type.fields.push_back(
          {.name = entry.name, .type = entry.value->type, .required = entry.condition == nullptr});
    }
  }
  return node(ir::RecordLiteral{std::move(entries)}, types_.add(std::move(type)), stage, span);
}

ExprRef ExprBuilder::value(const Value& known_value, source::Span span) {
  if (const List* items = known_value.if_list()) {
    std::vector<ir::ListLiteral::Item> parts;
    for (const Value& item : *items) parts.push_back({nullptr, value(item, span)});
    return list(std::move(parts), span);
  }
  if (const Record* fields = known_value.if_record()) {
    std::vector<ir::RecordLiteral::Entry> parts;
    for (const auto& [name, field] : *fields)
      parts.push_back({name, span, nullptr, value(field, span)});
    return record(std::move(parts), span);
  }
  return constant(known_value, span);
}

}  // namespace stackc::check
