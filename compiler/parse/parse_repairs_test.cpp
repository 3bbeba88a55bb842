#include <gtest/gtest.h>

#include "compiler/testing/mistakes_in.h"

namespace stackc::parse {
namespace {

using testing::mistakes;
using testing::tree;

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
  EXPECT_EQ(mistakes("let a = [1; 2]\n"),
            "1:11 the character `;` has no meaning here (did you mean `,`?)\n");
  EXPECT_EQ(
      mistakes("let a = 1; let b = 2\n"),
      "1:10 the character `;` has no meaning here (nothing is needed at the end of a line)\n");
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

TEST(ParseRepairs, OfAMergeConflictTheFirstSideIsRead) {
  const std::string text = "let a = [\n<<<<<<< HEAD\n  1,\n=======\n  2\n>>>>>>> b\n]\nlet c = 3\n";
  EXPECT_EQ(mistakes(text),
            "2:1 `<<<<<<<` marks a merge that was not finished; keep one of the two sides and "
            "remove the marks\n");
  EXPECT_EQ(tree(text), tree("let a = [\n\n  1,\n]\nlet c = 3\n"));
}

TEST(ParseRepairs, MarksOfAMergeHaveSevenSigns) {
  EXPECT_EQ(mistakes("let a = \"\"\"\n  =======\n=======\n  \"\"\"\n"), "");
  EXPECT_EQ(mistakes("let a = b ==\n======= c\nlet d = 1\n"),
            "1:11 no value behind `==`\n"
            "2:1 `=======` marks a merge that was not finished; keep one of the two sides and "
            "remove the marks\n");
}

TEST(ParseRepairs, ABlockOfATemplateIsOneMistake) {
  const std::string text = R"~(let a = {
  {{- if .b }}
  c: {{ .Values.d }}
  {{- else if .e }}
  {{- end }}
  f: {{ local_hostname }}
  {{ include "g" . }}
}
)~";
  EXPECT_EQ(
      mistakes(text),
      "2:3 found `{{- if .b }}`, expected a value or an entry (a condition is written `if … { "
      "key: value }`)\n"
      "6:6 found `{{ local_hostname }}`, expected a value or an entry (a text stands in double "
      "quotes: `\"{{ local_hostname }}\"`)\n"
      "7:3 found `{{ include \"g\" . }}`, expected a value or an entry (a text stands in double "
      "quotes: `\"{{ include \"g\" . }}\"`)\n");
}

TEST(ParseRepairs, TwoBracesOfAComprehensionAreNoTemplate) {
  EXPECT_EQ(mistakes("let a = [for b in c {{ d: b }}]\nlet e = [for f in g\n  {{ h: f }}]\n"), "");
}

TEST(ParseRepairs, CommentsOfOtherLanguages) {
  const std::string text = "/* one\n two */\n-- three\nlet a = 1 /* four */\n";
  EXPECT_EQ(mistakes(text),
            "1:1 found `/*`, expected `//` before a comment\n"
            "3:1 found `--`, expected `//` before a comment\n"
            "4:11 found `/*`, expected `//` before a comment\n");
  EXPECT_EQ(tree(text), tree("\n\n\nlet a = 1\n"));
}

