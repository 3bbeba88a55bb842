#include <gtest/gtest.h>

#include "compiler/testing/mistakes_in.h"

namespace stackc::parse {
namespace {

using testing::mistakes;
using testing::rendered;
using testing::tree;

TEST(ParseErrors, AreShownAtTheirPlaceInTheOrderOfTheSource) {
  EXPECT_EQ(rendered(R"~(stack a on b {
  control-plane {
    machine { a: 1 }
  workers x { machine { a = 1 } }
}
let s = "open
)~"),
            R"~(error[parse/missing-brace]: `{` is never closed
  --> a.stack:2:17
  |
2 |   control-plane {
  |                 ^
3 |     machine { a: 1 }
  |                    - `}` is missing behind this

error[parse/unexpected]: found `=`, expected `:`
  --> a.stack:4:27
  |
4 |   workers x { machine { a = 1 } }
  |                           ^ a value follows its key behind `:`

error[parse/unterminated-string]: the string has no closing quote on its line
  --> a.stack:6:9
  |
6 | let s = "open
  |         ^^^^^

3 errors
)~");
}

TEST(ParseErrors, EntriesWithEqualsInsteadOfColon) {
  EXPECT_EQ(mistakes(R"~(provider p {
  a = 1
  b: 2
  c = 3
}
)~"),
            R"~(2:5 found `=`, expected `:` (a value follows its key behind `:`)
4:5 found `=`, expected `:` (a value follows its key behind `:`)
)~");
}

TEST(ParseErrors, EntriesWithoutValue) {
  EXPECT_EQ(mistakes(R"~(provider p {
  a:
  b: 2
  c: { d: }
}
let x =
let y = 1
)~"),
            R"~(2:4 no value behind `:`
4:9 no value behind `:`
6:7 no value behind `=`
)~");
}

TEST(ParseErrors, EntriesWithoutColon) {
  EXPECT_EQ(mistakes(R"~(provider p {
  rootVolume { size: 1 }
  b 2
}
)~"),
            R"~(2:14 found `{`, expected `:` (a record follows its key behind `:`)
3:5 found `2`, expected `:`
)~");
}

TEST(ParseErrors, EntriesAsYamlList) {
  EXPECT_EQ(mistakes(R"~(provider p {
  a:
    - x
    - y
  b: 1
  c = 2
}
)~"),
            R"~(3:5 found `-`, expected a value (a list is written `[a, b]`)
6:5 found `=`, expected `:` (a value follows its key behind `:`)
)~");
}

TEST(ParseErrors, StringsUnterminated) {
  EXPECT_EQ(mistakes(R"~(provider p {
  a: "foo
  b: { c: "x }
  d: "${f(1"
  if x == "y {
    e: 1
  }
}
)~"),
            R"~(2:6 the string has no closing quote on its line
3:11 the string has no closing quote on its line
4:6 the string has no closing quote on its line (or `}` is missing behind `${`)
5:11 the string has no closing quote on its line
)~");
}

TEST(ParseErrors, StringsUnknownEscapes) {
  EXPECT_EQ(mistakes(R"~(let a = "\q \v"
let b = "\u{110000}"
let c = "\u{}"
let d = "\u{d800}"
let e = "\u{1234567}"
)~"),
            R"~(1:10 `\q` is no escape; known are \n, \t, \r, \", \\, \$ and \u{…}
2:10 `\u` is no escape; known are \n, \t, \r, \", \\, \$ and \u{…}
3:10 `\u` is no escape; known are \n, \t, \r, \", \\, \$ and \u{…}
4:10 `\u` is no escape; known are \n, \t, \r, \", \\, \$ and \u{…}
5:10 `\u` is no escape; known are \n, \t, \r, \", \\, \$ and \u{…}
)~");
}

TEST(ParseErrors, StringsEmptyInterpolation) {
  EXPECT_EQ(
      mistakes(R"~(let a = "x${}y"
let b = "${ }"
)~"),
      R"~(1:11 the interpolation is empty; write an expression between the braces, or `\$` for a dollar sign
2:11 the interpolation is empty; write an expression between the braces, or `\$` for a dollar sign
)~");
}

TEST(ParseErrors, StringsInSingleOrTypographicQuotes) {
  EXPECT_EQ(mistakes(R"~(let a = 'x'
let b = “y”
let c = don't
)~"),
            R"~(1:9 the character `'` has no meaning here (strings stand in double quotes)
2:9 the character `“` has no meaning here (strings stand in straight double quotes)
3:12 the character `'` has no meaning here
)~");
}

