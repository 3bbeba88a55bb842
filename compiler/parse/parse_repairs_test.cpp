#include <gtest/gtest.h>

#include "compiler/parse/mistakes_in.h"

namespace stackc::parse {
namespace {

TEST(ParseRepairs, OfTwoBracketsOfDifferentKindsTheOneThatDoesNotFitIsWrong) {
  EXPECT_EQ(mistakes("let a = { \"x\", \"y\" ]\n"), "1:9 found `{`, expected `[`\n");
  EXPECT_EQ(mistakes("let a = (\"x\", \"y\" ]\n"), "1:9 found `(`, expected `[`\n");
  EXPECT_EQ(mistakes("let a = [ b: 1, c: 2 }\n"), "1:9 found `[`, expected `{`\n");
  EXPECT_EQ(mistakes("let a = [ 1, 2 }\n"), "1:16 found `}`, expected `]`\n");
  EXPECT_EQ(mistakes("let a = f[1, 2)\n"), "1:10 found `[`, expected `(`\n");
  EXPECT_EQ(mistakes("let a = f(1, 2]\n"), "1:15 found `]`, expected `)`\n");
  EXPECT_EQ(mistakes(R"~(stack a on b [
  variable c: { x: Int } = {}
  let d = [
    1,
  }
}
)~"),
            R"~(1:14 found `[`, expected `{`
5:3 found `}`, expected `]`
)~");
}

TEST(ParseRepairs, OfManyBracketsOfDifferentKindsAllAreReported) {
  std::string text;
  std::string expected;
  for (int i = 1; i <= 9; ++i) {
    text += "let a" + std::to_string(i) + " = [ 1, 2 }\n";
    expected += std::to_string(i) + ":17 found `}`, expected `]`\n";
  }
  EXPECT_EQ(mistakes(text), expected);
}

TEST(ParseRepairs, ASemicolonBetweenItemsStandsForAComma) {
  EXPECT_EQ(
      mistakes("let a = [1; 2]\n"),
      "1:11 the character `;` has no meaning here (nothing is needed at the end of a line)\n");
  EXPECT_EQ(mistakes("let a = [\n  1;\n  2,\n]\nlet b = { c: 1;\n  d: 2;\n}\n"),
            R"~(2:4 the character `;` has no meaning here (nothing is needed at the end of a line)
5:15 the character `;` has no meaning here (nothing is needed at the end of a line)
6:7 the character `;` has no meaning here (nothing is needed at the end of a line)
)~");
}

TEST(ParseRepairs, AMissingCommaIsToldWhereTheLineEnds) {
  EXPECT_EQ(mistakes("let a = [\n  1\n  2,\n]\nlet b = [1 2]\n"),
            R"~(2:3 found the end of the line, expected `,` before the next item
5:12 found `2`, expected `,` before the next item
)~");
}

TEST(ParseRepairs, SingleQuotesDoNotHideTheText) {
  const std::string text = "let a = 'x'\nlet b = '$x'\n";
  EXPECT_EQ(mistakes(text),
            R"~(1:9 the character `'` has no meaning here (strings stand in double quotes)
2:9 the character `'` has no meaning here (strings stand in double quotes)
)~");
  EXPECT_EQ(tree(text), tree("let a = \"x\"\nlet b =\n"));
}

TEST(ParseRepairs, AFunctionWithoutItsWord) {
  EXPECT_EQ(mistakes("stack a on b {\n  f(x: Int) = x + 1\n}\n"),
            "2:3 found `f`, expected an item of a stack or `}` (did you mean `let f`?)\n");
  EXPECT_EQ(tree("let a = 1\nf(x: Int) = x + 1\n"), tree("let a = 1\nlet f(x: Int) = x + 1\n"));
}

TEST(ParseRepairs, AWordWrittenTwice) {
  EXPECT_EQ(mistakes("let let a = 1\n"),
            "1:5 found `let`, expected a name (it is written twice)\n");
  EXPECT_EQ(tree("let let a = 1\n"), tree("let a = 1\n"));
}

TEST(ParseRepairs, ABodyWithoutItsOpeningBrace) {
  const std::string text = R"~(stack a on b {
  kubernetes 1.34.7
    x: 1
    y: 2
  }
  addon c from d
    values { z: 1 }
  }
}
)~";
  EXPECT_EQ(mistakes(text), R"~(2:14 found the end of the line, expected `{`
6:16 found the end of the line, expected `{`
)~");
}

}  // namespace
}  // namespace stackc::parse
