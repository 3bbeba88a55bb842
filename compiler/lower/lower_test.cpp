#include "compiler/lower/lower.h"

#include <gtest/gtest.h>

#include "compiler/lower/patches.h"
#include "compiler/testing/ir_builder.h"

namespace stackc::lower {
namespace {

using Op = ir::Compare::Op;
using ir::Role;

/// Objects and patches as JSON, so that whole values show in a failure.
struct Lower : ::testing::Test {
  testing::IrBuilder b;
  diag::Sink sink;

  std::vector<std::string> messages() {
    std::vector<std::string> texts;
    for (const auto& report : sink.sorted())
      texts.push_back(std::string(report.id) + ": " + report.message);
    return texts;
  }

  const Value& part(const Value& value, std::initializer_list<const char*> path) {
    const Value* at = &value;
    for (const char* name : path) at = at->if_record()->find(name);
    return *at;
  }

  /// The base of the only template, then one line for each operation:
  /// `patch [condition] op path = value`.
  std::string result() {
    const auto objects = lower_class(b.stack, b.exprs, "class-v1", sink).objects;
    std::string text;
    for (std::size_t i = 1; i < objects.size(); ++i) {
      text += to_json(part(objects[i].manifest, {"spec", "template", "spec"})) + "\n";
    }
    const Value* patches =
        objects[0].manifest.if_record()->find("spec")->if_record()->find("patches");
    for (const Value& patch : patches ? *patches->if_list() : List())
      text += lines(*patch.if_record());
    return text;
  }

