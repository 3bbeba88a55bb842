#include <gtest/gtest.h>

#include "compiler/testing/mistakes_in.h"

namespace stackc::parse {
namespace {

using testing::mistakes;

TEST(ParseErrors, BracketsUnclosedIsFoundByIndentation) {
  EXPECT_EQ(mistakes(R"~(stack a on b {
  control-plane {
    machine { a: 1 }
  workers x {
    machine { a: [1, 2 }
  }
}
let x = 1
let y = = 2
)~"),
            R"~(2:17 `{` is never closed
5:18 `[` is never closed
9:9 found `=`, expected a value
)~");
}

TEST(ParseErrors, BracketsUnclosedListEndsBeforeTheNextEntry) {
  EXPECT_EQ(mistakes(R"~(provider p {
  a: [1, 2
  b: 3
}
)~"),
            R"~(2:6 `[` is never closed
)~");
}

TEST(ParseErrors, BracketsUnclosedAtTheEndOfTheFile) {
  EXPECT_EQ(mistakes(R"~(provider p {
  a: f(1
)~"),
            R"~(1:12 `{` is never closed
2:7 `(` is never closed
)~");
}

TEST(ParseErrors, BracketsOneTooMany) {
  EXPECT_EQ(mistakes(R"~(stack a on b {
  control-plane {
    machine { }
  }
  }
  workers x { machine { } }
}
let x = )
)~"),
            R"~(5:3 `}` closes nothing
8:9 `)` closes nothing
)~");
}

TEST(ParseErrors, BracketsMissingOpeningOneIsOneMistake) {
  EXPECT_EQ(mistakes(R"~(stack a on b {
  workers x
    machine { a: 1 }
  }
  variable y Int
}
)~"),
            R"~(2:11 found the end of the line, expected `{`
5:14 found `Int`, expected `:`
)~");
}

TEST(ParseErrors, ListsNeedCommas) {
  EXPECT_EQ(mistakes(R"~(let a = [1 2, 3]
let b = f(x y)
let c(a: Int b: Int) = 1
)~"),
            R"~(1:12 found `2`, expected `,` before the next item
2:13 found `y`, expected `,` before the next argument
3:14 found `b`, expected `,` before the next parameter
)~");
}

TEST(ParseErrors, ListsOfRecordsNeedTheirOwnBraces) {
  EXPECT_EQ(
      mistakes(R"~(let a = [for id in ids { id: id }]
let b = [if x { a: 1 }]
)~"),
      R"~(1:28 found `:`, expected `}` (a record has its own braces: `[for x in xs { { key: x } }]`)
2:18 found `:`, expected a value or `}` (a record in a list has its own braces: `{ { key: value } }`)
)~");
}

}  // namespace
}  // namespace stackc::parse
