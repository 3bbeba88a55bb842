#include "compiler/check/rules/chart_check.h"

#include <fmt/core.h>
#include <gmock/gmock.h>

#include "compiler/check/expr_builder.h"
#include "compiler/diag/sink.h"

namespace stackc::check {
namespace {

using ir::ExprRef;

constexpr source::Span here{{0}, 0, 1};

/// Values for a chart, some of them known late.
class ChartCheckTest : public testing::Test {
 public:
  std::string reports(const FileTree& files, ExprRef values) {
    FileTree chart = files;
    chart.emplace("Chart.yaml", "name: demo\nversion: 1.0.0\n");
    const auto read = schema::read_chart_values(chart, types);
    if (!read) return read.error().text;
    diag::Sink sink;
    check_chart({.name = "demo",
                 .description = {},
                 .chart = {"demo", "v1.0.0", {}},
                 .values = values,
                 .span = here},
                *read, sink);
    std::string all;
    for (const diag::Report& report : sink.sorted())
      all += fmt::format("{}: {}{}{}\n", report.id, report.message, report.hint.empty() ? "" : "; ",
                         report.hint);
    return all;
  }

  ExprRef known(const Value& value) { return build.value(value, here); }

  ExprRef record(const std::string& name, ExprRef value, ExprRef condition = nullptr) {
    return build.record({{name, here, condition, value}}, here);
  }

  /// A field of the cluster.
  ExprRef late(const std::string& name, types::TypeRef type) {
    const ExprRef cluster =
        build.node(ir::Live{ir::Live::Object::Cluster}, types.any(), ir::Stage::AddOn, here);
    return build.node(ir::Member{cluster, name}, type, ir::Stage::AddOn, here);
  }