  std::string lines(const Record& patch) {
    std::string text;
    const Value* condition = patch.find("enabledIf");
    for (const Value& definition : *patch.find("definitions")->if_list()) {
      for (const Value& operation : *part(definition, {"jsonPatches"}).if_list()) {
        const Record& json = *operation.if_record();
        text += *patch.find("name")->if_string() +
                (condition ? " [" + *condition->if_string() + "]" : "") + " " +
                *json.find("op")->if_string() + " " + *json.find("path")->if_string() + " = ";
        if (const Value* constant = json.find("value")) text += to_json(*constant);
        if (const Value* from = json.find("valueFrom")) {
          const auto& field = *from->if_record()->begin();
          text += field.name + " " + *field.value.if_string();
        }
        if (*json.find("op") == Value("remove")) text += "@";
        text += "\n";
      }
    }
    return text;
  }
};

TEST_F(Lower, ConstantsStandInTheBase) {
  b.add_template(Role::InfrastructureCluster,
                 b.record({{"a", b.constant(1)}, {"b", b.record({{"c", b.constant("x")}})}}));
  EXPECT_EQ(result(), R"({"a":1,"b":{"c":"x"}})"
                      "\n");
}

TEST_F(Lower, APlainReferenceIsAVariablePatch) {
  const auto type = b.record_type({{.name = "id", .type = b.types.string(), .required = true},
                                   {.name = "a.b", .type = b.types.string(), .required = true}});
  const auto ref = b.required("ref", type);
  b.add_template(Role::InfrastructureCluster,
                 b.record({{"k", b.constant("v")},
                           {"flavor", b.variable("flavor", b.types.string(), "x")},
                           {"id", b.member(ref, "id")},
                           {"odd", b.member(ref, "a.b")},
                           {"cluster", b.builtin("cluster.name")},
                           {"label", b.builtin("cluster.metadata.labels.x")}}));
  EXPECT_EQ(result(), R"({"k":"v"}
flavor add /spec/template/spec/flavor = variable flavor
ref add /spec/template/spec/id = variable ref.id
ref add /spec/template/spec/odd = template {{ (index .ref "a.b") | quote }}
cluster add /spec/template/spec/cluster = variable builtin.cluster.name
label add /spec/template/spec/label = template {{ .builtin.cluster.metadata.labels.x | quote }}
)");
}

TEST_F(Lower, AConditionOnAFieldEnablesItsPatch) {
  const auto disk = b.variable("disk", b.types.integer(), 50);
  b.add_template(Role::ControlPlaneMachine, b.record({{"k", b.constant("v")},
                                                      {"rootVolume", b.record({{"sizeGiB", disk}}),
                                                       b.compare(disk, Op::Gt, b.constant(0))}}));
  EXPECT_EQ(result(), R"({"k":"v"}
disk [{{ gt (int64 .disk) 0 }}] add /spec/template/spec/rootVolume = template sizeGiB: {{ int64 .disk }}
)");
}

TEST_F(Lower, AMatchBetweenRecordsIsOnePatchForEachArm) {
  const auto mode = b.variable("lb", b.choice({"none", "ovn", "amphora"}), "ovn");
  const auto cidrs = b.optional("cidrs", b.list_of(b.types.string()));
  b.add_template(Role::InfrastructureCluster,
                 b.record({{"k", b.constant("v")},
                           {"loadBalancer",
                            b.match(mode, {{{"none"}, b.record({{"enabled", b.constant(false)}})},
                                           {{"ovn"},
                                            b.record({{"enabled", b.constant(true)},
                                                      {"provider", b.constant("ovn")}})},
                                           {{"amphora"},
                                            b.record({{"enabled", b.constant(true)},
                                                      {"allowed", cidrs, b.has(cidrs)}})}})}}));
  EXPECT_EQ(result(), R"({"k":"v"}
lb-none [{{ eq .lb "none" }}] add /spec/template/spec/loadBalancer = {"enabled":false}
lb-ovn [{{ eq .lb "ovn" }}] add /spec/template/spec/loadBalancer = {"enabled":true,"provider":"ovn"}
lb-amphora [{{ eq .lb "amphora" }}] add /spec/template/spec/loadBalancer = template enabled: true
{{- if hasKey $ "cidrs" }}
allowed: [{{ range $item := .cidrs }}{{ $item | quote }}, {{ end }}]
{{- end }}
)");
}

TEST_F(Lower, AChoiceBetweenScalarsStaysOneTemplate) {
  const auto big = b.variable("big", b.types.boolean(), false);
  b.add_template(Role::InfrastructureCluster,
                 b.record({{"k", b.constant("v")},
                           {"flavor", b.conditional(big, b.constant("L"), b.constant("S"))}}));
  EXPECT_EQ(result(), R"({"k":"v"}
big add /spec/template/spec/flavor = template {{ if .big }}L{{ else }}S{{ end }}
)");
}

// Without constant content the parent might vanish in a round trip between API versions, so it is
// set as a whole.
TEST_F(Lower, AParentWithoutConstantContentIsSetWithItsChildren) {
  const auto type = b.record_type({{.name = "client", .type = b.types.string(), .required = true}});
  const auto oidc = b.optional("oidc", type);
  const auto sans = b.variable("sans", b.list_of(b.types.string()), List());
  const auto args = b.record({{"oidc-client-id", b.member(oidc, "client"), b.has(oidc)}});
  b.add_template(
      Role::ControlPlane,
      b.record(
          {{"k", b.constant("v")},
           {"apiServer", b.record({{"certSANs", sans, b.not_empty(sans)}, {"extraArgs", args}})}}));
  EXPECT_EQ(result(), R"({"k":"v"}
sans-oidc [{{ or (ne (len .sans) 0) (hasKey $ "oidc") }}] add /spec/template/spec/apiServer = template {{- if ne (len .sans) 0 }}
certSANs: [{{ range $item := .sans }}{{ $item | quote }}, {{ end }}]
{{- end }}
{{- if hasKey $ "oidc" }}
extraArgs:
  oidc-client-id: {{ .oidc.client | quote }}
{{- end }}
)");
}

TEST_F(Lower, AParentWithConstantContentStandsInTheBase) {
  const auto type = b.record_type({{.name = "client", .type = b.types.string(), .required = true}});
  const auto oidc = b.optional("oidc", type);
  const auto args = b.record({{"cloud-provider", b.constant("external")},
                              {"oidc-client-id", b.member(oidc, "client"), b.has(oidc)},
                              {"a/b~c", b.constant("1"), b.has(oidc)}});
  b.add_template(Role::ControlPlane, b.record({{"apiServer", b.record({{"extraArgs", args}})}}));
  EXPECT_EQ(result(), R"({"apiServer":{"extraArgs":{"cloud-provider":"external"}}}
oidc [{{ hasKey $ "oidc" }}] add /spec/template/spec/apiServer/extraArgs/oidc-client-id = variable oidc.client
oidc [{{ hasKey $ "oidc" }}] add /spec/template/spec/apiServer/extraArgs/a~1b~0c = "1"
)");
}

TEST_F(Lower, ListsKeepTheirConstantBeginningInTheBase) {
  const auto on = b.variable("on", b.types.boolean(), false);
  const auto text = b.variable("text", b.types.string(), "x");
  b.add_template(Role::ControlPlane,
                 b.record({{"files", b.list({{b.record({{"path", b.constant("/a")}})},
                                             {b.record({{"path", b.constant("/b")}}), on},
                                             {b.record({{"path", text}})}})}}));
  EXPECT_EQ(result(), R"({"files":[{"path":"/a"}]}
on [{{ .on }}] add /spec/template/spec/files/- = {"path":"/b"}
text add /spec/template/spec/files/- = template path: {{ .text | quote }}
)");
}

TEST_F(Lower, ListsWithoutConstantBeginningAreOneTemplate) {
  const auto on = b.variable("on", b.types.boolean(), false);
  b.add_template(Role::ControlPlane,
                 b.record({{"k", b.constant("v")},
                           {"commands", b.list({{b.constant("a b"), on}, {b.constant("c")}})}}));
  EXPECT_EQ(result(), R"({"k":"v"}
on add /spec/template/spec/commands = template [{{ if .on }}"a b", {{ end }}c, ]
)");
}

TEST_F(Lower, WhatIsTooLongForATemplateIsSetStepByStep) {
  const auto on = b.variable("on", b.types.boolean(), false);
  const std::string large(6000, 'x');
  b.add_template(
      Role::ControlPlane,
      b.record(
          {{"k", b.constant("v")},
           {"files", b.list({{b.constant(large), on}, {b.constant(large), b.negation(on)}})}}));
  EXPECT_EQ(result(), R"({"k":"v"}
files add /spec/template/spec/files = []
on [{{ .on }}] add /spec/template/spec/files/- = ")" +
                          large + R"("
not-on [{{ not .on }}] add /spec/template/spec/files/- = ")" +
                          large + "\"\n");
}

TEST_F(Lower, RequiredFieldsHaveAPlaceholderWhichIsReplaced) {
  const auto filter = b.record_type({{.name = "name", .type = b.types.string()}});
  const auto image = b.types.add(
      {.kind = types::Kind::Record,
       .fields = {{.name = "filter", .type = filter}, {.name = "imageRef", .type = filter}},
       .exactly_one_of = {{"filter", "imageRef"}}});
  const auto uuid = b.types.add({.kind = types::Kind::String, .format = "uuid"});
  const auto schema = b.record_type({{.name = "image", .type = image, .required = true},
                                     {.name = "flavor", .type = b.types.string(), .required = true},
                                     {.name = "id", .type = uuid, .required = true},
                                     {.name = "count", .type = b.types.integer(), .required = true},
                                     {.name = "key", .type = b.types.string()}});
  const auto orc = b.variable("orc", b.types.boolean(), false);
  const auto name = b.concat({b.variable("image", b.types.string(), "ubuntu"), b.constant("-"),
                              b.builtin("controlPlane.version")});
  const auto named = b.record({{"name", name}});
  b.add_template(Role::ControlPlaneMachine,
                 b.record({{"image", b.conditional(orc, b.record({{"imageRef", named}}),
                                                   b.record({{"filter", named}}))},
                           {"flavor", b.required("flavor", b.types.string())},
                           {"id", b.required("id", uuid)},
                           {"count", b.variable("count", b.types.integer(), 0)},
                           {"key", b.required("key", b.types.string())}}),
                 schema);
  EXPECT_EQ(result(),
            R"({"image":{"filter":{"name":"ubuntu-set-by-patch"}},"flavor":"set-by-patch",)"
            R"("id":"00000000-0000-0000-0000-000000000000","count":0}
orc [{{ .orc }}] replace /spec/template/spec/image = template imageRef:
  name: {{ printf "%s-%s" .image .builtin.controlPlane.version | quote }}
not-orc [{{ not .orc }}] replace /spec/template/spec/image = template filter:
  name: {{ printf "%s-%s" .image .builtin.controlPlane.version | quote }}
flavor replace /spec/template/spec/flavor = variable flavor
id replace /spec/template/spec/id = variable id
count add /spec/template/spec/count = variable count
key add /spec/template/spec/key = variable key
)");
}

TEST_F(Lower, APlaceholderThatNothingReplacesIsRemoved) {
  const auto mode = b.variable("mode", b.choice({"a", "b", "c"}), "a");
  const auto size = b.record_type({{.name = "size", .type = b.types.string(), .required = true},
                                   {.name = "every", .type = b.types.string(), .required = true}});
  const auto is = [&](const char* value) { return b.equal(mode, b.constant(value)); };
  b.add_template(Role::ControlPlaneMachine,
                 b.record({{"k", b.constant("v")},
                           {"size", b.constant("S"), is("a")},
                           {"size", b.constant("M"), is("b")},
                           {"every", b.constant("1"), is("a")},
                           {"every", b.constant("2"), b.either(is("b"), is("c"))}}),
                 size);
  EXPECT_EQ(result(), R"({"k":"v","size":"S","every":"1"}
mode-a [{{ eq .mode "a" }}] replace /spec/template/spec/size = "S"
mode-a [{{ eq .mode "a" }}] replace /spec/template/spec/every = "1"
mode-b [{{ eq .mode "b" }}] replace /spec/template/spec/size = "M"
not-mode [{{ not (eq .mode "a" "b") }}] remove /spec/template/spec/size = @
mode [{{ eq .mode "b" "c" }}] replace /spec/template/spec/every = "2"
)");
}

TEST_F(Lower, APlaceholderHasTheNestedDefaultsAndRequiredFields) {
  const auto type =
      b.record_type({{.name = "name", .type = b.types.string(), .default_value = Value("cloud")},
                     {.name = "region", .type = b.types.string()}});
  const auto provider =
      b.record_type({{.name = "name", .type = b.types.string(), .required = true},
                     {.name = "cloudName", .type = b.types.string(), .required = true}});
  const auto schema = b.record_type({{.name = "identityRef", .type = provider, .required = true}});
  b.add_template(Role::InfrastructureCluster,
                 b.record({{"identityRef", b.variable("identity", type, Record())}}), schema);
  EXPECT_EQ(result(), R"({"identityRef":{"name":"cloud","cloudName":"set-by-patch"}}
identity replace /spec/template/spec/identityRef = variable identity
)");
}

// A placeholder for one of the fields would stay when the other is set.
TEST_F(Lower, ARecordOfWhichOneFieldIsGivenAtATimeIsSetAsAWhole) {
  const auto schema = b.types.add({.kind = types::Kind::Record,
                                   .fields = {{.name = "k", .type = b.types.string()},
                                              {.name = "id", .type = b.types.string()},
                                              {.name = "name", .type = b.types.string()}},
                                   .exactly_one_of = {{"id", "name"}}});
  const auto on = b.variable("on", b.types.boolean(), false);
  b.add_template(Role::ControlPlaneMachine,
                 b.record({{"k", b.constant("v")},
                           {"id", b.constant("i"), on},
                           {"name", b.constant("n"), b.negation(on)}}),
                 schema);
  EXPECT_EQ(result(), R"({"k":"v","name":"n"}
on replace /spec/template/spec = template k: v
{{- if .on }}
id: i
{{- end }}
{{- if not .on }}
name: "n"
{{- end }}
)");
}

TEST_F(Lower, ANumericKeyIsSetWithItsParent) {
  b.add_template(
      Role::ControlPlane,
      b.record({{"k", b.constant("v")},
                {"ports", b.record({{"http", b.constant("x")},
                                    {"8080", b.variable("n", b.types.string(), "")}})}}));
  EXPECT_EQ(result(), R"({"k":"v"}
n add /spec/template/spec/ports = template http: x
"8080": {{ .n | quote }}
)");
}

TEST_F(Lower, AConditionThatIsTooLongMovesIntoTheTemplateOfTheParent) {
  std::vector<ir::ExprRef> flags;
  ir::ExprRef all = b.variable("aLongNameForAFlag0", b.types.boolean(), false);
  for (int i = 1; i < 20; ++i)
    all =
        b.both(all, b.variable("aLongNameForAFlag" + std::to_string(i), b.types.boolean(), false));
  b.add_template(
      Role::ControlPlane,
      b.record({{"k", b.constant("v")},
                {"inner", b.record({{"c", b.constant("d")}, {"x", b.constant("y"), all}})}}));
  const std::string text = result();
  EXPECT_TRUE(text.starts_with("{\"k\":\"v\"}\n")) << text;
  EXPECT_NE(
      text.find(
          " add /spec/template/spec/inner = template c: d\n{{- if and .aLongNameForAFlag0 .aLong"),
      std::string::npos)
      << text;
  EXPECT_TRUE(messages().empty());
}

TEST_F(Lower, WhatDoesNotFitIsReported) {
  const std::string large(11000, 'x');
  b.add_template(
      Role::ControlPlane,
      b.record({{"k", b.constant("v")},
                {"t", b.concat({b.constant(large), b.variable("n", b.types.string(), "")})}}));
  result();
  EXPECT_EQ(messages(),
            std::vector<std::string>{
                "lower/template-too-long: this value needs a template of 11028 characters in "
                "the ClusterClass, at most 10240 are allowed"});
}

TEST_F(Lower, TheSameOperationOnSeveralTemplatesIsWrittenOnce) {
  const auto key = b.variable("key", b.types.string(), "");
  const auto spec = [&] {
    return b.record({{"k", b.constant("v")}, {"sshKey", key, b.not_equal(key, b.constant(""))}});
  };
  b.add_template(Role::ControlPlaneMachine, spec());
  b.add_template(Role::Machine, spec(), nullptr, "small");
  b.add_template(Role::Machine, spec(), nullptr, "large");
  const auto objects = lower_class(b.stack, b.exprs, "class-v1", sink).objects;
  EXPECT_EQ(
      to_json(part(objects[0].manifest, {"spec", "patches"})),
      R"([{"name":"key","description":"Sets sshKey in OpenStackMachineTemplate of control-plane, small, large.",)"
      R"("enabledIf":"{{ ne .key \"\" }}","definitions":[{"selector":{"apiVersion":"infrastructure.cluster.x-k8s.io/v1beta1",)"
      R"("kind":"OpenStackMachineTemplate","matchResources":{"controlPlane":true,"machineDeploymentClass":{"names":["small","large"]}}},)"
      R"("jsonPatches":[{"op":"add","path":"/spec/template/spec/sshKey","valueFrom":{"variable":"key"}}]}]}])");
}

TEST_F(Lower, OperationsThatTouchOnePlaceKeepTheirOrder) {
  const auto x = b.variable("x", b.types.boolean(), false);
  const auto y = b.variable("y", b.types.boolean(), false);
  b.add_template(Role::ControlPlane, b.record({{"list", b.list({{b.constant("0")},
                                                                {b.constant("1"), x},
                                                                {b.constant("2"), y},
                                                                {b.constant("3"), x}})},
                                               {"other", b.constant("o"), x}}));
  EXPECT_EQ(result(), R"({"list":["0"]}
x [{{ .x }}] add /spec/template/spec/list/- = "1"
x [{{ .x }}] add /spec/template/spec/other = "o"
y [{{ .y }}] add /spec/template/spec/list/- = "2"
x-control-plane [{{ .x }}] add /spec/template/spec/list/- = "3"
)");
}

TEST_F(Lower, APatchHasAHundredOperationsAtMost) {
  const auto x = b.variable("x", b.types.boolean(), false);
  std::vector<testing::IrBuilder::Entry> entries = {{"k", b.constant("v")}};
  for (int i = 0; i < 101; ++i) entries.push_back({"f" + std::to_string(i), b.constant(i), x});
  b.add_template(Role::ControlPlane, b.record(entries));
  const auto objects = lower_class(b.stack, b.exprs, "class-v1", sink).objects;
  std::vector<std::size_t> sizes;
  for (const Value& patch : *part(objects[0].manifest, {"spec", "patches"}).if_list()) {
    sizes.push_back(
        part(part(patch, {"definitions"}).if_list()->at(0), {"jsonPatches"}).if_list()->size());
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{100, 1}));
}

TEST_F(Lower, AWorkerClassMustNotBeNamedAsTheControlPlane) {
  b.add_template(Role::Bootstrap, b.record({{"a", b.constant(1)}}), nullptr, "control-plane");
  result();
  EXPECT_EQ(messages(),
            std::vector<std::string>{
                "lower/reserved-worker-class: no worker class can be named `control-plane`: its "
                "templates would have the name of another template of the class"});
}

TEST_F(Lower, TheClassNamesItsTemplatesInTheFormOfTheTarget) {
  b.add_template(Role::InfrastructureCluster, b.record({{"a", b.constant(1)}}));
  b.add_template(Role::ControlPlane, b.record({{"a", b.constant(1)}}));
  b.add_template(Role::ControlPlaneMachine, b.record({{"a", b.constant(1)}}));
  b.add_template(Role::Bootstrap, b.record({{"a", b.constant(1)}}), nullptr, "w");
  b.add_template(Role::Machine, b.record({{"a", b.constant(1)}}), nullptr, "w");
  const auto objects = lower_class(b.stack, b.exprs, "os-v0-sha.abc", sink).objects;
  std::vector<std::string> files;
  for (const auto& object : objects)
    files.push_back(object.file + " " + *part(object.manifest, {"metadata", "name"}).if_string());
  EXPECT_EQ(
      files,
      (std::vector<std::string>{
          "cluster-class.yaml os-v0-sha.abc", "infrastructure-cluster.yaml os-v0-sha.abc-cluster",
          "control-plane.yaml os-v0-sha.abc-control-plane",
          "control-plane-machine.yaml os-v0-sha.abc-control-plane",
          "worker-w-bootstrap.yaml os-v0-sha.abc-w", "worker-w-machine.yaml os-v0-sha.abc-w"}));
  const std::string machine =
      R"("apiVersion":"infrastructure.cluster.x-k8s.io/v1beta1","kind":"OpenStackMachineTemplate")";
  EXPECT_EQ(
      to_json(part(objects[0].manifest, {"spec", "workers"})),
      R"({"machineDeployments":[{"class":"w","template":{"bootstrap":{"ref":{"apiVersion":"bootstrap.cluster.x-k8s.io/v1beta1",)"
      R"("kind":"KubeadmConfigTemplate","name":"os-v0-sha.abc-w"}},"infrastructure":{"ref":{)" +
          machine + R"(,"name":"os-v0-sha.abc-w"}}}}]})");

  b.stack.target.cluster_api = "v1beta2";
  const auto newer = lower_class(b.stack, b.exprs, "os-v0-sha.abc", sink).objects;
  EXPECT_EQ(to_json(part(newer[0].manifest, {"spec", "controlPlane", "machineInfrastructure"})),
            R"({"templateRef":{)" + machine + R"(,"name":"os-v0-sha.abc-control-plane"}})");
  EXPECT_NE(to_json(newer[0].manifest).find(R"([{"class":"w","bootstrap":{"templateRef":)"),
            std::string::npos);
}

TEST_F(Lower, ARenamedClassIsTheClassOfThatName) {
  b.add_template(Role::ControlPlane, b.record({{"a", b.constant(1)}}));
  b.add_template(Role::ControlPlaneMachine, b.record({{"a", b.constant(1)}}));
  b.add_template(Role::Bootstrap, b.record({{"a", b.constant(1)}}), nullptr, "w");
  b.add_template(Role::Machine, b.record({{"a", b.constant(1)}}), nullptr, "w");
  for (const char* target : {"v1beta1", "v1beta2"}) {
    b.stack.target.cluster_api = target;
    ClassObjects renamed = lower_class(b.stack, b.exprs, "os-v0", sink);
    rename_class(b.stack, "os-v7", renamed);
    const ClassObjects expected = lower_class(b.stack, b.exprs, "os-v7", sink);
    ASSERT_EQ(renamed.objects.size(), expected.objects.size());
    for (std::size_t i = 0; i < expected.objects.size(); ++i)
      EXPECT_EQ(to_json(renamed.objects[i].manifest), to_json(expected.objects[i].manifest));
  }
}

}  // namespace
}  // namespace stackc::lower
