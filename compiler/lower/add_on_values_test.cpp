#include "compiler/lower/add_on_values.h"

#include <gtest/gtest.h>

#include "compiler/testing/ir_builder.h"

namespace stackc::lower {
namespace {

struct AddOnValuesTest : ::testing::Test {
  testing::IrBuilder b;
  diag::Sink sink;
  ir::ExprRef cluster = b.live(b.record_type(
      {{.name = "metadata",
        .type = b.record_type({{.name = "name", .type = b.types.string(), .required = true}}),
        .required = true},
       {.name = "spec", .type = b.record_type({{.name = "host", .type = b.types.string()}})}}));
  ir::ExprRef name = b.member(b.member(cluster, "metadata"), "name");

  AddOnValues lower(ir::ExprRef values) {
    return lower_values({.name = "ccm", .values = values, .span = b.span}, "chart", b.stack,
                        b.exprs, sink);
  }
};

TEST_F(AddOnValuesTest, WhatIsKnownNeedsNoOverwrite) {
  const auto values =
      lower(b.record({{"a", b.constant(1)}, {"b", b.record({{"c", b.constant("{{ x }}")}})}}));
  EXPECT_EQ(to_json(values.known), R"({"chart":{"a":1,"b":{"c":"{{ x }}"}}})");
  EXPECT_EQ(values.overwrite, "");
}

TEST_F(AddOnValuesTest, OnlyLateValuesAndTheirParentsAreOverwritten) {
  const auto values = lower(
      b.record({{"cluster", b.record({{"name", name}, {"zone", b.constant("z")}})},
                {"args", b.list({{b.constant("--a")}, {b.concat({b.constant("--name="), name})}})},
                {"known", b.constant(true)}}));
  EXPECT_EQ(to_json(values.known), R"({"chart":{"cluster":{"zone":"z"},"known":true}})");
  EXPECT_EQ(values.overwrite, R"(values: |
  chart:
    cluster:
      name: {{ .Cluster.metadata.name | quote }}
    args: ["--a", {{ printf "--name=%s" .Cluster.metadata.name | quote }}, ]
)");
}

TEST_F(AddOnValuesTest, ParentsVanishWithTheirValues) {
  const auto host = b.member(b.member(cluster, "spec"), "host");
  const auto values =
      lower(b.record({{"a", b.constant(1)}, {"labels", b.record({{"host", host, b.has(host)}})}}));
  EXPECT_EQ(to_json(values.known), R"({"chart":{"a":1}})");
  EXPECT_EQ(values.overwrite, R"(values: |
  {{- if and (not (empty .Cluster)) (hasKey $.Cluster "spec") (hasKey $.Cluster.spec "host") }}
  chart:
    labels:
      host: {{ .Cluster.spec.host | quote }}
  {{- end }}
)");
}

TEST_F(AddOnValuesTest, VariablesAreReadFromTheCluster) {
  const auto values = lower(b.record({{"mtu", b.variable("mtu", b.types.integer(), 1500)}}));
  EXPECT_EQ(values.overwrite, R"({{- $variables := dict -}}
{{- range .Cluster.spec.topology.variables -}}{{- $_ := set $variables .name .value -}}{{- end -}}
values: |
  chart:
    mtu: {{ int64 $variables.mtu }}
)");
}

}  // namespace
}  // namespace stackc::lower