  types::TypeStore types;
  ir::ExprStore exprs;
  ExprBuilder build{exprs, types};
};

const FileTree plain{{"values.yaml",
                      "debug: false\nreplicas: 1\nname: x\nport: ''\nlist: []\nmap: {}\n"
                      "image: {tag: v1}\n"}};

TEST_F(ChartCheckTest, TakesWhatTemplatesTake) {
  EXPECT_EQ(reports(plain, known(Record{{"debug", true},
                                        {"replicas", "25%"},
                                        {"name", Value()},
                                        {"port", 80},
                                        {"list", List{1, "x"}},
                                        {"map", List{1}},
                                        {"image", Value()}})),
            "");
}

TEST_F(ChartCheckTest, ReportsAnotherKind) {
  EXPECT_EQ(
      reports(plain, known(Record{{"debug", "false"}, {"port", 1.5}, {"image", "v2"}})),
      "chart/wrong-value: `debug` of chart `demo` takes `true` or `false`, found the text "
      "`false`; did you mean `false`?\n"
      "chart/wrong-value: `image` of chart `demo` takes a record, found the text `v2`\n"
      "chart/wrong-value: `port` of chart `demo` takes a text or an integer, found `1.5`; a text "
      "stands in double quotes\n");
}

TEST_F(ChartCheckTest, SaysHowElseAValueIsWritten) {
  const FileTree chart{{"values.yaml", "ipam: {mode: x}\nui: {enabled: false}\n"}};
  EXPECT_EQ(
      reports(chart, known(Record{{"demo", Record{{"ui", 1}}}, {"ipam.mode", "y"}, {"ui", true}})),
      "chart/unknown-value: chart `demo` has no value `demo`; the values of the chart stand "
      "in `values` without its name around them\n"
      "chart/unknown-value: chart `demo` has no value `ipam.mode`; a value in a record is "
      "written `ipam: { mode: … }`\n"
      "chart/wrong-value: `ui` of chart `demo` takes a record, found `true`; did you mean "
      "`{ enabled: true }`?\n");
}

TEST_F(ChartCheckTest, LooksIntoWhatTheChartHandsToKubernetes) {
  const FileTree chart{{"values.yaml", "extra: {}\nplaces: []\nargs: {}\n"},
                       {"templates/a.yaml",
                        "nodeSelector: {{ toYaml .Values.extra | nindent 2 }}\n"
                        "tolerations: {{ toYaml .Values.places | nindent 2 }}\n"
                        "args: {{ tpl .Values.args . }}\n"}};
  EXPECT_EQ(
      reports(chart, known(Record{{"extra", Record{{"a/b", true}}},
                                  {"places", List{Record{{"effect", "NoShedule"}}}},
                                  {"args", List{1}}})),
      "chart/wrong-value: `args` of chart `demo` takes a text, found a list\n"
      "chart/wrong-value: `extra.a/b` of chart `demo` takes a text, found `true`; did you mean "
      "`\"true\"`?\n"
      "chart/wrong-value: `places[0].effect` of chart `demo` takes one of `NoSchedule`, "
      "`PreferNoSchedule`, `NoExecute`, found the text `NoShedule`; did you mean "
      "`NoSchedule`?\n");
  EXPECT_EQ(reports(chart, known(Record{{"extra", Record{{"a/b", ""}}},
                                        {"places", List{Record{{"operator", "Exists"}}}},
                                        {"args", Record{}}})),
            "");
}

TEST_F(ChartCheckTest, ComparesWhatAPodAsksForWithWhatItMayHave) {
  const FileTree chart{{"values.yaml", "places: []\namounts: {}\n"},
                       {"templates/a.yaml",
                        "tolerations: {{ toYaml .Values.places | nindent 2 }}\n"
                        "resources: {{ toYaml .Values.amounts | nindent 2 }}\n"}};
  const auto amounts = [&](const Value& requests, const Value& limits) {
    return reports(chart, known(Record{{"amounts", Record{{"requests", Record{{"cpu", requests}}},
                                                          {"limits", Record{{"cpu", limits}}}}}}));
  };
  EXPECT_EQ(amounts("1500m", 2), "");
  EXPECT_EQ(amounts("36m", "0.036"), "");
  EXPECT_EQ(amounts("1Gi", "1024Mi"), "");
  EXPECT_EQ(amounts("2Gi", "2G"),
            "chart/wrong-value: `amounts.requests.cpu` of chart `demo` takes no more than the "
            "limit, found the text `2Gi`\n");
  EXPECT_EQ(reports(chart, known(Record{{"places", List{Record{{"effect", "NoSchedule"}}}}})),
            "chart/wrong-value: `places[0]` of chart `demo` takes a `key`, or `operator: "
            "\"Exists\"` for all, found neither\n");
  EXPECT_EQ(reports(chart, known(Record{{"places", List{Record{{"key", "a"}}}}})), "");
  EXPECT_EQ(reports(chart, known(Record{{"places", List{Record{{"operator", "Exist"}}}}})),
            "chart/wrong-value: `places[0].operator` of chart `demo` takes one of `Exists`, "
            "`Equal`, `Lt`, `Gt`, found the text `Exist`; did you mean `Exists`?\n");
}

TEST_F(ChartCheckTest, KnowsWhatIsPrintedBetweenQuotes) {
  const FileTree chart{{"templates/a.yaml",
                        "{{ if .Values.sticky }}a: {{ .Values.sticky | quote }}{{ end }}\n"
                        "b: {{ quote .Values.both }}{{ range .Values.both }}c{{ end }}\n"}};
  EXPECT_EQ(reports(chart, known(Record{{"sticky", Record{{"enabled", true}}}})),
            "chart/wrong-value: `sticky` of chart `demo` takes a text, a number, `true` or "
            "`false`, found a record\n");
  EXPECT_EQ(reports(chart, known(Record{{"sticky", true}, {"both", List{"a"}}})), "");
}

TEST_F(ChartCheckTest, TellsAMountOfAVolumeThatIsMisspelt) {
  const FileTree chart{{"values.yaml", "disks: []\nmounts: []\n"},
                       {"templates/a.yaml",
                        "volumes:\n  - hostPath: {path: /}\n    name: k8s-certs\n"
                        "{{ toYaml .Values.disks | indent 2 }}\n"
                        "volumeMounts:\n{{ toYaml .Values.mounts | indent 2 }}\n"}};
  const auto given = [&](const char* volume, const char* mount) {
    return reports(chart,
                   known(Record{{"disks", List{Record{{"name", volume}}}},
                                {"mounts", List{Record{{"name", mount}, {"mountPath", "/x"}}}}}));
  };
  EXPECT_EQ(given("clouds-yaml", "cloud-yaml"),
            "chart/wrong-value: `mounts[0].name` of chart `demo` takes the name of a volume, found "
            "the text `cloud-yaml`; did you mean `clouds-yaml`?\n");
  EXPECT_EQ(given("clouds-yaml", "clouds-yaml"), "");
  EXPECT_EQ(given("k8s-certs", "k8s-certs"), "") << "the chart has it";
  EXPECT_EQ(given("clouds-yaml", "pods-certs"),
            "chart/wrong-value: `mounts[0].name` of chart `demo` takes the name of a volume, found "
            "the text `pods-certs`\n");
  FileTree other = chart;
  other.emplace("templates/b.yaml", "volumes:\n  - name: {{ .Release.Name }}-certs\n");
  EXPECT_EQ(
      reports(other,
              known(Record{{"mounts", List{Record{{"name", "pods-certs"}, {"mountPath", "/m"}}}}})),
      "")
      << "the chart may have it";
}

TEST_F(ChartCheckTest, TellsASlipInWhatMayHoldAnything) {
  const FileTree chart{{"values.yaml", "gateway: {enabled: false, port: 1}\n"},
                       {"templates/a.yaml", "{{ toYaml .Values.gateway }}\n"}};
  EXPECT_EQ(reports(chart, known(Record{{"gateway", Record{{"enabeld", true}}}})),
            "chart/unknown-value: chart `demo` has no value `gateway.enabeld`; did you mean "
            "`enabled`?\n");
  EXPECT_EQ(reports(chart, known(Record{{"gateway", Record{{"ports", 1}, {"other", true}}}})), "");
}

TEST_F(ChartCheckTest, TellsAVolumeThatNothingMounts) {
  const FileTree chart{{"values.yaml", "extraVolumes: []\nmounts: []\nextra: ''\n"},
                       {"templates/a.yaml",
                        "volumes:\n{{ toYaml .Values.extraVolumes | indent 2 }}\n"
                        "volumeMounts:\n  - name: own\n{{ toYaml .Values.mounts | indent 2 }}\n"
                        "{{ tpl .Values.extra . }}\n"}};
  const auto given = [&](const char* volume, const char* mount, const char* extra) {
    const Record disk{{"name", volume}, {"secret", Record{{"secretName", volume}}}};
    const Record at{{"name", mount}, {"mountPath", "/m"}};
    return reports(
        chart, known(Record{{"extraVolumes", List{disk}}, {"mounts", List{at}}, {"extra", extra}}));
  };
  EXPECT_EQ(given("certificates", "own", ""),
            "stack/ignored-field: `extraVolumes[0].name` has no effect: nothing mounts this "
            "volume\n");
  EXPECT_EQ(given("certificates", "own", "volumeMounts: [{name: certificates}]"), "");
  EXPECT_EQ(given("certificates", "certificates", ""), "");
  EXPECT_EQ(given("own", "own", ""), "");
}

TEST_F(ChartCheckTest, KnowsWhatTheApiServerRefuses) {
  const FileTree chart{{"values.yaml", "amounts: {}\nplaces: []\n"},
                       {"templates/a.yaml",
                        "resources: {{ toYaml .Values.amounts | nindent 2 }}\n"
                        "tolerations: {{ toYaml .Values.places | nindent 2 }}\n"}};
  const auto given = [&](const Value& cpu, const Value& value) {
    return reports(
        chart, known(Record{{"amounts", Record{{"limits", Record{{"cpu", cpu}}}}},
                            {"places", List{Record{{"operator", "Exists"}, {"value", value}}}}}));
  };
  EXPECT_EQ(given("100mi", "true"),
            "chart/wrong-value: `amounts.limits.cpu` of chart `demo` takes a quantity such as "
            "`100m` or `2Gi`, found the text `100mi`\n"
            "chart/wrong-value: `places[0].value` of chart `demo` takes no value beside `operator: "
            "\"Exists\"`, found the text `true`\n");
  EXPECT_EQ(given("100m", ""), "");
  EXPECT_EQ(given(0.5, Value()), "");
}

TEST_F(ChartCheckTest, TellsWithWhatTheChartFails) {
  const FileTree chart{
      {"templates/a.yaml", "{{ if .Values.old }}{{ fail \"old is gone, use new\" }}{{ end }}"}};
  EXPECT_EQ(reports(chart, known(Record{{"old", true}})),
            "chart/refused-value: chart `demo` refuses `old`: old is gone, use new\n");
  EXPECT_EQ(reports(chart, known(Record{{"old", false}})), "");
  EXPECT_EQ(reports(chart, record("old", late("paused", types.boolean()))), "");
}

TEST_F(ChartCheckTest, LooksIntoEachBranch) {
  const ExprRef condition = late("paused", types.boolean());
  const ExprRef values = build.record(
      {{"name", here, nullptr, build.conditional(condition, known("x"), known(true), here)},
       {"nmae", here, condition, known("x")}},
      here);
  EXPECT_EQ(reports(plain, values),
            "chart/unknown-value: chart `demo` has no value `nmae`; did you mean `name`?\n"
            "chart/wrong-value: `name` of chart `demo` takes a text, found `true`; did you mean "
            "`\"true\"`?\n");
}

TEST_F(ChartCheckTest, TakesLateValuesByTheirType) {
  EXPECT_EQ(reports(plain, record("name", late("name", types.string()))), "");
  EXPECT_EQ(reports(plain, record("name", late("anything", types.any()))), "");
  EXPECT_EQ(reports(plain, record("debug", late("name", types.string()))),
            "chart/wrong-value: `debug` of chart `demo` takes `true` or `false`, found a value of "
            "type `String`\n");
}

const FileTree with_schema{
    {"values.schema.json",
     R"({"required": ["mode"], "properties": {"mode": {"enum": ["a", "b"]}, "size": {"type": "integer"},
         "name": {"type": "string", "minLength": 5}}})"}};

TEST_F(ChartCheckTest, ComparesEachBranchWithTheSchema) {
  const ExprRef condition = late("paused", types.boolean());
  const auto mode = [&](const char* then, const char* otherwise) {
    return record("mode", build.conditional(condition, known(then), known(otherwise), here));
  };
  EXPECT_EQ(reports(with_schema, mode("a", "b")), "");
  EXPECT_EQ(reports(with_schema, mode("a", "c")),
            "chart/refused-value: chart `demo` refuses `mode`: must be `a` or `b`\n");
  EXPECT_EQ(reports(with_schema, record("mode", known("a"), condition)),
            "chart/refused-value: chart `demo` refuses these values: missing required property "
            "`mode`\n");
}

TEST_F(ChartCheckTest, AsksNoMoreOfALateValueThanItsKind) {
  const auto values = [&](ExprRef mode, ExprRef name, ExprRef size) {
    return build.record({{"mode", here, nullptr, mode},
                         {"name", here, nullptr, name},
                         {"size", here, nullptr, size}},
                        here);
  };
  const ExprRef text = late("name", types.string());
  const ExprRef unknown = late("anything", types.any());
  EXPECT_EQ(reports(with_schema, values(text, text, unknown)), "");
  EXPECT_EQ(reports(with_schema, values(unknown, unknown, text)),
            "chart/refused-value: chart `demo` refuses `size`: must be an integer\n");
}

TEST_F(ChartCheckTest, ComparesWithPatternsWhatIsKnown) {
  const FileTree files{{"values.schema.json",
                        R"({"properties": {"tag": {"type": "string", "pattern": "^v[0-9]+$"},
           "mode": {"anyOf": [{"type": "object"}, {"type": "string", "pattern": "^(on|off)$"}]}}})"}};
  const ExprRef text = late("name", types.string());
  EXPECT_EQ(reports(files, known(Record{{"tag", "v1"}, {"mode", "on"}})), "");
  EXPECT_EQ(reports(files, record("tag", text)), "");
  EXPECT_EQ(reports(files, record("mode", text)), "");
  EXPECT_EQ(reports(files, record("tag", known("1"))),
            "chart/refused-value: chart `demo` refuses `tag`: must match `^v[0-9]+$`\n");
}

