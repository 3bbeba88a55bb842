#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "compiler/check/conform.h"
#include "compiler/types/validate.h"

namespace stackc::check {

using ir::ExprRef;
using types::Kind;
using types::Type;

namespace {

/// The type with the bounds that its format has.
Type with_bounds_of_format(const Type& integer) {
  if (integer.format != "int32") return integer;
  using Limits = std::numeric_limits<std::int32_t>;
  Type result = integer;
  result.min = std::max<std::int64_t>(integer.min.value_or(Limits::min()), Limits::min());
  result.max = std::min<std::int64_t>(integer.max.value_or(Limits::max()), Limits::max());
  return result;
}

}  // namespace

std::string describe_found(ExprRef expr) {
  if (const auto* constant = expr->as<ir::Constant>()) {
    if (constant->value.if_string())
      return fmt::format("the text `{}`", *constant->value.if_string());
    if (constant->value.is_null()) return "`null`";
    return fmt::format("`{}`", to_json(constant->value));
  }
  if (expr->as<ir::RecordLiteral>()) return "a record";
  if (expr->as<ir::ListLiteral>() || expr->as<ir::Comprehension>()) return "a list";
  return fmt::format("a value of type `{}`", types::describe(*expr->type));
}

std::string describe_expected(const Type& type) {
  switch (type.kind) {
    case Kind::Bool:
      return "`true` or `false`";
    case Kind::Int: {
      const Type bounded = with_bounds_of_format(type);
      return bounded.min || bounded.max ? fmt::format("an integer, `{}`", types::describe(bounded))
                                        : "an integer";
    }
    case Kind::Number:
      return "a number";
    case Kind::String:
      return types::describe(type) == "String" ? "a text"
                                               : fmt::format("a text, `{}`", types::describe(type));
    case Kind::IntOrString:
      return type.pattern.empty()
                 ? "an integer or a text"
                 : fmt::format("an integer or a text, `String(pattern: \"{}\")`", type.pattern);
    case Kind::List:
      return fmt::format("a list, `{}`", types::describe(type));
    case Kind::Map:
      return fmt::format("a record of any names, `{}`", types::describe(type));
    case Kind::Record:
      return fmt::format("a record, `{}`", types::describe(type));
    case Kind::Any:
    case Kind::Poison:
      return "any value";
  }
  return "";
}

bool bounds_within(const Type& from, const Type& to) {
  // Lengths and sizes start at 0 anyway.
  const bool no_floor = !to.min || (to.kind != Kind::Int && *to.min <= 0);
  const bool low = no_floor || (from.min && *from.min >= *to.min);
  const auto most = from.kind == Kind::String ? longest_text(from) : from.max;
  const bool high = !to.max || (most && *most <= *to.max);
  return low && high;
}

namespace {

bool text_assignable(const Type& from, const Type& to) {
  const auto allowed = [&](const std::string& text) {
    return types::validate(Value(text), to).empty();
  };
  if (!from.values.empty() && !std::ranges::all_of(from.values, allowed)) return false;
  if (!from.values.empty() && !from.or_other_text) return true;
  if (!to.values.empty() && !to.or_other_text) return false;
  if (!to.pattern.empty() && to.pattern != from.pattern) return false;
  const bool same_format = to.format.empty() || to.format == from.format ||
                           (to.format == "uuid" && from.format.starts_with("uuid"));
  if (!same_format) return false;
  // No text of a format, and none that a pattern of a standard type admits, is empty.
  const bool never_empty =
      !from.format.empty() || (!from.pattern.empty() && !types::validate(Value(""), from).empty());
  const auto longest = longest_text(from);
  const bool short_enough = !to.max || (longest && *longest <= *to.max);
  if (to.min && *to.min <= 1 && never_empty) return short_enough;
  return bounds_within(from, to);
}

bool record_assignable(const Type& from, const Type& to) {
  for (const types::Field& field : from.fields) {
    const types::Field* target = to.find(field.name);
    if (target == nullptr ? !to.open : !assignable(*field.type, *target->type)) return false;
  }
  return std::ranges::all_of(to.fields, [&](const types::Field& field) {
    const types::Field* source = from.find(field.name);
    return !field.required || (source && (source->required || source->default_value));
  });
}

}  // namespace

bool assignable(const Type& from, const Type& to) {
  if (&from == &to || to.kind == Kind::Any || to.kind == Kind::Poison || from.kind == Kind::Poison)
    return true;
  if (to.kind == Kind::IntOrString) {
    if (from.kind == Kind::String) return text_assignable(from, to);
    const bool same = from.kind == to.kind && (to.pattern.empty() || to.pattern == from.pattern);
    return from.kind == Kind::Int || same;
  }
  if (to.kind == Kind::Number && from.kind == Kind::Int) return true;
  if (to.kind == Kind::Map && from.kind == Kind::Record) {
    return !from.open && std::ranges::all_of(from.fields, [&](const types::Field& field) {
      return assignable(*field.type, *to.element);
    });
  }
  if (from.kind != to.kind) return false;
  switch (to.kind) {
    case Kind::Int:
      return bounds_within(with_bounds_of_format(from), with_bounds_of_format(to));
    case Kind::String:
      return text_assignable(from, to);
    case Kind::List:
      if (to.unique && !from.unique && from.max.value_or(2) > 1) return false;
      return bounds_within(from, to) && assignable(*from.element, *to.element);
    case Kind::Map:
      // The language has no maps of at most so many entries, so nobody could do better.
      return (!from.max || bounds_within(from, to)) && assignable(*from.element, *to.element);
    case Kind::Record:
      return record_assignable(from, to);
    case Kind::Any:
    case Kind::Bool:
    case Kind::Number:
    case Kind::IntOrString:
    case Kind::Poison:
      return true;
  }
  return false;
}

}  // namespace stackc::check