TEST(ParseErrors, StringsTextBlockLayout) {
  EXPECT_EQ(
      mistakes(R"~(let a = """x"""
let b = """
  x"""
let c = """
)~"),
      R"~(1:9 text and `"""` share a line; a text block has its quotes on lines of their own (start the text on the next line)
3:4 text and `"""` share a line; a text block has its quotes on lines of their own (put the closing quotes on the next line)
4:9 the text block has no closing `"""`
)~");
}

TEST(ParseErrors, StringsTextBlockWithTooFewQuotes) {
  EXPECT_EQ(mistakes(R"~(let a = """
  x
  "
let b = """
  "
  """
)~"),
            R"~(3:3 the text block has no closing `"""` (did you mean `"""`?)
)~");
}

TEST(ParseErrors, CharactersWithoutMeaning) {
  EXPECT_EQ(mistakes(R"~(provider p {
  c: 1; d: 2 # note
  e: §§ 3
  f: 4 & 5
}
)~"),
            R"~(2:7 the character `;` has no meaning here (did you mean `,`?)
3:6 the character `§` has no meaning here
4:8 the character `&` has no meaning here (did you mean `&&`?)
)~");
}

TEST(ParseErrors, NumbersMalformed) {
  EXPECT_EQ(mistakes(R"~(let a = [
  10Gi,
  007,
  10.0.0.1,
  1e5,
  2025-12-17,
  99999999999999999999,
  1.34.7
]
)~"),
            R"~(2:3 `10Gi` is not a number; text stands in double quotes
3:3 `007` is not a number; it starts with a zero; leave the zero out, or put text in double quotes
4:3 `10.0.0.1` is not a number; text stands in double quotes
5:3 `1e5` is not a number; text stands in double quotes
6:3 `2025-12-17` is not a number; text stands in double quotes
7:3 `99999999999999999999` does not fit into a 64-bit integer
8:3 found `1.34.7`, expected a value or `]` (outside of `kubernetes` a version is a string in quotes)
)~");
}

TEST(ParseErrors, ExpressionsChainedComparison) {
  EXPECT_EQ(mistakes(R"~(let a = x < y < z == 1
)~"),
            R"~(1:15 comparisons do not chain; join two of them with `&&`
)~");
}

TEST(ParseErrors, ExpressionsConditionThatStartsWithARecord) {
  EXPECT_EQ(mistakes(R"~(let a = if { a: 1 } == x then 1 else 2
provider p { if { } { } }
)~"),
            R"~(1:12 a condition that starts with a record needs parentheses around it
2:17 a condition that starts with a record needs parentheses around it
)~");
}

TEST(ParseErrors, ExpressionsIncompleteChoices) {
  EXPECT_EQ(mistakes(R"~(let a = if x then 1
let b = if x { 1 }
let c = x ? 1 : 2
let d = 1 + if a then b else c
)~"),
            R"~(1:19 found the end of the line, expected `else` (`if … then` needs an `else`)
2:14 found `{`, expected `then` (a value is chosen with `if … then … else …`)
3:11 found `?`, expected an operator or the next line (a value is chosen with `if … then … else …`)
4:13 found `if`, expected a value (put this in parentheses to use it here)
)~");
}

TEST(ParseErrors, ExpressionsWordsOfOtherLanguages) {
  EXPECT_EQ(mistakes(R"~(let a = b and c
let d = b or c
let e = not b
let if = 3
)~"),
            R"~(1:11 found `and`, expected an operator or the next line (did you mean `&&`?)
2:11 found `or`, expected an operator or the next line (did you mean `||`?)
3:9 found `not`, expected `!` (did you mean `!`?)
4:5 found `if`, expected a name (this is a keyword; it cannot be a name)
)~");
}

TEST(ParseErrors, ExpressionsMatchArms) {
  EXPECT_EQ(mistakes(R"~(let m = match x {
  1 = 2
  foo => 3
  "a" => 4 5
  _ => 6
}
)~"),
            R"~(2:5 found `=`, expected `=>` (did you mean `=>`?)
3:3 found `foo`, expected a pattern or `}` (did you mean `"foo"`?)
4:12 found the end of the line, expected `=>`
)~");
}

TEST(ParseErrors, TypesMalformed) {
  EXPECT_EQ(mistakes(R"~(type A = String(1..63,,unique)
type B = {
  a Int
  b: Int = 
  c: Bool
}
type C = Int | Bool
type D = {a: Int}(1..2)
type E =
type F = 5
)~"),
            R"~(1:23 found `,`, expected a range, a name or a value
3:5 found `Int`, expected `:`
4:10 no value behind `=`
7:16 found a second type, expected a string: the alternatives of a type are texts
8:18 found `(`, expected nothing more: only maps (`{String: T}`) and lists take arguments
9:8 no value behind `=`
10:10 found `5`, expected a type
)~");
}

TEST(ParseErrors, StacksBadItems) {
  EXPECT_EQ(
      mistakes(R"~(stack a on b {
  kubernetes 1.34
  kubernetes v1.34.7
  variable x = 3
  control-plane { machine: { a: 1 } }
  addon c from d { vals }
  stages { A: [x y, delete] }
  foo { }
  let k = 1
}
)~"),
      R"~(2:14 found `1.34`, expected a version of three numbers such as `1.34.7` (a version names the patch release too)
3:14 found `v1`, expected a version of three numbers such as `1.34.7` (a version is written without `v`)
4:14 found `=`, expected `:` (a variable declares its type: `variable name: String = …`)
5:26 found `:`, expected `{` (a section has no colon)
6:25 found `}`, expected `{`
7:18 found `y`, expected `,` before the next step
8:3 found `foo`, expected an item of a stack or `}`
)~");
}

TEST(ParseErrors, ImportsLateOrWithoutName) {
  EXPECT_EQ(mistakes(R"~(let a = 1
import x
import "a/b-1.x.stack"
)~"),
            R"~(2:1 imports stand before all other declarations
3:1 imports stand before all other declarations
)~");
}

TEST(ParseErrors, ReservedFormsAreReportedOnceEach) {
  EXPECT_EQ(mistakes(R"~(stack a on b {
  conforms scs.kaas-v1
  let x = 1
}
stack c extends a {
  let y = = 2
}
test "t" for a {
  given { x: 1 }
}
rule ACME-1 must "x" {
  check forall w in y: z
}
let a = = 3
)~"),
            R"~(2:3 `conforms` is reserved for a later version of the language
5:9 `extends` is reserved for a later version of the language
8:1 `test` is reserved for a later version of the language
11:1 `rule` is reserved for a later version of the language
14:9 found `=`, expected a value
)~");
}

TEST(ParseErrors, ModulesOnlyDeclarationsStandInThem) {
  EXPECT_EQ(mistakes(R"~(hello world
let a = 1
foo: bar
}
)~"),
            R"~(1:1 found `hello`, expected `import`, `type`, `let`, `provider` or `stack`
3:1 found `foo`, expected `import`, `type`, `let`, `provider` or `stack`
)~");
}

TEST(ParseRecovery, KeepsWhatIsKnownOfABrokenItem) {
  EXPECT_EQ(tree(R"~(provider p {
  a = 1
  b:
  c: 2
}
let x = = 1
let f(a: ) = 1
type T = =
let m = match x { 1 => = 2 }
let l = [1, = , 2]
let y =
stack s on p {
  variable v: Int = =
  addon c from
  workers w
    machine { }
  }
  let ok = 1
}
)~"),
            R"~(provider p
  record
    a:
      literal 1
    b:
      hole
    c:
      literal 2
let x
  hole
let f
  hole
declare type T
  type hole
let m
  hole
let l
  list
    literal 1
    literal 2
let y
  hole
stack s on p
  variable v
    type hole
  addon c
    hole
  workers w
    section machine
      record
  let ok
    literal 1
)~");
}

TEST(ParseErrors, OfferFixes) {
  source::SourceSet files;
  const auto& file = files.add("a.stack", "provider p {\na = 1\nb: 'x' }\nlet b = [1 2]\n");
  diag::Sink sink;
  parse(file, sink);
  std::string fixes;
  for (const diag::Report& report : sink.sorted()) {
    for (const diag::Fix& fix : report.fixes) {
      const diag::Edit& edit = fix.edits.at(0);
      fixes +=
          fix.title + ": " + std::string(files.text(edit.span)) + " -> " + edit.replacement + "\n";
    }
  }
  EXPECT_EQ(fixes,
            "Replace with `:`:  = -> :\nUse double quotes: 'x' -> \"x\"\nInsert a comma:  -> ,\n");
}

// ---- hostile files ----

}  // namespace
}  // namespace stackc::parse
