#include "compiler/check/literal_place.h"

#include <gtest/gtest.h>

namespace stackc::check {
namespace {

/// What stands in the literal at the place of `part`.
std::string written(std::string_view raw, std::string_view text, std::string_view part) {
  const std::size_t begin = text.find(part);
  const auto place = place_in_literal(raw, {{0}, 100, 200}, text, begin, begin + part.size());
  if (!place) return "nowhere";
  return std::string(raw.substr(place->begin - 100, place->end - place->begin));
}

TEST(LiteralPlace, FollowsTheCharacters) {
  EXPECT_EQ(written(R"("a > b")", "a > b", "b"), "b");
  EXPECT_EQ(written(R"("a > b")", "a > b", "a > b"), "a > b");
  EXPECT_EQ(written(R"("ä\n\"ö\" > x")", "ä\n\"ö\" > x", "x"), "x");
  EXPECT_EQ(written(R"("\u{e4}\u{20ac}\u{1f600}!")", "ä€😀!", "!"), "!");
  EXPECT_EQ(written(R"("\$x")", "$x", "$"), "\\$");
}

TEST(LiteralPlace, FindsTheLineOfABlock) {
  constexpr std::string_view raw = "\"\"\"\r\n    a &&\r\n\r\n      b\n    \"\"\"";
  constexpr std::string_view text = "a &&\n\n  b\n";
  EXPECT_EQ(written(raw, text, "&&"), "&&");
  EXPECT_EQ(written(raw, text, "b"), "b");
}

TEST(LiteralPlace, KnowsWhereALiteralIsNotTheText) {
  EXPECT_EQ(written(R"("${name} > x")", "nodes > x", "x"), "nowhere");
  EXPECT_EQ(written("condition", "a > b", "b"), "nowhere");
  EXPECT_EQ(written("\"\"\"\n  other\n  \"\"\"", "a > b", "b"), "nowhere");
}

}  // namespace
}  // namespace stackc::check
