#include "compiler/lower/go_text.h"

#include <gtest/gtest.h>

#include "compiler/lower/normalize.h"
#include "compiler/lower/value_template.h"
#include "compiler/testing/ir_builder.h"

namespace stackc::lower {
namespace {

using Op = ir::Compare::Op;

struct GoText : ::testing::Test {
  testing::IrBuilder b;
  Conditions conditions{b.exprs};

  Place place() { return {.engine = Engine::ClusterApi, .variables = &b.stack.variables}; }
  std::string condition(ir::ExprRef expr) { return pipeline(normalize(expr, conditions), place()); }
  std::string value(ir::ExprRef expr) {
    const ir::ExprRef normal = normalize(expr, conditions);
    EXPECT_EQ(find_inexpressible(normal), nullptr);
    return value_template(normal, place(), conditions);
  }
};

TEST_F(GoText, IntegersCompareAsInt64) {
  EXPECT_EQ(condition(b.compare(b.variable("disk", b.types.integer(), 50), Op::Gt, b.constant(0))),
            "gt (int64 .disk) 0");
}

TEST_F(GoText, NumbersCompareAsFloats) {
  EXPECT_EQ(condition(b.compare(b.variable("ratio", b.types.number(), 0.5), Op::Le, b.constant(2))),
            "le .ratio 2.0");
}

TEST_F(GoText, TextComparesWithItsLiteral) {
  EXPECT_EQ(
      condition(b.not_equal(b.variable("key", b.types.string(), ""), b.constant("a\"\\\n\x7f"))),
      R"(ne .key "a\"\\\n\x7f")");
}

TEST_F(GoText, EmptinessIsALengthOfZero) {
  const auto names = b.variable("names", b.list_of(b.types.string()), List());
  EXPECT_EQ(condition(b.not_empty(names)), "ne (len .names) 0");
}

TEST_F(GoText, PresenceAsksForEachStepThatMayBeMissing) {
  const auto inner = b.record_type({{.name = "issuer", .type = b.types.string(), .required = true},
                                    {.name = "groups", .type = b.types.string()}});
  const auto oidc = b.optional("oidc", inner);
  EXPECT_EQ(condition(b.has(oidc)), R"(hasKey $ "oidc")");
  EXPECT_EQ(condition(b.has(b.member(oidc, "groups"))),
            R"(and (hasKey $ "oidc") (hasKey $.oidc "groups"))");
  EXPECT_EQ(condition(b.has(b.member(oidc, "issuer"))), R"(hasKey $ "oidc")");
  EXPECT_EQ(condition(b.both(b.has(b.member(oidc, "groups")), b.has(b.member(oidc, "issuer")))),
            R"(and (hasKey $ "oidc") (hasKey $.oidc "groups"))");
  EXPECT_EQ(
      condition(b.has(b.builtin("cluster.network.serviceDomain"))),
      R"(and (hasKey $.builtin.cluster "network") (hasKey $.builtin.cluster.network "serviceDomain"))");
}

TEST_F(GoText, AlternativesOfOneValueAreOneComparison) {
  const auto mode = b.variable("mode", b.choice({"a", "b", "c"}), "a");
  EXPECT_EQ(condition(b.either(b.equal(mode, b.constant("a")), b.equal(mode, b.constant("b")))),
            R"(eq .mode "a" "b")");
  EXPECT_EQ(condition(b.both(b.negation(b.equal(mode, b.constant("a"))),
                             b.variable("on", b.types.boolean(), true))),
            R"(and (ne .mode "a") .on)");
}

TEST_F(GoText, FunctionsTakeTheirArgumentsInSprigsOrder) {
  const auto name = b.variable("name", b.types.string(), "");
  const auto names = b.variable("names", b.list_of(b.types.string()), List());
  const auto ports = b.variable("ports", b.list_of(b.types.integer()), List());
  const auto flag = b.types.boolean();
  EXPECT_EQ(condition(b.call(ir::Function::StartsWith, {name, b.constant("a")}, flag)),
            R"(hasPrefix "a" .name)");
  EXPECT_EQ(condition(b.call(ir::Function::EndsWith, {name, b.constant("a")}, flag)),
            R"(hasSuffix "a" .name)");
  EXPECT_EQ(condition(b.call(ir::Function::Contains, {name, b.constant("a")}, flag)),
            R"(contains "a" .name)");
  EXPECT_EQ(condition(b.call(ir::Function::Contains, {names, b.constant("a")}, flag)),
            R"(has "a" .names)");
  EXPECT_EQ(condition(b.call(ir::Function::Contains, {ports, b.constant(80)}, flag)),
            "has 80.0 .ports");
  EXPECT_EQ(condition(b.call(ir::Function::Contains,
                             {b.list({{b.constant("a")}, {b.constant("b")}}), name}, flag)),
            R"(eq .name "a" "b")");
}

TEST_F(GoText, TextIsQuotedAndConcatenatedByPrintf) {
  const auto name = b.variable("name", b.types.string(), "");
  EXPECT_EQ(value(name), "{{ .name | quote }}");
  EXPECT_EQ(
      value(b.concat({b.constant("100%-"), name, b.constant("-"), b.builtin("controlPlane.version"),
                      b.constant("/"), b.variable("n", b.types.integer(), 1),
                      b.variable("f", b.types.boolean(), true)})),
      R"({{ printf "100%%-%s-%s/%d%t" .name .builtin.controlPlane.version (int64 .n) .f | quote }})");
}

TEST_F(GoText, ChoicesInTextBecomeChoicesBetweenTexts) {
  const auto name = b.variable("name", b.types.string(), "");
  const auto add = b.variable("add", b.types.boolean(), true);
  const auto suffix = b.conditional(
      add, b.concat({b.constant("-"), b.builtin("controlPlane.version")}), b.constant(""));
  EXPECT_EQ(
      value(b.concat({name, suffix})),
      R"({{ if .add }}{{ printf "%s-%s" .name .builtin.controlPlane.version | quote }}{{ else }}{{ .name | quote }}{{ end }})");
}

TEST_F(GoText, ConditionsWithChoicesStopWhereTheyAreDecided) {
  const auto inner = b.record_type({{.name = "n", .type = b.types.integer(), .required = true}});
  const auto opt = b.optional("opt", inner);
  const auto number = b.conditional(b.has(opt), b.member(opt, "n"), b.constant(7));
  EXPECT_EQ(
      condition(b.compare(number, Op::Gt, b.constant(3))),
      R"(or (and (hasKey $ "opt") (gt (int64 .opt.n) 3)) (and (not (hasKey $ "opt")) (gt 7 3)))");
}

TEST_F(GoText, ArithmeticUsesInteger64Functions) {
  const auto n = b.variable("n", b.types.integer(), 1);
  EXPECT_EQ(value(b.arithmetic(b.arithmetic(n, ir::Arithmetic::Op::Mul, b.constant(1024)),
                               ir::Arithmetic::Op::Add, n)),
            "{{ add (mul .n 1024) .n }}");
}

TEST_F(GoText, RecordsAreBlocksAndListsAreOnOneLine) {
  const auto ids = b.variable("ids", b.list_of(b.types.string()), List());
  const auto id = b.local("id", b.types.string());
  const auto disk = b.variable("disk", b.types.integer(), 0);
  const auto spec = b.record({
      {"sizeGiB", disk},
      {"storage", b.record({{"type", b.constant("Volume")},
                            {"yes", b.constant("on"), b.variable("x", b.types.boolean(), true)}})},
      {"groups", b.each(ids, id, b.record({{"id", id}, {"disk", disk}}))},
      {"provider-id", b.constant("openstack:///{{ instance_id }}")},
  });
  EXPECT_EQ(value(spec), R"(sizeGiB: {{ int64 .disk }}
storage:
  type: Volume
  {{- if .x }}
  "yes": "on"
  {{- end }}
groups: [{{ range $id := .ids }}{ id: {{ $id | quote }}, disk: {{ int64 $.disk }}, }, {{ end }}]
provider-id: {{ "openstack:///{{ instance_id }}" | quote }})");
}

TEST_F(GoText, WholeVariablesAreWrittenScalarByScalar) {
  const auto device = b.record_type({{.name = "name", .type = b.types.string(), .required = true},
                                     {.name = "boot-index", .type = b.types.integer()},
                                     {.name = "tags",
                                      .type = b.types.map_of(b.types.string()),
                                      .default_value = Value(Record())}});
  EXPECT_EQ(
      value(b.record({{"d", b.variable("devices", b.list_of(device), List())}})),
      R"(d: [{{ range $item := .devices }}{ name: {{ $item.name | quote }}, )"
      R"({{ if hasKey $item "boot-index" }}boot-index: {{ int64 (index $item "boot-index") }}, {{ end }})"
      R"(tags: { {{ range $key, $value := $item.tags }}? {{ $key | quote }} : {{ $value | quote }}, {{ end }}}, }, {{ end }}])");
}

// Checked against sprig and sigs.k8s.io/yaml: DEL, U+FEFF and the like come through.
TEST_F(GoText, FreeFormValuesAreEscapedCharacterByCharacter) {
  const auto ports = b.types.add({.kind = types::Kind::IntOrString});
  EXPECT_EQ(
      value(b.record({{"any", b.variable("any", b.types.any(), Record())},
                      {"port", b.variable("port", ports, 80)}})),
      R"(any: {{ range splitList "" (toJson .any) }}{{ if regexMatch "^[ -~]$" . }}{{ . }}{{ else }})"
      R"({{ printf "%+q" . | trimAll "\"" }}{{ end }}{{ end }}
port: {{ if kindIs "string" .port }}{{ .port | quote }}{{ else }}{{ int64 .port }}{{ end }})");
}

