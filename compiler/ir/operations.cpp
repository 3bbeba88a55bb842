#include "compiler/ir/operations.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "compiler/base/check.h"

namespace stackc::ir {
namespace {

double number_of(const Value& value) {
  if (const double* number = value.if_number()) return *number;
  CHECK(value.if_int() != nullptr, "the checker compares the size of numbers only");
  return static_cast<double>(*value.if_int());
}

bool is_less(const Value& a, const Value& b) {
  if (a.if_int() && b.if_int()) return *a.if_int() < *b.if_int();
  return number_of(a) < number_of(b);
}

std::int64_t size_of(const Value& value) {
  if (const List* list = value.if_list()) return static_cast<std::int64_t>(list->size());
  CHECK(value.if_record() != nullptr, "the checker asks for the size of lists and maps only");
  return static_cast<std::int64_t>(value.if_record()->size());
}

const std::string& string_of(const Value& value) {
  CHECK(value.if_string() != nullptr, "the checker gives text functions strings");
  return *value.if_string();
}

}  // namespace

bool holds(Compare::Op op, const Value& left, const Value& right) {
  switch (op) {
    case Compare::Op::Eq:
      return left == right;
    case Compare::Op::Ne:
      return !(left == right);
    case Compare::Op::Lt:
      return is_less(left, right);
    case Compare::Op::Le:
      return !is_less(right, left);
    case Compare::Op::Gt:
      return is_less(right, left);
    case Compare::Op::Ge:
      return !is_less(left, right);
  }
  return false;
}

Calculated calculate(Arithmetic::Op op, std::int64_t left, std::int64_t right) {
  Calculated result{0, false};
  switch (op) {
    case Arithmetic::Op::Add:
      result.overflows = __builtin_add_overflow(left, right, &result.value);
      return result;
    case Arithmetic::Op::Sub:
      result.overflows = __builtin_sub_overflow(left, right, &result.value);
      return result;
    case Arithmetic::Op::Mul:
      result.overflows = __builtin_mul_overflow(left, right, &result.value);
      return result;
    case Arithmetic::Op::Div:
    case Arithmetic::Op::Mod:
      break;
  }
  CHECK(right != 0, "the checker divides by nonzero constants only");
  // The quotient of the least integer by -1 is not one of 64 bits, which processors trap.
  if (right == -1)
    return op == Arithmetic::Op::Div ? calculate(Arithmetic::Op::Sub, 0, left) : result;
  result.value = op == Arithmetic::Op::Div ? left / right : left % right;
  return result;
}

std::string text_of(const Value& scalar) {
  if (const std::string* text = scalar.if_string()) return *text;
  if (const bool* flag = scalar.if_bool()) return *flag ? "true" : "false";
  if (const std::int64_t* integer = scalar.if_int()) return fmt::format("{}", *integer);
  const double* number = scalar.if_number();
  CHECK(number != nullptr && std::trunc(*number) == *number && std::fabs(*number) < 0x1p63,
        "the checker puts texts, integers and booleans into texts only");
  return fmt::format("{}", static_cast<std::int64_t>(*number));
}

std::optional<std::string> constant_text(ExprRef part) {
  const auto* constant = part->as<Constant>();
  if (constant == nullptr) return std::nullopt;
  const Value& value = constant->value;
  const bool is_scalar = value.if_string() || value.if_int() || value.if_bool();
  return is_scalar ? std::optional(text_of(value)) : std::nullopt;
}

bool holds(Function function, std::string_view text, std::string_view part) {
  switch (function) {
    case Function::StartsWith:
      return text.starts_with(part);
    case Function::EndsWith:
      return text.ends_with(part);
    case Function::Contains:
      return text.find(part) != std::string_view::npos;
    case Function::Size:
      break;
  }
  CHECK(false, "a function of two texts");
  return false;
}

Value call(Function function, const std::vector<Value>& arguments) {
  const Value& subject = arguments.at(0);
  if (function == Function::Size) return size_of(subject);
  const List* items = subject.if_list();
  if (items && function == Function::Contains)
    return std::ranges::find(*items, arguments.at(1)) != items->end();
  return holds(function, string_of(subject), string_of(arguments.at(1)));
}

}  // namespace stackc::ir
