#include "compiler/lower/placeholder.h"

#include <algorithm>
#include <optional>

#include "compiler/base/text.h"
#include "compiler/types/defaults.h"

namespace stackc::lower {

using ir::ExprRef;
using types::Kind;
using types::TypeRef;

namespace {

std::string simplest_text(const types::Type& type) {
  if (!type.values.empty()) return type.values[0];
  if (type.format.starts_with("uuid")) return "00000000-0000-0000-0000-000000000000";
  if (type.format == "cidr") return "192.0.2.0/24";
  if (type.format == "ipv4") return "192.0.2.1";
  if (type.format == "ipv6") return "2001:db8::1";
  if (type.format == "uri") return "https://set-by-patch.invalid";
  if (type.format == "date-time") return "2000-01-01T00:00:00Z";
  if (type.format == "date") return "2000-01-01";
  if (type.format == "email") return "set-by-patch@example.com";
  if (type.format == "duration") return "1h";
  std::string text = "set-by-patch";
  const auto length = static_cast<std::int64_t>(text.size());
  if (type.min && *type.min > length)
    text.append(static_cast<std::size_t>(*type.min - length), 'x');
  if (type.max && *type.max < length)
    text.resize(static_cast<std::size_t>(std::max<std::int64_t>(*type.max, 0)));
  return text;
}

Value simplest(const types::Type& type) {
  switch (type.kind) {
    case Kind::Bool:
      return false;
    case Kind::Int:
      if (type.min) return *type.min;
      return std::min<std::int64_t>(type.max.value_or(0), 0);
    case Kind::Number:
      return 0.0;
    case Kind::IntOrString:
      return 0;
    case Kind::String:
      return simplest_text(type);
    case Kind::List: {
      const auto count = static_cast<std::size_t>(std::max<std::int64_t>(type.min.value_or(0), 0));
      return List(count, type.element ? simplest(*type.element) : Value());
    }
    case Kind::Record: {
      Record record;
      for (const types::Field& field : type.fields) {
        if (field.required)
          record.set(field.name,
                     field.default_value ? *field.default_value : simplest(*field.type));
      }
      return record;
    }
    case Kind::Any:
    case Kind::Map:
    case Kind::Poison:
      return Record();
  }
  return {};
}

bool is_kind(const Value& value, const types::Type& type) {
  switch (type.kind) {
    case Kind::Bool:
      return value.if_bool() != nullptr;
    case Kind::Int:
      return value.if_int() != nullptr;
    case Kind::Number:
      return value.if_int() || value.if_number();
    case Kind::IntOrString:
      return value.if_int() || value.if_string();
    case Kind::String:
      return value.if_string() != nullptr;
    case Kind::List:
      return value.if_list() != nullptr;
    case Kind::Map:
    case Kind::Record:
      return value.if_record() != nullptr;
    case Kind::Any:
    case Kind::Poison:
      return true;
  }
  return true;
}

std::int64_t size_of(const Value& value) {
  if (const auto* text = value.if_string())
    return static_cast<std::int64_t>(count_code_points(*text));
  if (const auto* items = value.if_list()) return static_cast<std::int64_t>(items->size());
  if (const auto* record = value.if_record()) return static_cast<std::int64_t>(record->size());
  return value.if_int() ? *value.if_int() : 0;
}

/// Within what can be decided here: kind, enumeration and bounds. A pattern or format that a
/// default breaks is the checker's business.
bool fits(const Value& value, const types::Type& type) {
  if (!is_kind(value, type)) return false;
  const auto* text = value.if_string();
  const bool listed = text && std::ranges::find(type.values, *text) != type.values.end();
  if (text && !type.values.empty() && (listed || !type.or_other_text)) return listed;
  if (type.kind == Kind::Any || type.kind == Kind::Number || type.kind == Kind::Record) return true;
  return size_of(value) >= type.min.value_or(INT64_MIN) &&
         size_of(value) <= type.max.value_or(INT64_MAX);
}

/// Computes values under the defaults. Nothing: it depends on a builtin, or is more than a template
/// compares.
class Sampler {
 public:
  explicit Sampler(const std::vector<ir::ClusterVariable>& variables) : variables_(variables) {}