TEST_F(ChartCheckTest, ReportsAnotherChart) {
  diag::Sink sink;
  const FileTree files{{"Chart.yaml", "name: other\nversion: 1.0.1\n"}};
  check_chart({.name = "demo",
               .description = {},
               .chart = {"demo", "1.0.0", {}},
               .values = known(Record{{"x", 1}}),
               .span = here},
              *schema::read_chart_values(files, types), sink);
  ASSERT_EQ(sink.sorted().size(), 1U);
  EXPECT_EQ(sink.sorted()[0].message, "the archive of chart `demo 1.0.0` holds `other 1.0.1`");
}

const FileTree pods{{"values.yaml", "volumes: []\nmounts: []\nimage: {pullPolicy: IfNotPresent}\n"},
                    {"templates/x.yaml",
                     "kind: Deployment\nvolumes:\n{{ toYaml .Values.volumes | indent 2 }}\n"
                     "volumeMounts:\n{{ toYaml .Values.mounts | indent 2 }}\n"
                     "imagePullPolicy: {{ .Values.image.pullPolicy }}\n"}};

TEST_F(ChartCheckTest, ReportsWhatPodsCannotHave) {
  EXPECT_EQ(
      reports(pods, known(Record{
                        {"volumes", List{Record{{"name", "a"}}, Record{{"name", "b_c"}}, Record{}}},
                        {"mounts", List{Record{{"name", "a"}, {"mountPath", "/a:ro"}},
                                        Record{{"name", "a"}}}},
                        {"image", Record{{"pullPolicy", "ifNotPresent"}}}})),
      "chart/wrong-value: `image.pullPolicy` of chart `demo` takes one of `Always`, "
      "`IfNotPresent`, `Never`, found the text `ifNotPresent`; did you mean `IfNotPresent`?\n"
      "chart/wrong-value: `mounts[0].mountPath` of chart `demo` takes a path without `:`, found "
      "the text `/a:ro`\n"
      "chart/wrong-value: `mounts[1]` of chart `demo` takes a record with `mountPath`, found one "
      "without it\n"
      "chart/wrong-value: `volumes[1].name` of chart `demo` takes a name of lower-case letters, "
      "digits and dashes, found the text `b_c`\n"
      "chart/wrong-value: `volumes[2]` of chart `demo` takes a record with `name`, found one "
      "without it\n");
}

