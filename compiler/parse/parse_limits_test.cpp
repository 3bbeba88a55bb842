#include <gtest/gtest.h>

#include <algorithm>

#include "compiler/testing/mistakes_in.h"

namespace stackc::parse {
namespace {

using testing::mistakes;

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

/// The first message, without its place.
std::string first_message(std::string text) {
  const std::string lines = mistakes(std::move(text));
  const std::string line = lines.substr(0, lines.find('\n'));
  return line.substr(line.find(' ') + 1);
}

TEST(ParseLimits, RefuseDeepNestingOfEachKind) {
  for (const std::size_t depth : {300, 10'000}) {
    for (const std::string_view opening :
         {"{a:", "(", "[", "f(", "!", "- ", "has ", "1 + ", "if a then ", "if a then b else ",
          "if ", "match ", "[for x in [] {"}) {
      EXPECT_EQ(first_message("let x = " + repeated(opening, depth) + "1"),
                "nesting is deeper than 256 levels")
          << opening;
    }
    const std::string interpolations = repeated("\"${", depth) + "1" + repeated("}\"", depth);
    EXPECT_EQ(first_message("let x = " + interpolations), "nesting is deeper than 256 levels");
    EXPECT_EQ(first_message("let x = a" + repeated(".a", depth)),
              "nesting is deeper than 256 levels");
    EXPECT_EQ(first_message("let x = a" + repeated("()", depth)),
              "nesting is deeper than 256 levels");
    EXPECT_EQ(first_message("type x = " + repeated("[", depth)),
              "nesting is deeper than 256 levels");
    EXPECT_EQ(first_message("provider p { if a { }" + repeated(" else if b { }", depth) + "}"),
              "nesting is deeper than 256 levels");
  }
}

TEST(ParseLimits, AllowNestingAndLengthThatPeopleWrite) {
  EXPECT_EQ(mistakes("let x = " + repeated("[", 250) + repeated("]", 250)), "");
  EXPECT_EQ(mistakes("let x = 1" + repeated(" + 1", 200)), "");
  EXPECT_EQ(mistakes("provider p { if a { }" + repeated(" else if b { }", 200) + "}"), "");
  EXPECT_EQ(mistakes("provider p {" + repeated(" if a { b: if c then d else e }", 1000) + "}"), "");
}

TEST(ParseLimits, ReportAtMostAHundredMistakes) {
  const std::string lines = mistakes(repeated("let = 1\n", 5000));
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 101);
  EXPECT_NE(lines.find("the file has more than 100 errors; the others are not shown"),
            std::string::npos);
}

TEST(ParseLimits, RefuseLargeFilesAndEndlessLists) {
  EXPECT_EQ(mistakes(std::string(4 * 1024 * 1024 + 1, ' ')),
            "1:1 the file has 4194305 bytes, at most 4194304 are read\n");
  EXPECT_EQ(first_message("let x = [" + repeated("1,", 200'000) + "]"),
            "the file has more than 250000 words and signs; split it");
}

TEST(ParseLimits, RefuseWhatIsNotText) {
  EXPECT_EQ(mistakes("let a = \"\xff\""),
            "1:10 the file is not valid UTF-8: byte 10 is not part of a character\n");
  EXPECT_EQ(
      mistakes(std::string("let a = \"\0\0\" // \x1b\n", 18)),
      "1:10 the invisible character `U+0000` is not allowed in a file; write it as an escape\n"
      "1:17 the invisible character `U+001B` is not allowed in a file; write it as an escape\n");
  EXPECT_EQ(
      mistakes("let a = \"\u202E\""),
      "1:10 the invisible character `U+202E` is not allowed in a file; write it as an escape\n");
}

TEST(ParseLimits, TakeLinearTimeForBracketsAndQuotes) {
  for (const std::string_view piece :
       {"}", "{", ")(", "\"", "'", "\"\n", "'\n", "\\", "a: [ 1\n", "\xC2\xA7 ", ";", "\"\"\"\n"}) {
    EXPECT_NE(mistakes(repeated(piece, 200'001)), "") << piece;
  }
}

}  // namespace
}  // namespace stackc::parse