  /// Nothing: the value is absent under the defaults.
  std::optional<Value> sample(ExprRef expr, TypeRef expected) {
    if (const auto* record = expr->as<ir::RecordLiteral>()) return sample_record(*record, expected);
    if (const auto* list = expr->as<ir::ListLiteral>()) return sample_list(*list, expected);
    if (const auto* choice = expr->as<ir::Conditional>()) {
      return sample(holds(choice->condition) ? choice->then : choice->otherwise, expected);
    }
    if (const auto* match = expr->as<ir::Match>()) return sample(chosen(*match), expected);
    if (const auto* loop = expr->as<ir::Comprehension>()) return sample_loop(*loop, expected);
    if (const auto* concat = expr->as<ir::Concat>()) {
      std::string text;
      for (const ExprRef part : concat->parts) {
        const Value piece = sample(part, nullptr).value_or(Value());
        text += piece.if_string() ? *piece.if_string() : to_json(piece);
      }
      return fitting(text, expr->type, expected);
    }
    return fitting(known(expr), expr->type, expected);
  }

  /// A condition that cannot be decided holds, because its branch says more than what stands
  /// behind `else`; that one does not hold then.
  bool holds(ExprRef condition) {
    if (condition == nullptr) return true;
    const auto value = known(condition);
    if (value && value->if_bool()) return *value->if_bool();
    if (const auto* negation = condition->as<ir::Not>()) return !holds(negation->operand);
    if (const auto* logic = condition->as<ir::Logic>()) {
      const bool is_or = logic->op == ir::Logic::Op::Or;
      return holds(logic->left) == is_or ? is_or : holds(logic->right);
    }
    using Op = ir::Compare::Op;
    const auto* compare = condition->as<ir::Compare>();
    return compare == nullptr || compare->op == Op::Eq || compare->op == Op::Gt ||
           compare->op == Op::Ge;
  }

 private:
  static Value fitting(std::optional<Value> value, TypeRef own, TypeRef expected) {
    const types::Type& type = expected ? *expected : *own;
    if (!value || !fits(*value, type)) return simplest(type);
    complete(*value, type);
    return std::move(*value);
  }

  /// Adds required fields that a default leaves out.
  static void complete(Value& value, const types::Type& type) {
    if (List* items = value.if_list(); items && type.element) {
      for (Value& item : *items) complete(item, *type.element);
    }
    Record* record = value.if_record();
    for (const types::Field& field : type.fields) {
      if (record == nullptr) return;
      if (Value* present = record->find(field.name)) {
        complete(*present, *field.type);
      } else if (field.required) {
        record->set(field.name, simplest(*field.type));
      }
    }
  }

  std::optional<Value> sample_record(const ir::RecordLiteral& literal, TypeRef expected) {
    Record record;
    for (const auto& entry : literal.entries) {
      if (record.find(entry.name) || !holds(entry.condition)) continue;
      const types::Field* field = expected ? expected->find(entry.name) : nullptr;
      const TypeRef element = expected && expected->kind == Kind::Map ? expected->element : nullptr;
      auto value = sample(entry.value, field ? field->type : element);
      if (value) record.set(entry.name, std::move(*value));
    }
    if (record.empty() && !literal.entries.empty()) return std::nullopt;
    return Value(std::move(record));
  }

  Value sample_list(const ir::ListLiteral& literal, TypeRef expected) {
    List items;
    for (const auto& item : literal.items) {
      if (!holds(item.condition)) continue;
      if (auto value = sample(item.value, expected ? expected->element : nullptr))
        items.push_back(std::move(*value));
    }
    return items;
  }

  Value sample_loop(const ir::Comprehension& loop, TypeRef expected) {
    const auto source = known(loop.source);
    if (!source) return expected ? simplest(*expected) : Value(List());
    std::vector<std::pair<Value, Value>> parts;
    if (const List* items = source->if_list()) {
      for (const Value& item : *items)
        parts.emplace_back(static_cast<std::int64_t>(parts.size()), item);
    } else if (const Record* record = source->if_record()) {
      for (const auto& [name, value] : *record) parts.emplace_back(name, value);
    }
    List results;
    for (const auto& [key, item] : parts) {
      if (loop.key) locals_.emplace_back(loop.key->as<ir::Local>()->id, key);
      locals_.emplace_back(loop.item->as<ir::Local>()->id, item);
      auto value = holds(loop.condition) ? sample(loop.body, expected ? expected->element : nullptr)
                                         : std::nullopt;
      if (value) results.push_back(std::move(*value));
      locals_.resize(locals_.size() - (loop.key ? 2 : 1));
    }
    if (expected && !fits(Value(results), *expected)) return simplest(*expected);
    return results;
  }

  ExprRef chosen(const ir::Match& match) {
    const auto subject = known(match.subject);
    for (const auto& arm : match.arms) {
      if (!subject || std::ranges::find(arm.values, *subject) != arm.values.end())
        return arm.result;
    }
    return match.otherwise ? match.otherwise : match.arms.back().result;
  }

