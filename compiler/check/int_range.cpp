#include "compiler/check/int_range.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace stackc::check {
namespace {

using Op = ir::Arithmetic::Op;

std::optional<std::int64_t> exact(Op op, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  const bool overflow = op == Op::Add   ? __builtin_add_overflow(a, b, &result)
                        : op == Op::Sub ? __builtin_sub_overflow(a, b, &result)
                                        : __builtin_mul_overflow(a, b, &result);
  return overflow ? std::nullopt : std::optional(result);
}

/// Sums, differences and products are greatest and least where both operands are at an end.
IntRange of_ends(Op op, const IntRange& left, const IntRange& right) {
  if (!left.min || !left.max || !right.min || !right.max) return {};
  const std::array corners{exact(op, *left.min, *right.min), exact(op, *left.min, *right.max),
                           exact(op, *left.max, *right.min), exact(op, *left.max, *right.max)};
  if (!std::ranges::all_of(corners, [](const auto& corner) { return corner.has_value(); }))
    return {};
  const auto [least, greatest] = std::ranges::minmax(corners);
  return {least, greatest};
}

IntRange quotient(const IntRange& left, std::int64_t divisor) {
  if (divisor == -1) return of_ends(Op::Mul, left, {-1, -1});
  const auto divided = [&](std::optional<std::int64_t> end) {
    return end ? std::optional(*end / divisor) : std::nullopt;
  };
  if (divisor > 0) return {divided(left.min), divided(left.max)};
  return {divided(left.max), divided(left.min)};
}

/// The remainder has the sign of the dividend.
IntRange remainder(const IntRange& left, std::int64_t divisor) {
  if (divisor == INT64_MIN) return {};
  const std::int64_t most = std::abs(divisor) - 1;
  const bool never_negative = left.min && *left.min >= 0;
  const bool never_positive = left.max && *left.max <= 0;
  return {never_negative ? 0 : -most, never_positive ? 0 : most};
}

}  // namespace

IntRange range_of(Op op, const IntRange& left, const IntRange& right) {
  switch (op) {
    case Op::Add:
    case Op::Sub:
    case Op::Mul:
      return of_ends(op, left, right);
    case Op::Div:
    case Op::Mod:
      break;
  }
  if (!right.min || right.min != right.max || *right.min == 0) return {};
  return op == Op::Div ? quotient(left, *right.min) : remainder(left, *right.min);
}

}  // namespace stackc::check