TEST(ParseRepairs, ValuesOfOtherLanguages) {
  const std::string text = R"~(let a = $b
let c = ${b.d}
let e = `f`
let g = h["i"]
let j = f"k"
let l = .m
let n = /etc/o
let p = [q for q in r]
let s = [for (t in u) { t }]
)~";
  EXPECT_EQ(
      mistakes(text),
      R"~(1:9 the character `$` has no meaning here (a value is written by its name alone: `b`)
2:9 the character `$` has no meaning here (a value is written by its name alone: `b.d`)
3:9 the character ``` has no meaning here (strings stand in double quotes)
4:10 found `[`, expected an operator or the next line (a field of a record is read with `.i`)
5:10 found a string, expected an operator or the next line (a text starts with its quotes, and `${…}` puts a value into it)
6:9 found `.`, expected a value (a value is written by its name alone: `m`)
7:9 found `/`, expected a value (a text stands in double quotes: `"/etc/o"`)
8:12 found `for`, expected `]` (a list is made with `[for item in list { … }]`)
9:14 found `(`, expected a name (`for` has no parentheses)
)~");
}

TEST(ParseRepairs, BoundsOfTypes) {
  EXPECT_EQ(mistakes(R"~(type A = Int(1,9)
type B = String(63)
type C = Int(>=1)
type D = [A, 1..9]
type E = {String, A}
type F = "a" | b
type G = A | null
)~"),
            R"~(1:15 found `,`, expected a range, a name or a value (a range is written `1..9`)
2:19 found `)`, expected a range, a name or a value (at most is written `..63`, at least `63..`)
3:14 found `>=`, expected `)` (a range is written `1..63`, open on a side without its number)
4:12 found `,`, expected `]` (the bounds of a list stand behind it: `[T](1..10)`)
5:17 found `,`, expected `:` (the type of a map is written `{String: T}`)
7:14 found a second type, expected a string: the alternatives of a type are texts (what may be absent has a `?` behind its type)
)~");
}

TEST(ParseRepairs, VariablesOfOtherLanguages) {
  const std::string text = R"~(stack a on b {
  variable c: "d" || "e" = "d"
  variable f: "g", "h" = "g"
  variable i: Int(0..): 1
  variable j: Int default 2
  variable k?: [String](1..2)
  variable l: { m?: String, optional n: String = "o" }
  @example 3
  variable p: Int
  variable q: Int[0..1]
  variable r: q.s[]
}
)~";
  EXPECT_EQ(mistakes(text),
            R"~(2:19 found `||`, expected an item of a stack or `}` (did you mean `|`?)
3:18 found `,`, expected `|` (did you mean `|`?)
4:23 found `:`, expected an item of a stack or `}` (a default follows the type behind `=`)
5:19 found `default`, expected an item of a stack or `}` (a default follows the type behind `=`)
6:13 found `?`, expected `:` (what may be absent has a `?` behind its type: `name: T?`)
7:18 found `?`, expected `:` (what may be absent has a `?` behind its type: `name: T?`)
8:12 found `3`, expected `type`, `kubernetes`, `variable`, `infrastructure`, `targets`, `control-plane`, `workers`, `addon`, `stages`, `image`, `images` or `let` (what an annotation says stands in parentheses: `@example(…)`)
10:18 found `[`, expected an item of a stack or `}` (the bounds of a type stand in parentheses: `Int(…)`)
11:18 found `[`, expected an item of a stack or `}` (the type of a list is written `[q.s]`)
)~");
}

TEST(ParseRepairs, ImportsOfOtherLanguages) {
  const std::string text = "from a import b, c\nimport d, e\nlet f = 1\n";
  EXPECT_EQ(mistakes(text),
            "1:1 found `from`, expected `import`, `type`, `let`, `provider` or `stack` (write "
            "`import a`, and `a.name` for what is in it)\n"
            "2:9 found `,`, expected an operator or the next line (each module has an `import` of "
            "its own)\n");
  EXPECT_EQ(tree(text), tree("import a\nimport d import e\nlet f = 1\n"));
}

TEST(ParseRepairs, PathsOfImportsWithoutQuotes) {
  const std::string text =
      "import lib.net\nimport lib/dns as names\nimport ./lib/a.stack\nimport ../b\nlet f = 1\n";
  EXPECT_EQ(
      mistakes(text),
      R"~(1:11 found `.`, expected an operator or the next line (a file is named by its path: `import "lib/net.stack"`)
2:11 found `/`, expected an operator or the next line (a file is named by its path: `import "lib/dns.stack"`)
3:8 found `.`, expected a name or a string (a file is named by its path: `import "./lib/a.stack"`)
4:8 found `..`, expected a name or a string (a file is named by its path: `import "../b.stack"`)
)~");
  EXPECT_EQ(tree(text), tree("let f = 1\n"));
}

TEST(ParseRepairs, MoreBoundsOfTypes) {
  const std::string text = R"~(stack a on b {
  variable c: Optional[Int]
  variable d: Int(1 to 9)
  variable e: Int{1..9}
  variable f: Int(min=1)
  variable g: [Int](..9, "unique")
  variable h: {
    i: Int
  } optional
}
)~";
  EXPECT_EQ(
      mistakes(text),
      R"~(2:23 found `[`, expected an item of a stack or `}` (what may be absent has a `?` behind its type)
3:21 found `to`, expected a range, a name or a value (a range is written `1..9`)
4:18 found `{`, expected an item of a stack or `}` (the bounds of a type stand in parentheses: `Int(…)`)
5:22 found `=`, expected `)` (a range is written `1..63`, open on a side without its number)
6:26 found a string, expected `)` (an argument is a range, `unique`, or `pattern: …` and `format: …` of a text)
9:5 found `optional`, expected an item of a stack or `}` (did you mean `?`?)
)~");
}

TEST(ParseRepairs, FunctionsOfOtherLanguages) {
  const std::string text = R"~(let a[b: Int] = 1
let c d = 1
let e(f: Int): if f > 1 then 1 else 2
let g = { h: i j }
let k = { l: m[n] }
let n = o(p: 1)
)~";
  EXPECT_EQ(mistakes(text),
            R"~(1:6 found `[`, expected `=` (a function is written `let a(parameter: Type) = value`)
2:7 found `d`, expected `=` (a function is written `let c(parameter: Type) = value`)
3:14 found `:`, expected `=` (did you mean `=`?)
4:18 found `}`, expected `:` (what a function takes stands in parentheses: `i(…)`)
5:15 found `[`, expected an entry or `}` (what a function takes stands in parentheses)
6:12 found `:`, expected `)` (what a function takes has no names)
)~");
  EXPECT_EQ(tree("let a = { b: c[d] }\n"), tree("let a = { b: c(d) }\n"));
}

TEST(ParseRepairs, AnElseWithAColonOrAnotherName) {
  const std::string text =
      "let a =\n  if b then 1\n  else: 2\nlet c =\n  if d then 1\n  otherwise 2\n";
  EXPECT_EQ(mistakes(text),
            "3:3 found `else`, expected `else` (`else` has no colon)\n"
            "6:3 found `otherwise`, expected `else` (did you mean `else`?)\n");
  EXPECT_EQ(mistakes("let a =\n  if b { 1 }\n  else { 2 }\n"),
            "2:8 found `{`, expected `then` (a value is chosen with `if … then … else …`)\n");
}

TEST(ParseRepairs, MarksBeforeAName) {
  EXPECT_EQ(mistakes("let a = *b\nlet c = &d\nlet e = @f\nlet g = h not \"\"\n"),
            R"~(1:9 found `*`, expected a value (a value is written by its name alone: `b`)
2:9 the character `&` has no meaning here (a value is written by its name alone: `d`)
3:9 found `@`, expected a value (a value is written by its name alone: `f`)
4:11 found `not`, expected an operator or the next line (did you mean `!=`?)
)~");
  EXPECT_EQ(tree("let g = if h not \"\" then 1 else 2\n"),
            tree("let g = if h != \"\" then 1 else 2\n"));
}

TEST(ParseRepairs, AnOrThatSaysWhatElse) {
  EXPECT_EQ(mistakes("let a = { b: c or \"d\" }\n"),
            "1:16 found `or`, expected `??` (did you mean `??`?)\n");
  EXPECT_EQ(mistakes("let a = if b == \"c\" or \"d\" then 1 else 2\n"),
            "1:21 found `or`, expected `then` (did you mean `||`?)\n");
  EXPECT_EQ(tree("let a = { b: c or \"d\" }\n"), tree("let a = { b: c ?? \"d\" }\n"));
}

TEST(ParseRepairs, ANameWithABlank) {
  EXPECT_EQ(mistakes("stack a on b {\n  workers c d {}\n  addon e f from g\n}\n"),
            "2:13 found `d`, expected `{` (a name has no blanks: `c-d`)\n"
            "3:11 found `f`, expected `from` (a name has no blanks: `e-f`)\n");
}

}  // namespace
}  // namespace stackc::parse