TEST_F(ChartCheckTest, ReportsVolumesAndPathsThatAreThereTwice) {
  const auto mount = [](const char* name, const char* path) {
    return Record{{"name", name}, {"mountPath", path}};
  };
  EXPECT_EQ(
      reports(pods, known(Record{
                        {"volumes",
                         List{Record{{"name", "a"}}, Record{{"name", "b"}}, Record{{"name", "a"}}}},
                        {"mounts", List{mount("a", "/a"), mount("a", "/b"), mount("b", "/b")}}})),
      "chart/wrong-value: `mounts[2].mountPath` of chart `demo` takes a `mountPath` of its own in "
      "each item, found `/b` again\n"
      "chart/wrong-value: `volumes[2].name` of chart `demo` takes a `name` of its own in each "
      "item, "
      "found `a` again\n");
}

TEST_F(ChartCheckTest, TellsTheNameOfASecretThatIsMisspelt) {
  const auto given = [&](const char* made, const char* read) {
    FileTree chart = pods;
    chart["values.yaml"] += "secret: {create: false, name: x}\n";
    return reports(
        chart, known(Record{{"secret", Record{{"create", true}, {"name", made}}},
                            {"volumes",
                             List{Record{{"name", "a"}, {"secret", Record{{"secretName", read}}}}}},
                            {"mounts", List{Record{{"name", "a"}, {"mountPath", "/a"}}}}}));
  };
  EXPECT_EQ(given("cloud-config", "cloudconfig"),
            "chart/wrong-value: `volumes[0].secret.secretName` of chart `demo` takes the name of a "
            "secret, found the text `cloudconfig`; did you mean `cloud-config`?\n");
  EXPECT_EQ(given("cloud-config", "cloud-config"), "");
  EXPECT_EQ(given("cloud-config", "certificates"), "") << "somebody else makes it";
}

