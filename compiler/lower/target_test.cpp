#include "compiler/lower/target.h"

#include <gtest/gtest.h>

#include "compiler/lower/lower.h"
#include "compiler/testing/ir_builder.h"

namespace stackc::lower {
namespace {

struct Target : ::testing::Test {
  testing::IrBuilder b;
  diag::Sink sink;

  /// Base of the only template and the paths and values of its operations, for v1beta2.
  std::string adapted(ir::ExprRef spec) {
    b.add_template(ir::Role::Bootstrap, spec, nullptr, "w");
    b.stack.target.cluster_api = "v1beta2";
    const ir::Stack stack = adapt_to_target(b.stack, b.exprs, sink);
    const auto objects = lower_class(stack, b.exprs, "c", sink).objects;
    std::string text =
        to_json(objects[1].manifest)
            .substr(std::string(R"({"apiVersion":"bootstrap.cluster.x-k8s.io/v1beta1",)").size());
    text = text.substr(text.find(R"("spec":)"));
    const Value* patches =
        objects[0].manifest.if_record()->find("spec")->if_record()->find("patches");
    for (const Value& patch : patches ? *patches->if_list() : List()) {
      const Record& record = *patch.if_record();
      text += "\n" + (record.find("enabledIf") ? *record.find("enabledIf")->if_string() + " " : "");
      text +=
          to_json(*record.find("definitions")->if_list()->at(0).if_record()->find("jsonPatches"));
    }
    return text;
  }

  ir::ExprRef arguments(ir::ExprRef value) {
    return b.record({{"joinConfiguration",
                      b.record({{"nodeRegistration", b.record({{"kubeletExtraArgs", value}})}})}});
  }
};

TEST_F(Target, ArgumentsBecomeAListWithTheConstantOnesFirst) {
  const auto level = b.variable("level", b.types.string(), "2");
  const auto on = b.variable("on", b.types.boolean(), true);
  EXPECT_EQ(
      adapted(arguments(b.record(
          {{"v", level}, {"cloud-provider", b.constant("external")}, {"a", b.constant("b"), on}}))),
      R"("spec":{"template":{"spec":{"joinConfiguration":{"nodeRegistration":{"kubeletExtraArgs":[{"name":"cloud-provider","value":"external"}]}}}}}})"
      "\n"
      R"([{"op":"add","path":"/spec/template/spec/joinConfiguration/nodeRegistration/kubeletExtraArgs/-","valueFrom":{"template":"name: v\nvalue: {{ .level | quote }}"}}])"
      "\n"
      R"({{ .on }} [{"op":"add","path":"/spec/template/spec/joinConfiguration/nodeRegistration/kubeletExtraArgs/-","value":{"name":"a","value":"b"}}])");
}

TEST_F(Target, AMapFromAVariableIsWalkedUnlessItIsEmpty) {
  const auto extra = b.variable("extra", b.types.map_of(b.types.string()), Record());
  EXPECT_EQ(
      adapted(arguments(extra)),
      R"("spec":{"template":{"spec":{"format":"cloud-config"}}}})"
      "\n"
      R"({{ ne (len .extra) 0 }} [{"op":"add","path":"/spec/template/spec/joinConfiguration","valueFrom":{"template":"nodeRegistration:\n  kubeletExtraArgs: [{{ range $name, $value := .extra }}{ name: {{ $name | quote }}, value: {{ $value | quote }}, }, {{ end }}]"}}])");
}

TEST_F(Target, EachBranchOfAChoiceIsAdapted) {
  const auto on = b.variable("on", b.types.boolean(), true);
  const auto one = b.record({{"a", b.constant("1")}});
  const auto spec = b.record(
      {{"k", b.constant("v")},
       {"clusterConfiguration",
        b.record({{"scheduler",
                   b.conditional(on, b.record({{"extraArgs", one}}),
                                 b.record({{"extraArgs", one}, {"x", b.constant("y")}}))}})}});
  EXPECT_EQ(
      adapted(spec),
      R"("spec":{"template":{"spec":{"k":"v"}}}})"
      "\n"
      R"([{"op":"add","path":"/spec/template/spec/clusterConfiguration","valueFrom":{"template":"scheduler: {{ if .on }}{ extraArgs: [{ name: a, value: \"1\" }] }{{ else }}{ extraArgs: [{ name: a, value: \"1\" }], x: \"y\" }{{ end }}"}}])");
}

TEST_F(Target, NothingEmptyIsLeft) {
  const auto no_record = b.node(ir::Constant{Record()}, b.types.map_of(b.types.string()));
  const auto no_users = b.node(ir::Constant{List()}, b.types.list_of(b.types.string()));
  const auto sans = b.variable("sans", b.types.list_of(b.types.string()), List());
  EXPECT_EQ(
      adapted(b.record(
          {{"joinConfiguration", no_record},
           {"users", no_users},
           {"clusterConfiguration",
            b.record({{"etcd", b.record({})}, {"apiServer", b.record({{"certSANs", sans}})}})}})),
      R"("spec":{"template":{"spec":{"format":"cloud-config"}}}})"
      "\n"
      R"({{ ne (len .sans) 0 }} [{"op":"add","path":"/spec/template/spec/clusterConfiguration","valueFrom":{"template":"apiServer:\n  certSANs: [{{ range $item := .sans }}{{ $item | quote }}, {{ end }}]"}}])");
}

TEST_F(Target, V1beta1StaysAsItIs) {
  b.add_template(ir::Role::Bootstrap, arguments(b.record({{"a", b.constant("b")}})), nullptr, "w");
  EXPECT_EQ(adapt_to_target(b.stack, b.exprs, sink).templates[0].spec, b.stack.templates[0].spec);
}

TEST_F(Target, FieldsThatAreGoneAreReported) {
  adapted(b.record(
      {{"clusterConfiguration",
        b.record({{"apiServer", b.record({{"timeoutForControlPlane", b.constant("5m")}})}})}}));
  ASSERT_EQ(sink.sorted().size(), 1U);
  EXPECT_EQ(sink.sorted()[0].message,
            "`clusterConfiguration.apiServer.timeoutForControlPlane` does not exist in Cluster API "
            "`v1beta2`: leave it out, or target `v1beta1`");
}

}  // namespace
}  // namespace stackc::lower
