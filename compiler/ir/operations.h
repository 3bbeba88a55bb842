#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/expr.h"

/// What the operators and functions of core expressions give for values, in one place: the checker
/// and the lowering compute what is known with it, and `stackc render` the rest. Operands are as
/// expr.h says; others are a defect of ours.
namespace stackc::ir {

bool holds(Compare::Op op, const Value& left, const Value& right);

struct Calculated {
  std::int64_t value;  // wrapped as two's complement
  bool overflows;      // the true result needs more than 64 bits
};
/// `right` is not zero where it divides.
Calculated calculate(Arithmetic::Op op, std::int64_t left, std::int64_t right);

/// A scalar as a part of a text: strings as they are, integers in decimal, `true` and `false`.
std::string text_of(const Value& scalar);

/// The same of a part that is such a constant; nothing for any other.
std::optional<std::string> constant_text(ExprRef part);

/// A function of two texts; not Size.
bool holds(Function function, std::string_view text, std::string_view part);
/// Any function.
Value call(Function function, const std::vector<Value>& arguments);

}  // namespace stackc::ir