TEST_F(ChartCheckTest, TellsAMountOfAVolumeThatNoTemplateHas) {
  const auto given = [&](const char* name) {
    FileTree chart = pods;
    chart["templates/y.yaml"] = "  - name: clouds-yml\n";
    const auto mount = [](const char* volume, const char* path) {
      return Record{{"name", volume}, {"mountPath", path}};
    };
    return reports(chart,
                   known(Record{{"volumes", List{Record{{"name", "clouds-yaml"}}}},
                                {"mounts", List{mount("clouds-yaml", "/a"), mount(name, "/b")}}}));
  };
  EXPECT_EQ(given("cloud-yaml"),
            "chart/wrong-value: `mounts[1].name` of chart `demo` takes the name of a volume, found "
            "the text `cloud-yaml`; did you mean `clouds-yaml`?\n");
  EXPECT_EQ(given("clouds-yml"), "") << "a template has it";
}

TEST_F(ChartCheckTest, TellsAVolumeThatIsNotThereOnce) {
  const auto mount = [](const char* path) { return Record{{"name", "k8s"}, {"mountPath", path}}; };
  const List mounts{mount("/a"), mount("/b")};
  EXPECT_EQ(reports(pods, known(Record{{"volumes", List{}}, {"mounts", mounts}})),
            "chart/wrong-value: `mounts[0].name` of chart `demo` takes the name of a volume, found "
            "the text `k8s`\n");
  EXPECT_EQ(reports(pods, known(Record{{"volums", List{}}, {"mounts", mounts}})),
            "chart/unknown-value: chart `demo` has no value `volums`; did you mean `volumes`?\n");
}