  std::optional<Value> known(ExprRef expr) {
    if (const auto* constant = expr->as<ir::Constant>()) return constant->value;
    if (const auto* variable = expr->as<ir::Variable>()) return known_variable(*variable);
    if (const auto* member = expr->as<ir::Member>()) return known_member(*member);
    if (const auto* local = expr->as<ir::Local>()) {
      for (const auto& [id, value] : locals_) {
        if (id == local->id) return value;
      }
      return std::nullopt;
    }
    return known_condition(expr);
  }

  std::optional<Value> known_variable(const ir::Variable& variable) {
    const auto found = std::ranges::find(variables_, variable.name, &ir::ClusterVariable::name);
    if (found == variables_.end()) return std::nullopt;
    std::optional<Value> value = found->default_value;
    if (!value && !found->examples.empty()) value = found->examples[0];
    if (!value) value = simplest(*found->type);
    types::apply_defaults(*value, *found->type);
    return value;
  }

  std::optional<Value> known_member(const ir::Member& member) {
    const types::Field* field = member.base->type->find(member.name);
    const auto base = known(member.base);
    const Record* record = base ? base->if_record() : nullptr;
    const Value* value = record ? record->find(member.name) : nullptr;
    if (value) return *value;
    if (field && field->default_value) return *field->default_value;
    if (field && field->example) return *field->example;
    return std::nullopt;
  }

  std::optional<Value> known_condition(ExprRef expr) {
    if (const auto* negation = expr->as<ir::Not>()) {
      const auto value = known(negation->operand);
      return value && value->if_bool() ? std::optional<Value>(!*value->if_bool()) : std::nullopt;
    }
    if (const auto* logic = expr->as<ir::Logic>()) {
      const bool decides = logic->op == ir::Logic::Op::Or;
      const auto left = known(logic->left);
      if (left && left->if_bool() && *left->if_bool() == decides) return left;
      const auto right = known(logic->right);
      if (right && right->if_bool() && *right->if_bool() == decides) return right;
      return left && right ? right : std::nullopt;
    }
    if (const auto* present = expr->as<ir::Present>())
      return known(present->operand) ? std::optional<Value>(true) : std::nullopt;
    if (const auto* compare = expr->as<ir::Compare>()) return known_compare(*compare);
    return std::nullopt;
  }

  std::optional<Value> known_compare(const ir::Compare& compare) {
    using Op = ir::Compare::Op;
    const auto left = known_operand(compare.left);
    const auto right = known_operand(compare.right);
    if (!left || !right) return std::nullopt;
    if (compare.op == Op::Eq) return Value(*left == *right);
    if (compare.op == Op::Ne) return Value(!(*left == *right));
    if (!left->if_int() || !right->if_int()) return std::nullopt;
    const std::int64_t a = *left->if_int();
    const std::int64_t b = *right->if_int();
    switch (compare.op) {
      case Op::Lt:
        return Value(a < b);
      case Op::Le:
        return Value(a <= b);
      case Op::Gt:
        return Value(a > b);
      case Op::Ge:
        return Value(a >= b);
      case Op::Eq:
      case Op::Ne:
        break;
    }
    return std::nullopt;
  }

  std::optional<Value> known_operand(ExprRef expr) {
    if (const auto* list = expr->as<ir::ListLiteral>(); list && list->items.empty())
      return Value(List());
    if (const auto* record = expr->as<ir::RecordLiteral>(); record && record->entries.empty())
      return Value(Record());
    return known(expr);
  }

  const std::vector<ir::ClusterVariable>& variables_;
  std::vector<std::pair<std::uint32_t, Value>> locals_;
};

}  // namespace

Value placeholder(const std::vector<Conditions::Alternative>& alternatives, TypeRef expected,
                  const std::vector<ir::ClusterVariable>& variables) {
  Sampler sampler(variables);
  const auto chosen =
      std::ranges::find_if(alternatives, [&](const Conditions::Alternative& alternative) {
        return sampler.holds(alternative.condition);
      });
  const ExprRef value = chosen == alternatives.end() ? alternatives[0].value : chosen->value;
  if (auto sampled = sampler.sample(value, expected)) return std::move(*sampled);
  return expected ? simplest(*expected) : Value(Record());
}

bool is_solid(const Value& value) {
  if (const auto* flag = value.if_bool()) return *flag;
  if (const auto* integer = value.if_int()) return *integer != 0;
  if (const auto* number = value.if_number()) return *number != 0;
  if (const auto* text = value.if_string()) return !text->empty();
  if (const auto* items = value.if_list()) return !items->empty();
  const Record* record = value.if_record();
  return record && std::ranges::any_of(
                       *record, [](const Record::Field& field) { return is_solid(field.value); });
}

}  // namespace stackc::lower
