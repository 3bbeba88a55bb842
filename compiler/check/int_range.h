#pragma once

#include <cstdint>
#include <optional>

#include "compiler/ir/expr.h"

namespace stackc::check {

/// The integers that an expression can be; an open end is null.
struct IntRange {
  std::optional<std::int64_t> min;
  std::optional<std::int64_t> max;

  bool operator==(const IntRange&) const = default;
};

/// What an operation can give for operands of these ranges. Arithmetic of the core wraps at 64 bits
/// (ir/expr.h), so an end that may have wrapped is open, and with it the other one.
IntRange range_of(ir::Arithmetic::Op op, const IntRange& left, const IntRange& right);

}  // namespace stackc::check