TEST_F(ChartCheckTest, TellsKeysOfNodesThatAreMisspelt) {
  const FileTree chart{
      {"values.yaml", "nodeSelector: {}\ntolerations: []\n"},
      {"templates/x.yaml",
       "kind: Deployment\nnodeSelector:\n{{ toYaml .Values.nodeSelector | indent 2 }}\n"
       "tolerations:\n{{ toYaml .Values.tolerations | indent 2 }}\n"}};
  const auto given = [&](const char* label, const char* taint) {
    return reports(chart, known(Record{{"nodeSelector", Record{{label, ""}}},
                                       {"tolerations", List{Record{{"key", taint}}}}}));
  };
  EXPECT_EQ(
      given("node-role.kubernetes.io/controlplane",
            "node.cloudprovider.kubernetes.io/uninitialised"),
      "chart/wrong-value: `nodeSelector.node-role.kubernetes.io/controlplane` of chart `demo` "
      "takes a key that nodes have, found `node-role.kubernetes.io/controlplane`; did you mean "
      "`node-role.kubernetes.io/control-plane`?\n"
      "chart/wrong-value: `tolerations[0].key` of chart `demo` takes a key that nodes have, "
      "found `node.cloudprovider.kubernetes.io/uninitialised`; did you mean "
      "`node.cloudprovider.kubernetes.io/uninitialized`?\n");
  EXPECT_EQ(given("node-role.kubernetes.io/worker", "node-role.example/control-plan"), "");
}

