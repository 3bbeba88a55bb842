#include "compiler/parse/parse.h"

#include <gtest/gtest.h>

#include "compiler/diag/render_text.h"
#include "compiler/testing/dump.h"

namespace stackc::parse {
namespace {

/// The dump of a source, followed by what is wrong with it (nothing, in most tests here).
std::string tree(std::string text, testing::Spans spans = testing::Spans::Hide) {
  source::SourceSet files;
  const auto& file = files.add("a.stack", std::move(text));
  diag::Sink sink;
  const std::string dump = testing::dump(parse(file, sink), spans);
  return dump + diag::render_text(sink.sorted(), files, diag::Colour::Off);
}

TEST(ParseImports, BindModulesAndFiles) {
  EXPECT_EQ(tree(R"~(import openstack
import kubeadm as k
import "lib/net.stack"
import "../x y.stack" as other
)~"),
            R"~(import openstack as openstack
import kubeadm as k
import "lib/net.stack" as net
import "../x y.stack" as other
)~");
}

TEST(ParseDeclarations, KeepDocsAnnotationsAndComments) {
  EXPECT_EQ(tree(R"~(// about the file
/// First line.
///  Second, indented.
@example("a", 1)
@flag
type A = String // trailing
///// not a doc
provider p { }
/// documents nothing
)~"),
            R"~(comment "// about the file"
doc "First line.\n Second, indented."
annotation example
  literal "a"
  literal 1
annotation flag
declare type A
  type String
comment "// trailing"
comment "///// not a doc"
provider p
  record
comment "/// documents nothing"
)~");
}

TEST(ParseDeclarations, LetsAndFunctions) {
  EXPECT_EQ(tree(R"~(let a = 1
let b: Int = 2
let f(x: Int, y: [String],): Bool = true
let g() = f(1, ["a"])
)~"),
            R"~(let a
  literal 1
let b
  type Int
  literal 2
function f
  parameter x
    type Int
  parameter y
    type list
      type String
  type Bool
  literal true
function g
  call
    name f
    literal 1
    list
      literal "a"
)~");
}

TEST(ParseDeclarations, TellSoftKeywordsFromNames) {
  EXPECT_EQ(tree(R"~(let type = stack
let image(on: Int) = on
let delete = { import: type, if: 1, for: 2, true: 3 }.if
)~"),
            R"~(let type
  name stack
function image
  parameter on
    type Int
  name on
let delete
  member if
    record
      import:
        name type
      if:
        literal 1
      for:
        literal 2
      true:
        literal 3
)~");
}

TEST(ParseTypes, ScalarsAndTheirArguments) {
  EXPECT_EQ(tree(R"~(type A = {
 a: Int(0..)
 b: Int(1..10)
 c: Number(-1.5..-1)
 d: Int(..5)
 e: String(1..63, pattern: "^a", format: "uuid",)
 f: mod.Name?
 g: Any
}
)~"),
            R"~(declare type A
  type record
    field a
      type Int
        range
          low
            literal 0
    field b
      type Int
        range
          low
            literal 1
          high
            literal 10
    field c
      type Number
        range
          low
            literal -1.5
          high
            literal -1
    field d
      type Int
        range
          high
            literal 5
    field e
      type String
        range
          low
            literal 1
          high
            literal 63
        argument pattern
          literal "^a"
        argument format
          literal "uuid"
    field f
      type mod.Name?
    field g
      type Any
)~");
}

TEST(ParseTypes, AlternativesListsAndMaps) {
  EXPECT_EQ(tree(R"~(type A = "a" | "b"
type B = "only"?
type C = scs.UUID | ""
type D = [[T]?](1..10, unique)
type E = {String: Int}(..5)
type F = {String: Int = 1}
type G = {"String": Int}
)~"),
            R"~(declare type A
  type "a" | "b"
declare type B
  type "only"?
declare type C
  type or ""
    type scs.UUID
declare type D
  type list
    type list?
      type T
    range
      low
        literal 1
      high
        literal 10
    argument unique
declare type E
  type map
    type Int
    range
      high
        literal 5
declare type F
  type record
    field String
      type Int
      default
        literal 1
declare type G
  type record
    field String
      type Int
)~");
}

TEST(ParseTypes, RecordsWithDocsDefaultsAndNesting) {
  EXPECT_EQ(tree(R"~(type A = {
  // plain
  /// Doc.
  @example(1)
  a: Int = 1, b: { c: String }?
  "k/x": Bool
}
)~"),
            R"~(declare type A
  type record
    comment "// plain"
    doc "Doc."
    annotation example
      literal 1
    field a
      type Int
      default
        literal 1
    field b
      type record?
        field c
          type String
    field k/x
      type Bool
)~");
}