TEST_F(GoText, ComprehensionsOverWrittenListsAreUnrolled) {
  const auto n = b.local("n", b.types.string());
  const auto name = b.variable("name", b.types.string(), "");
  EXPECT_EQ(value(b.each(b.list({{b.constant("a")}, {name}}), n, b.concat({n, b.constant("!")}))),
            R"(["a!", {{ printf "%s!" .name | quote }}, ])");
}

TEST_F(GoText, NestedLoopsDoNotShadowNames) {
  const auto outer_list = b.variable("rows", b.list_of(b.list_of(b.types.string())), List());
  const auto row = b.local("x", b.list_of(b.types.string()));
  const auto cell = b.local("x", b.types.string());
  EXPECT_EQ(
      value(b.each(outer_list, row, b.each(row, cell, cell))),
      "[{{ range $x := .rows }}[{{ range $x2 := $x }}{{ $x2 | quote }}, {{ end }}], {{ end }}]");
}

TEST_F(GoText, WhatTemplatesCannotComputeIsFound) {
  const auto names = b.variable("names", b.list_of(b.types.string()), List());
  const auto name = b.local("name", b.types.string());
  const auto filtered = b.each(names, name, name, b.not_equal(name, b.constant("")));
  const auto size = b.call(ir::Function::Size, {filtered}, b.types.integer());
  EXPECT_EQ(find_inexpressible(normalize(b.record({{"n", size}}), conditions)), size);
}

}  // namespace
}  // namespace stackc::lower