TEST_F(ChartCheckTest, ReportsWordsWhereNumbersBelong) {
  const FileTree chart{
      {"values.yaml",
       "replicas: 1\nunavailable: 1\nport: 80\ncontext: {runAsUser: 1000}\nresources: {}\n"},
      {"templates/x.yaml",
       "kind: Deployment\nsecurityContext:\n{{ toYaml .Values.context | indent 2 }}\n"
       "resources:\n{{ toYaml .Values.resources | indent 2 }}\n"}};
  EXPECT_EQ(
      reports(chart,
              known(Record{
                  {"replicas", "two"},
                  {"context", Record{{"runAsUser", "1001"}, {"runasGroup", 1}}},
                  {"resources", Record{{"limits", Record{{"cpus", "1"}, {"a.example/gpu", 1}}}}}})),
      "chart/unknown-value: chart `demo` has no value `context.runasGroup`; did you mean "
      "`runAsGroup`?\n"
      "chart/unknown-value: chart `demo` has no value `resources.limits.cpus`; did you mean "
      "`cpu`?\n"
      "chart/wrong-value: `context.runAsUser` of chart `demo` takes a number, found the text "
      "`1001`; did you mean `1001`?\n"
      "chart/wrong-value: `replicas` of chart `demo` takes a number, found the text `two`\n");
  EXPECT_EQ(reports(chart, known(Record{{"unavailable", "25%"}, {"port", "https"}})), "");
}

TEST_F(ChartCheckTest, LeavesARecordOpenOfWhichATemplateReadsMore) {
  const FileTree chart{
      {"values.yaml", "context: {runAsUser: 1000}\n"},
      {"templates/x.yaml",
       "kind: Deployment\n{{ if .Values.context.enabled }}x: y{{ end }}\nsecurityContext:\n"
       "{{ toYaml .Values.context | indent 2 }}\n"}};
  EXPECT_EQ(reports(chart, known(Record{{"context", Record{{"enabled", true}}}})), "");
}

TEST_F(ChartCheckTest, OffersTheNameWithTheSameWord) {
  const FileTree chart{{"values.yaml", "args: []\ndefaultArgs: []\nreplicas: 1\n"}};
  EXPECT_EQ(reports(chart, known(Record{{"extraArgs", List{}}, {"replicaCount", 2}})),
            "chart/unknown-value: chart `demo` has no value `extraArgs`; did you mean `args`?\n"
            "chart/unknown-value: chart `demo` has no value `replicaCount`; did you mean "
            "`replicas`?\n");
}

TEST_F(ChartCheckTest, ReportsANearlyRightNameWhereTheChartMayReadOthers) {
  const FileTree chart{{"values.yaml", "gateway: {secretsNamespace: {name: x}, nodePorts: {}}\n"},
                       {"templates/x.yaml", "{{ toYaml .Values.gateway }}"}};
  EXPECT_EQ(
      reports(chart, known(Record{{"gateway", Record{{"secretNamespace", Record{}}}}})),
      "chart/unknown-value: chart `demo` has no value `gateway.secretNamespace`; did you mean "
      "`secretsNamespace`?\n");
  EXPECT_EQ(reports(chart, known(Record{{"gateway", Record{{"nodePort", 30000}, {"other", 1}}}})),
            "");
}

}  // namespace
}  // namespace stackc::check
