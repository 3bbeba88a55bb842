#include "compiler/ir/operations.h"

#include <gtest/gtest.h>

#include <limits>

namespace stackc::ir {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();

TEST(Operations, CompareNumbersByTheirValue) {
  using Op = Compare::Op;
  EXPECT_TRUE(holds(Op::Eq, 1, 1.0));
  EXPECT_TRUE(holds(Op::Le, 1, 1.0));
  EXPECT_FALSE(holds(Op::Lt, 1, 1.0));
  EXPECT_TRUE(holds(Op::Gt, 1.5, 1));
  // As doubles these were equal.
  EXPECT_TRUE(holds(Op::Lt, greatest - 1, greatest));
  EXPECT_TRUE(holds(Op::Ne, "a", "b"));
  EXPECT_TRUE(holds(Op::Eq, List{}, List{}));
}

TEST(Operations, CalculateWrapsAndSaysSo) {
  using Op = Arithmetic::Op;
  const auto check = [](Op op, std::int64_t a, std::int64_t b, std::int64_t value, bool overflows) {
    const Calculated result = calculate(op, a, b);
    EXPECT_EQ(result.value, value) << a << " " << b;
    EXPECT_EQ(result.overflows, overflows) << a << " " << b;
  };
  check(Op::Add, 2, 3, 5, false);
  check(Op::Add, greatest, 1, least, true);
  check(Op::Sub, least, 1, greatest, true);
  check(Op::Mul, least, -1, least, true);
  check(Op::Div, -7, 2, -3, false);
  check(Op::Mod, -7, 2, -1, false);
  check(Op::Div, 7, -1, -7, false);
  check(Op::Div, least, -1, least, true);
  check(Op::Mod, least, -1, 0, false);
}

TEST(Operations, FunctionsTakeTextsListsAndMaps) {
  EXPECT_EQ(call(Function::Size, {Value(List{1, 2})}), Value(2));
  EXPECT_EQ(call(Function::Size, {Value(Record{{"a", 1}})}), Value(1));
  EXPECT_EQ(call(Function::StartsWith, {"abc", "ab"}), Value(true));
  EXPECT_EQ(call(Function::EndsWith, {"abc", "ab"}), Value(false));
  EXPECT_EQ(call(Function::Contains, {"abc", "bc"}), Value(true));
  EXPECT_EQ(call(Function::Contains, {List{1, "b"}, "b"}), Value(true));
  EXPECT_EQ(call(Function::Contains, {List{1, "b"}, "c"}), Value(false));
}

TEST(Operations, TextOfAScalarIsWhatGoPrints) {
  EXPECT_EQ(text_of("a b"), "a b");
  EXPECT_EQ(text_of(least), "-9223372036854775808");
  EXPECT_EQ(text_of(3.0), "3");
  EXPECT_EQ(text_of(true), "true");
}

}  // namespace
}  // namespace stackc::ir
