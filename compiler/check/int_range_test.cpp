#include "compiler/check/int_range.h"

#include <gtest/gtest.h>

namespace stackc::check {
namespace {

using Op = ir::Arithmetic::Op;

// Every pair of small ranges, against every pair of values in them.
TEST(IntRange, IsExactlyWhatTheValuesGive) {
  constexpr int edge = 4;
  for (std::int64_t a = -edge; a <= edge; ++a) {
    for (std::int64_t b = a; b <= edge; ++b) {
      for (std::int64_t c = -edge; c <= edge; ++c) {
        for (std::int64_t d = c; d <= edge; ++d) {
          IntRange sums{a + c, a + c};
          IntRange products{a * c, a * c};
          for (std::int64_t x = a; x <= b; ++x) {
            for (std::int64_t y = c; y <= d; ++y) {
              sums = {std::min(*sums.min, x + y), std::max(*sums.max, x + y)};
              products = {std::min(*products.min, x * y), std::max(*products.max, x * y)};
            }
          }
          EXPECT_EQ(range_of(Op::Add, {a, b}, {c, d}), sums);
          EXPECT_EQ(range_of(Op::Sub, {a, b}, {-d, -c}), sums);
          EXPECT_EQ(range_of(Op::Mul, {a, b}, {c, d}), products);
        }
      }
    }
  }
}

TEST(IntRange, HoldsEveryQuotientAndRemainder) {
  constexpr int edge = 9;
  for (std::int64_t a = -edge; a <= edge; ++a) {
    for (std::int64_t b = a; b <= edge; ++b) {
      for (const std::int64_t divisor : {-5, -3, -1, 1, 2, 7}) {
        const IntRange quotients = range_of(Op::Div, {a, b}, {divisor, divisor});
        const IntRange remainders = range_of(Op::Mod, {a, b}, {divisor, divisor});
        EXPECT_EQ(quotients.min, std::min(a / divisor, b / divisor));
        EXPECT_EQ(quotients.max, std::max(a / divisor, b / divisor));
        for (std::int64_t x = a; x <= b; ++x) {
          EXPECT_LE(*remainders.min, x % divisor);
          EXPECT_GE(*remainders.max, x % divisor);
        }
      }
    }
  }
}

TEST(IntRange, AnOpenEndStaysOpen) {
  EXPECT_EQ(range_of(Op::Div, {100, {}}, {3, 3}), (IntRange{33, {}}));
  EXPECT_EQ(range_of(Op::Div, {100, {}}, {-3, -3}), (IntRange{{}, -33}));
  EXPECT_EQ(range_of(Op::Mod, {0, {}}, {3, 3}), (IntRange{0, 2}));
  EXPECT_EQ(range_of(Op::Div, {0, 9}, {1, 3}), IntRange{}) << "not a constant";
}

TEST(IntRange, WhatMayWrapHasNoEnds) {
  EXPECT_EQ(range_of(Op::Add, {0, {}}, {1, 1}), IntRange{});
  EXPECT_EQ(range_of(Op::Add, {0, INT64_MAX}, {1, 1}), IntRange{});
  EXPECT_EQ(range_of(Op::Mul, {INT64_MIN, 0}, {-1, -1}), IntRange{});
  EXPECT_EQ(range_of(Op::Div, {INT64_MIN, 0}, {-1, -1}), IntRange{});
}

}  // namespace
}  // namespace stackc::check
