#include <gtest/gtest.h>

#include "compiler/diag/render_text.h"
#include "compiler/parse/parse.h"
#include "compiler/testing/dump.h"

namespace stackc::parse {
namespace {

/// The dump of a source, followed by what is wrong with it (nothing, in most tests here).
std::string tree(std::string text) {
  source::SourceSet files;
  const auto& file = files.add("a.stack", std::move(text));
  diag::Sink sink;
  const std::string dump = testing::dump(parse(file, sink));
  return dump + diag::render_text(sink.sorted(), files, diag::Colour::Off);
}

TEST(ParseValues, NumbersAndTruth) {
  EXPECT_EQ(
      tree(
          R"~(let a = [0, 1_000_000, 1.5, -3, -9223372036854775808, 9223372036854775807, - x, true, false]
)~"),
      R"~(let a
  list
    literal 0
    literal 1000000
    literal 1.5
    literal -3
    literal -9223372036854775808
    literal 9223372036854775807
    -
      name x
    literal true
    literal false
)~");
}

TEST(ParseValues, StringsAndEscapes) {
  EXPECT_EQ(tree(R"~(let a = "\n\t\r\"\\\$\u{e9}\u{1F600} $ {{ x }} {% y %} $x"
let b = "${a}"
let c = "v${f("x${{ k: "}" }.k}")} and ${b}."
let d = ""
)~"),
            R"~(let a
  literal "\n\t\r\"\\$é😀 $ {{ x }} {% y %} $x"
let b
  interpolation
    name a
let c
  interpolation
    literal "v"
    call
      name f
      interpolation
        literal "x"
        member k
          record
            k:
              literal "}"
    literal " and "
    name b
    literal "."
let d
  literal ""
)~");
}

TEST(ParseValues, TextBlocksLoseTheirCommonIndentation) {
  EXPECT_EQ(tree(R"~(let a = """
    #!/bin/sh
      echo "${HOME}" \n

    end
    """
let b = { x: """
   deep
  """ }
let c = """
"""
)~"),
            R"~(let a
  literal "#!/bin/sh\n  echo \"${HOME}\" \\n\n\nend\n"
let b
  record
    x:
      literal " deep\n"
let c
  literal ""
)~");
}

TEST(ParseValues, PrecedenceFromLooseToTight) {
  EXPECT_EQ(tree(R"~(let a = x || y && c == d ?? e + f * g.h
let b = !has p.q && -r - s
let c = a - b - c / d % e
let d = (a || b) && c
)~"),
            R"~(let a
  ||
    name x
    &&
      name y
      ==
        name c
        ??
          name d
          +
            name e
            *
              name f
              member h
                name g
let b
  &&
    !
      has
        member q
          name p
    -
      -
        name r
      name s
let c
  -
    -
      name a
      name b
    %
      /
        name c
        name d
      name e
let d
  &&
    ||
      name a
      name b
    name c
)~");
}

TEST(ParseValues, MembersAndCallsBindTight) {
  EXPECT_EQ(tree(R"~(let a = m.f(1)(2).g
let b = has x.y.z
)~"),
            R"~(let a
  member g
    call
      call
        member f
          name m
        literal 1
      literal 2
let b
  has
    member z
      member y
        name x
)~");
}

TEST(ParseValues, ChoicesAndMatches) {
  EXPECT_EQ(tree(R"~(let a = if x then 1 else if y then 2 else 3
let b = match x {
  "a" | "b" => 1
  -1 => { k: 2 }, 1.5 | true => 3
  -2 => 4
  _ => match y { _ => 5 }
}
)~"),
            R"~(let a
  choice
    if
      name x
    then
      literal 1
    else
      choice
        if
          name y
        then
          literal 2
        else
          literal 3
let b
  match
    name x
    arm
      pattern
        literal "a"
      pattern
        literal "b"
      literal 1
    arm
      pattern
        literal -1
      record
        k:
          literal 2
    arm
      pattern
        literal 1.5
      pattern
        literal true
      literal 3
    arm
      pattern
        literal -2
      literal 4
    arm _
      match
        name y
        arm _
          literal 5
)~");
}

TEST(ParseValues, ListsWithConditionalItems) {
  EXPECT_EQ(
      tree(
          R"~(let a = [1, if c { 2, 3 } else if d { 4 } else { }, if e then 5 else 6, if f { { k: 7 } },]
let b = []
)~"),
      R"~(let a
  list
    literal 1
    if
      name c
    then
      literal 2
      literal 3
    else
      if
        name d
      then
        literal 4
    choice
      if
        name e
      then
        literal 5
      else
        literal 6
    if
      name f
    then
      record
        k:
          literal 7
let b
  list
)~");
}

TEST(ParseValues, Comprehensions) {
  EXPECT_EQ(tree(R"~(let a = [for x in xs { x }]
let b = [for k, v in m.n if v > 0 { { k: v } },]
let c = [for id in ids { { id: id } }]
)~"),
            R"~(let a
  for x
    in
      name xs
    body
      name x
let b
  for k, v
    in
      member n
        name m
    if
      >
        name v
        literal 0
    body
      record
        k:
          name v
let c
  for id
    in
      name ids
    body
      record
        id:
          name id
)~");
}

TEST(ParseValues, RecordsWithAndWithoutCommas) {
  EXPECT_EQ(tree(R"~(let a = { a: 1 b: 2, "c/d": 3
  e-f: 4
  // note
  if x { g: 5 } else if y { h: 6 } else { i: 7 }
  /// Doc.
  j: { } }
)~"),
            R"~(let a
  record
    a:
      literal 1
    b:
      literal 2
    c/d:
      literal 3
    e-f:
      literal 4
    comment "// note"
    if
      name x
    then
      g:
        literal 5
    else
      if
        name y
      then
        h:
          literal 6
      else
        i:
          literal 7
    doc "Doc."
    j:
      record
)~");
}

TEST(ParseValues, CallsStandOnTheLineOfTheirCallee) {
  EXPECT_EQ(tree(R"~(let a = f (1)
let b = [
  f,
  (1)
]
)~"),
            R"~(let a
  call
    name f
    literal 1
let b
  list
    name f
    literal 1
)~");
}

TEST(ParseValues, AMinusThatStartsALineAndTouchesIsASign) {
  EXPECT_EQ(tree(R"~(let a = x
  - y
let b = match x {
  1 => y
  -1 => z
}
)~"),
            R"~(let a
  -
    name x
    name y
let b
  match
    name x
    arm
      pattern
        literal 1
      name y
    arm
      pattern
        literal -1
      name z
)~");
}

}  // namespace
}  // namespace stackc::parse
