#include "compiler/value/value.h"

#include <gtest/gtest.h>

namespace stackc {
namespace {

TEST(Value, ComparesRecordsWithoutRegardToOrder) {
  EXPECT_EQ(Value(Record({{"a", 1}, {"b", "x"}})), Value(Record({{"b", "x"}, {"a", 1}})));
  EXPECT_FALSE(Value(Record({{"a", 1}})) == Value(Record({{"a", 1}, {"b", 2}})));
}

TEST(Value, AnIntegerEqualsTheSameNumberButNotItsText) {
  EXPECT_EQ(Value(1), Value(1.0));
  EXPECT_FALSE(Value(1) == Value("1"));
  EXPECT_FALSE(Value(0) == Value(false));
}

TEST(Value, PrintsJsonAsGoDoes) {
  EXPECT_EQ(to_json(Record({{"n", 1e21},
                            {"t", 1e-7},
                            {"i", 1000000.0},
                            {"s", "a\"\n\x01é"},
                            {"l", List{Value(), true}}})),
            "{\"n\":1e+21,\"t\":1e-7,\"i\":1000000,\"s\":\"a\\\"\\n\\u0001é\",\"l\":[null,true]}");
}

TEST(Value, PrintsTheShortestDigitsOfANumber) {
  EXPECT_EQ(to_json(0x1p60), "1152921504606847000");
  EXPECT_EQ(to_json(-0x1p63), "-9223372036854776000");
  EXPECT_EQ(to_json(1e15 + 0.5), "1000000000000000.5");
  EXPECT_EQ(to_json(100000000000000000000.0), "100000000000000000000");
  EXPECT_EQ(to_json(1.5e-7), "1.5e-7");
  EXPECT_EQ(to_json(1e-10), "1e-10");
  EXPECT_EQ(to_json(0.000001), "0.000001");
  EXPECT_EQ(to_json(0.1), "0.1");
}

}  // namespace
}  // namespace stackc