TEST(ParseStacks, ItemsInTheirOrder) {
  EXPECT_EQ(tree(R"~(stack s on p {
  kubernetes 1.34.7 { ccm: "1" }
  kubernetes 1.35.0-rc.1
  /// Doc.
  @renamed-from("old")
  variable v: Int(1..9) = 3
  variable w: scs.Flavor
  let x = 1
  type T = Int
  targets { cluster-api: "v1beta2" }
  infrastructure { }
}
)~"),
            R"~(stack s on p
  kubernetes 1.34.7
    record
      ccm:
        literal "1"
  kubernetes 1.35.0-rc.1
  doc "Doc."
  annotation renamed-from
    literal "old"
  variable v
    type Int
      range
        low
          literal 1
        high
          literal 9
    default
      literal 3
  variable w
    type scs.Flavor
  let x
    literal 1
  declare type T
    type Int
  section targets
    record
      cluster-api:
        literal "v1beta2"
  section infrastructure
    record
)~");
}

TEST(ParseStacks, GroupsAndTheirSections) {
  EXPECT_EQ(tree(R"~(stack s on p {
  control-plane { machine { a: 1 } kubeadm { } }
  // pool
  workers gpu-worker {
    /// Doc.
    machine { }, kubeadm { }
  }
}
)~"),
            R"~(stack s on p
  control-plane
    section machine
      record
        a:
          literal 1
    section kubeadm
      record
  comment "// pool"
  workers gpu-worker
    doc "Doc."
    section machine
      record
    section kubeadm
      record
)~");
}

TEST(ParseStacks, AddOnsAndStages) {
  EXPECT_EQ(tree(R"~(stack s on p {
  addon cni from addons.cilium("1") { values { a: 1 } }
  addon after from (x)
  stages {
    AfterControlPlaneInitialized: [cni, delete old-cni, after before { a: 1 } after { b: 2 },]
    BeforeClusterUpgrade: [delete, before]
  }
}
)~"),
            R"~(stack s on p
  addon cni
    call
      member cilium
        name addons
      literal "1"
    section values
      record
        a:
          literal 1
  addon after
    name x
  stages
    stage AfterControlPlaneInitialized
      apply cni
      delete old-cni
      apply after
        before
          record
            a:
              literal 1
        after
          record
            b:
              literal 2
    stage BeforeClusterUpgrade
      apply delete
      apply before
)~");
}

TEST(ParseStacks, Images) {
  EXPECT_EQ(tree(R"~(stack s on p {
  image "u-${kubernetes.version}" { os: ubuntu("24.04") }
  images [for i in kubernetes.images { { name: i } }]
}
)~"),
            R"~(stack s on p
  image
    interpolation
      literal "u-"
      member version
        name kubernetes
    record
      os:
        call
          name ubuntu
          literal "24.04"
  images
    for i
      in
        member images
          name kubernetes
      body
        record
          name:
            name i
)~");
}

TEST(ParseSpans, AreTheBytesThatTheAuthorWrote) {
  EXPECT_EQ(tree(R"~(// é
let a: String? = "é${ b }" + f(1).k
provider p { a: { b: (c) } }
stack s on p { workers w { m { x: -1 } } }
)~",
                 testing::Spans::Show),
            R"~(comment "// é" @0..5
let a @6..42
  type String? @13..20
  + @23..42
    interpolation @23..33
      literal "é" @24..26
      name b @29..30
    member k @36..42
      call @36..40
        name f @36..37
        literal 1 @38..39
provider p @43..71
  record @54..71
    a: @56..69
      record @59..69
        b: @61..67
          name c @64..67
stack s on p @72..114
  workers w @87..112
    section m @99..110
      record @101..110
        x: @103..108
          literal -1 @106..108
)~");
}

TEST(ParseFiles, AcceptByteOrderMarkAndCarriageReturns) {
  EXPECT_EQ(tree("\xEF\xBB\xBF"
                 "let a = 1\r\n// note\r\nlet b = \"\"\"\r\n  x\r\n  \"\"\"\r\n"),
            "let a\n  literal 1\ncomment \"// note\"\nlet b\n  literal \"x\\n\"\n");
}

TEST(ParseFiles, MayBeEmptyOrHoldOnlyComments) {
  EXPECT_EQ(tree(""), "");
  EXPECT_EQ(tree("// a\n/// b"), "comment \"// a\"\ncomment \"/// b\"\n");
}

}  // namespace
}  // namespace stackc::parse
