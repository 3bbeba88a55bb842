#include "compiler/schema/chart_values.h"

#include <fmt/core.h>
#include <gmock/gmock.h>

#include "compiler/schema/yaml_reader.h"

namespace stackc::schema {
namespace {

std::string checked(const FileTree& chart, std::string_view values) {
  types::TypeStore store;
  const auto read = read_chart_values(chart, store);
  if (!read) return read.error().text;
  std::string all;
  for (const types::Mismatch& one : types::validate(*read_yaml(values), *read->shape))
    all += fmt::format("{}: {}\n", one.path, one.message);
  for (const SchemaMismatch& one : check_against_schemas(*read_yaml(values), *read))
    all += fmt::format("{}: {}\n", one.path, one.message);
  return all;
}

const FileTree plain{{"values.yaml",
                      "replicas: 1\n"
                      "debug: false\n"
                      "image: {repository: quay.io/x, tag: '1.0'}\n"
                      "extra: {}\n"
                      "nodeSelector: {os: linux}\n"
                      "matching: {kubernetes.io/os: linux}\n"
                      "args: [a]\n"
                      "anything:\n"}};

TEST(ChartValues, TakesWhatTheDefaultsShow) {
  EXPECT_EQ(checked(plain,
                    "replicas: 2\ndebug: true\nimage: {tag: x}\nextra: {a: {b: "
                    "1}}\nnodeSelector: {zone: a}\n"
                    "matching: {a: b}\nargs: [1, {a: b}]\nanything: [1]\nglobal: {x: 1}\n"),
            "");
}

TEST(ChartValues, ReportsUnknownFieldsWithTheNearestKnownOne) {
  const std::string report = checked(plain, "image: {tga: x}");
  EXPECT_THAT(report, testing::StartsWith("image.tga: no field `tga`"));
  EXPECT_THAT(report, testing::EndsWith("did you mean `tag`?\n"));
}

TEST(ChartValues, AskingForAFieldIsNoReadingOfTheWholeRecord) {
  const FileTree chart{
      {"values.yaml", "sctp: {enabled: false}\n"},
      {"templates/a.yaml",
       "{{ if hasKey .Values.sctp \"enabled\" }}{{ get .Values.sctp \"port\" }}{{ end }}"}};
  EXPECT_EQ(checked(chart, "sctp: {enabled: true, port: 1}"), "");
  EXPECT_THAT(checked(chart, "sctp: {enable: true}"),
              testing::StartsWith("sctp.enable: no field `enable`"));
}

TEST(ChartValues, TakesGlobalValuesAsTheChartGivesThem) {
  const FileTree chart{{"values.yaml", "global:\n"}};
  EXPECT_EQ(checked(chart, "global:\n"), "");
  EXPECT_EQ(checked(chart, "global: {a: 1}"), "");
  EXPECT_THAT(checked(plain, "global: 1"), testing::StartsWith("global: "));
}

TEST(ChartValues, TakesTheNumberOfAPortForItsName) {
  const FileTree chart{
      {"values.yaml", "probe: {port: https}\nhostPort: \"\"\ntargetPort: web\nreport: a\n"}};
  EXPECT_EQ(checked(chart, "probe: {port: 10250}\nhostPort: 80\ntargetPort: 8080"), "");
  EXPECT_THAT(checked(chart, "probe: {port: true}"), testing::StartsWith("probe.port: "));
  EXPECT_THAT(checked(chart, "report: 1"), testing::StartsWith("report: "));
}

TEST(ChartValues, TakesForATextWhatItsDefaultStandsFor) {
  const FileTree chart{
      {"values.yaml", "most: 25%\nswitch: \"true\"\nnone: \"\"\nname: a\nnumber: \"80\"\n"}};
  EXPECT_EQ(checked(chart, "most: 1\nswitch: false\nnone: 1\nnumber: 8080"), "");
  EXPECT_NE(checked(chart, "name: 1"), "");
}

TEST(ChartValues, AFailureWithinAnotherConditionMayNotCome) {
  const FileTree chart{
      {"values.yaml", "a: false\nb: false\n"},
      {"templates/a.yaml",
       "{{ if .Values.a }}{{ if .Values.b }}{{ fail \"not b\" }}{{ end }}{{ end }}"}};
  EXPECT_EQ(checked(chart, "b: true"), "");
}

TEST(ChartValues, AFieldOfAComputedNameMayBeAny) {
  const FileTree chart{{"values.yaml", "a: 1\n"},
                       {"templates/a.yaml", "{{ $n := \"b\" }}{{ index .Values $n }}"}};
  EXPECT_EQ(checked(chart, "b: 1"), "");
}

TEST(ChartValues, LabelsInTheTextOfAConfigMapAreNoneOfKubernetes) {
  const FileTree chart{{"values.yaml", "labels: {}\n"},
                       {"templates/a.yaml",
                        "kind: ConfigMap\ndata:\n  a: |\n    labels:\n      "
                        "{{- toYaml .Values.labels | nindent 6 }}\n"}};
  EXPECT_EQ(checked(chart, "labels: {a: 1}"), "");
}

TEST(ChartValues, TemplatesThatCallEachOtherTwiceAreBounded) {
  std::string templates = "{{ include \"t0\" .Values.x }}";
  for (int i = 0; i < 60; ++i) {
    templates += fmt::format(
        "{{{{ define \"t{0}\" }}}}{{{{ include \"t{1}\" .a }}}}{{{{ include \"t{1}\" .b }}}}{{{{ "
        "end }}}}",
        i, i + 1);
  }
  const FileTree chart{{"values.yaml", "x: {y: 1}\n"}, {"templates/a.yaml", templates}};
  EXPECT_THAT(checked(chart, "x: {z: 1}"), testing::StartsWith("x.z: no field `z`"));
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

// Each names a value so far below the others that nothing could walk there by recursion.
TEST(ChartValues, PathsOfAnyLengthAreBounded) {
  constexpr std::size_t count = 200'000;
  std::string calls = "{{ include \"t0\" .Values.x }}";
  for (int i = 0; i < 3000; ++i)
    calls +=
        fmt::format("{{{{ define \"t{}\" }}}}{{{{ include \"t{}\" .a }}}}{{{{ end }}}}", i, i + 1);
  const std::vector<std::string> templates{
      "{{ .Values.x" + repeated(".a", count) + " }}",
      "{{ index .Values.x" + repeated(" \"a\"", count) + " }}",
      "{{ " + repeated("(", count) + ".Values.x" + repeated(").a", count) + " }}",
      "{{ with .Values.x }}" + repeated("{{ with .a }}", count) + "{{ .b }}",
      calls,
  };
  for (const std::string& text : templates) {
    const FileTree chart{{"values.yaml", "x: {y: 1}\n"}, {"templates/a.yaml", text}};
    EXPECT_EQ(checked(chart, "x: {a: {b: 1}}"), "");
    EXPECT_THAT(checked(chart, "x: {z: 1}"), testing::StartsWith("x.z: no field `z`"));
  }
}

TEST(ChartValues, KnowsWhatTemplatesReadWithoutADefault) {
  const FileTree chart{
      {"values.yaml", "secret: {create: true}\nimage: {tag: x}\nprobe: {port: 1}\n"},
      {"templates/a.yaml",
       "{{ .Values.secret.name }} {{ $.Values.affine | quote }}\n"
       "{{- with .Values.image }}{{ .digest }}{{ end }} {{ index .Values \"probe\" \"my-path\" "
       "}}\n"},
      {"charts/sub/values.yaml", "size: 3\n"},
      {"charts/sub/templates/b.yaml", "{{ .Values.colour }}"}};
  EXPECT_EQ(checked(chart,
                    "secret: {name: x}\naffine: true\nimage: {digest: z}\nprobe: {my-path: "
                    "/}\nsub: {colour: red}"),
            "");
  EXPECT_THAT(checked(chart, "secret: {nmae: x}"),
              testing::StartsWith("secret.nmae: no field `nmae`"));
  EXPECT_THAT(checked(chart, "colour: red"), testing::StartsWith("colour: no field `colour`"));
}

TEST(ChartValues, TakesWhatIsOnlyAskedForAsNoReader) {
  const FileTree chart{{"values.yaml", "a: {x: 1}\nb: {x: 1}\nc: {x: 1}\n"},
                       {"templates/a.yaml",
                        "{{- if and .Values.a (not .Values.b) (hasKey .Values.c \"size\") }}"
                        "{{ get .Values.b \"name\" }}{{ end }}"}};
  EXPECT_EQ(checked(chart, "a: {x: 2}\nb: {name: x}\nc: {size: 1}"), "");
  for (const char* values : {"a: {other: 1}", "b: {other: 1}", "c: {other: 1}"})
    EXPECT_THAT(checked(chart, values), testing::HasSubstr("no field `other`")) << values;
}

TEST(ChartValues, KnowsWhatNamedTemplatesReadOfTheirValue) {
  const FileTree chart{
      {"values.yaml", "image: {tag: x}\nother: {tag: y}\ndeep: {image: {tag: z}}\n"},
      {"templates/_a.tpl",
       "{{ define \"image\" }}{{ .digest }}{{ include \"tag\" . }}{{ end }}"
       "{{ define \"tag\" }}{{ with .suffix }}{{ .text }}{{ end }}{{ $.Values.name }}{{ end }}"
       "{{ define \"loop\" }}{{ include \"loop\" .next }}{{ end }}"},
      {"templates/b.yaml",
       "{{ include \"image\" .Values.image | quote }}{{ with .Values.deep }}"
       "{{ template \"image\" .image }}{{ end }}{{ include \"loop\" .Values.other }}"}};
  EXPECT_EQ(checked(chart,
                    "image: {digest: a, suffix: {text: b}}\nname: c\ndeep: {image: {digest: d}}\n"
                    "other: {next: 1}"),
            "");
  EXPECT_THAT(checked(chart, "image: {tga: x}"), testing::StartsWith("image.tga: "));
  EXPECT_THAT(checked(chart, "deep: {image: {tga: x}}"), testing::StartsWith("deep.image.tga: "));
}

TEST(ChartValues, LeavesOpenWhatIsReadInAnotherWay) {
  const FileTree chart{{"values.yaml", "a: {x: 1}\nb: {x: 1}\nc: {x: 1}\nd: {x: 1}\ne: {x: 1}\n"},
                       {"templates/a.yaml",
                        "{{ toYaml .Values.a }}{{ range $k, $v := .Values.b }}{{ end }}"
                        "{{ include \"gone\" .Values.c }}{{ if kindIs \"string\" .Values.d }}"
                        "{{ end }}{{ if ((.Values.e).deep).name }}{{ end }}"
                        "{{ tpl \"{{ .Values.f.g }}\" . }}"}};
  EXPECT_EQ(
      checked(chart, "a: {y: 1}\nb: {y: 1}\nc: {y: 1}\nd: text\ne: {deep: {name: x}}\nf: {g: 1}"),
      "");
  EXPECT_THAT(checked(chart, "e: {deeep: 1}"), testing::StartsWith("e.deeep: "));
}

TEST(ChartValues, TakesWhatKubernetesDoesUnderItsKeys) {
  const FileTree chart{{"values.yaml",
                        "tolerations: []\nselector: {os: linux}\nextra: {requests: {cpu: "
                        "1m}}\nargs: {}\nplain: []\n"},
                       {"templates/a.yaml",
                        "spec:\n"
                        "  {{- with .Values.tolerations }}\n"
                        "  tolerations:\n"
                        "    {{- toYaml . | nindent 4 }}\n"
                        "  {{- end }}\n"
                        "  nodeSelector: {{ toYaml .Values.selector | nindent 4 }}\n"
                        "  resources:\n"
                        "    {{- toYaml .Values.extra | nindent 4 }}\n"
                        "  args: {{ tpl .Values.args . }}\n"
                        "  mine:\n"
                        "    {{- toYaml .Values.plain | nindent 4 }}\n"}};
  EXPECT_EQ(checked(chart,
                    "tolerations: [{key: a, operator: Exists, effect: NoSchedule}]\n"
                    "selector: {a: b}\nextra: {limits: {cpu: 1, memory: 1.5}}\nargs: '- a'\n"
                    "plain: [{efect: 1}]"),
            "");
  EXPECT_THAT(checked(chart, "tolerations: [{efect: NoSchedule}]"),
              testing::StartsWith("tolerations[0].efect: "));
  EXPECT_THAT(checked(chart, "tolerations: [{effect: NoShedule}]"),
              testing::StartsWith("tolerations[0].effect: "));
  EXPECT_THAT(checked(chart, "selector: {a: true}"), testing::StartsWith("selector.a: "));
  EXPECT_THAT(checked(chart, "extra: {limit: {cpu: 1}}"), testing::StartsWith("extra.limit: "));
  EXPECT_THAT(checked(chart, "args: [a]"), testing::StartsWith("args: "));
}

TEST(ChartValues, LeavesOpenWhatOtherKindsCallTheSame) {
  const FileTree chart{{"values.yaml", "a: {}\nb: {}\nc: {}\nd: {matchLabels: {}}\n"},
                       {"templates/a.yaml",
                        "kind: CiliumNodeConfig\nspec:\n"
                        "  nodeSelector: {{ toYaml .Values.a | nindent 4 }}\n"
                        "---\nkind: DaemonSet\nmetadata:\n"
                        "  labels: {{ toYaml .Values.b | nindent 4 }}\nspec:\n"
                        "  nodeSelector: {{ toYaml .Values.c | nindent 4 }}\n"
                        "  nodeSelector: {{ toYaml .Values.d | nindent 4 }}\n"}};
  EXPECT_EQ(checked(chart, "a: {matchLabels: {x: y}}\nd: {matchLabels: {x: y}}"), "");
  EXPECT_THAT(checked(chart, "b: {x: 1}"), testing::StartsWith("b.x: "));
  EXPECT_THAT(checked(chart, "c: {x: {}}"), testing::StartsWith("c.x: "));
}

TEST(ChartValues, KnowsWithWhatTemplatesFail) {
  const FileTree chart{{"templates/a.yaml",
                        "{{ if .Values.old }}{{ fail \"old is gone\" }}{{ end }}"
                        "{{- if .Values.a.old }}\n  {{ fail `use new` }}\n{{- end }}"
                        "{{ if .Values.b }}{{ .Values.c }}{{ fail \"b\" }}{{ end }}"
                        "{{ if not .Values.d }}{{ fail \"d\" }}{{ end }}"}};
  types::TypeStore store;
  EXPECT_THAT(
      read_chart_values(chart, store)->refusals,
      testing::ElementsAre(testing::Pair("a.old", "use new"), testing::Pair("old", "old is gone")));
}

TEST(ChartValues, ReportsValuesOfAnotherKindThanTheDefault) {
  EXPECT_THAT(checked(plain, "debug: 'no'"), testing::StartsWith("debug: "));
  EXPECT_THAT(checked(plain, "image: quay.io/x"), testing::StartsWith("image: "));
  EXPECT_THAT(checked(plain, "image: {tag: 1.5}"), testing::StartsWith("image.tag: "));
}

TEST(ChartValues, KnowsWhatTheChartReadsForItsSubcharts) {
  const FileTree chart{
      {"Chart.yaml",
       "dependencies: [{name: sub, condition: 'sub.live, extra.live', tags: [db]}, {name: lib}]\n"},
      {"values.yaml", "key: x\n"},
      {"charts/sub/values.yaml", "size: 3\n"},
      {"charts/lib/Chart.yaml", "type: library\n"},
      {"charts/lib/templates/_a.tpl", "{{ .Values.nameOverride }}"}};
  EXPECT_EQ(checked(chart,
                    "sub: {live: true}\nextra: {live: false}\ntags: {db: true}\n"
                    "nameOverride: x\nlib: {}"),
            "");
  EXPECT_THAT(checked(chart, "sub: {gone: true}"),
              testing::StartsWith("sub.gone: no field `gone`"));
}

TEST(ChartValues, AppliesTheSchemaOfASubchartWhereItIsThere) {
  const FileTree chart{{"Chart.yaml", "dependencies: [{name: sub, condition: sub.enabled}]\n"},
                       {"values.yaml", "sub: {enabled: true}\n"},
                       {"charts/sub/values.schema.json",
                        R"({"properties": {"size": {"type": "integer"}}, "required": ["size"]})"}};
  EXPECT_EQ(checked(chart, "sub: {size: x}"), "sub.size: must be an integer\n");
  EXPECT_EQ(checked(chart, "{}"), "sub: missing required property `size`\n");
  EXPECT_EQ(checked(chart, "sub: {enabled: false}"), "");
}

TEST(ChartValues, KnowsTheFieldsThatASchemaNames) {
  const FileTree chart{
      {"values.yaml", "a: {x: 1}\nport: 1\n"},
      {"values.schema.json",
       R"({"properties": {"a": {"anyOf": [{"properties": {"z": {}}}, {"required": ["z"]}]},
           "port": {"type": "string"}, "b": {"patternProperties": {"^c": {}}}, "d": {"type": "object"}}})"}};
  EXPECT_EQ(checked(chart, "a: {z: 1}\nport: x\nb: {anything: 1}\nd: {anything: 1}"), "");
  EXPECT_EQ(checked(chart, "a: {w: 1}\nport: x"),
            "a.w: no field `w` in `{x, z}`; did you mean `x`?\n");
}

TEST(ChartValues, KnowsTheValuesOfSubchartsByNameAndAlias) {
  const FileTree chart{{"Chart.yaml", "dependencies: [{name: sub, alias: other}]\n"},
                       {"values.yaml", "other: {mine: true}\n"},
                       {"charts/sub/values.yaml", "size: 3\n"},
                       {"charts/sub/charts/deep/values.yaml", "depth: 2\n"},
                       {"charts/plain/values.yaml", "key: x\n"}};
  EXPECT_EQ(checked(chart, "other: {mine: false, size: 4, deep: {depth: 1}}\nplain: {key: z}"), "");
  EXPECT_THAT(checked(chart, "sub: {size: 4}"), testing::StartsWith("sub: no field `sub`"));
  EXPECT_THAT(checked(chart, "other: {deep: {dept: 1}}"), testing::StartsWith("other.deep.dept: "));
}

FileTree with_schema(std::string_view schema) {
  return {{"values.yaml", "port: 80\nmode: null\n"}, {"values.schema.json", std::string(schema)}};
}

TEST(ChartValues, FollowsTheJsonSchemaInsteadOfTheDefaults) {
  const FileTree chart = with_schema(
      R"({"required": ["mode"], "properties": {"port": {"type": ["integer", "boolean"], "maximum": 9999},
          "mode": {"$ref": "#/definitions/mode"}}, "definitions": {"mode": {"enum": ["a", "b"]}}})");
  EXPECT_EQ(checked(chart, "port: false\nmode: a"), "");
  EXPECT_EQ(checked(chart, "port: x\nmode: c"),
            "mode: must be `a` or `b`\n"
            "port: must be an integer or `true` or `false`\n");
  EXPECT_EQ(checked(chart, "{}"), ": missing required property `mode`\n");
  EXPECT_THAT(checked(chart, "mode: a\nprot: 1"), testing::StartsWith("prot: no field `prot`"));
}

TEST(JsonSchema, NamesPlacesInListsAndRecords) {
  const auto schema = read_json_schema(
      R"({"properties": {"a": {"items": {"properties": {"b": {"type": "string"}}}}}})");
  const auto found = validate(*read_yaml("a: [{b: x}, {b: 1}]"), *schema);
  EXPECT_EQ(
      found,
      (std::vector<SchemaMismatch>{{"a[1].b", "must be a text", SchemaMismatch::About::Kind}}));
}

TEST(JsonSchema, LeavesOutWhatCouldStallOrCrashTheValidator) {
  const auto schema = read_json_schema(
      R"({"type": "object", "title": "x", "additionalProperties": false, "patternProperties": {"(a+)+$": {}},
          "properties": {"pattern": {"type": "string", "pattern": "(a+)+$", "format": "date-time"},
                         "n": {"multipleOf": 0}, "m": {"multipleOf": 2},
                         "far": {"$ref": "https://example.org/x"}, "self": {"$ref": "#"},
                         "loop": {"$ref": "#/properties/loop"}}})");
  ASSERT_TRUE(schema.ok());
  EXPECT_EQ(
      to_json(schema->document()),
      R"({"type":"object","title":"x","properties":{"pattern":{"type":"string","x-pattern":"(a+)+$"},"n":{},"m":{"multipleOf":2},)"
      R"("far":{},"self":{},"loop":{}},"additionalProperties":true})");
}

TEST(JsonSchema, TakesPatternsOfHelmInLinearTime) {
  const auto schema = read_json_schema(
      R"({"properties": {"a": {"pattern": "^v[0-9]+$"}, "b": {"pattern": "^(a+)+$"}, "c": {"pattern": "(?=x)y"},
                         "d": {"anyOf": [{"pattern": "^a"}, {"pattern": "b$"}]}, "e": {"not": {"pattern": "'type'"}}}})");
  ASSERT_TRUE(schema.ok());
  const auto mismatches = [&](const Record& values) { return validate(Value(values), *schema); };
  EXPECT_EQ(mismatches({{"a", "v12"}, {"b", "aaa"}, {"c", "z"}, {"d", "xb"}, {"e", "x"}}),
            std::vector<SchemaMismatch>());
  EXPECT_EQ(mismatches({{"a", 12}}), std::vector<SchemaMismatch>()) << "it is about texts";
  EXPECT_EQ(mismatches({{"a", "12"}, {"b", std::string(100'000, 'a') + "!"}}),
            (std::vector<SchemaMismatch>{{"a", "must match `^v[0-9]+$`"},
                                         {"b", "must match `^(a+)+$`"}}));
  for (const SchemaMismatch& one : mismatches({{"d", "c"}}))
    EXPECT_EQ(one.about, SchemaMismatch::About::Other) << one.message;
  EXPECT_FALSE(mismatches({{"d", "c"}}).empty());
  EXPECT_EQ(mismatches({{"e", "'type'"}}).size(), 1U);
}

TEST(JsonSchema, LeavesOutPatternsThatCostTooMuch) {
  std::string properties;
  for (int i = 0; i < 200; ++i)
    properties += fmt::format(R"({}"p{}": {{"pattern": "\\pL{{50}}b{}$"}})", i ? "," : "", i, i);
  const auto schema = read_json_schema(fmt::format(R"({{"properties": {{{}}}}})", properties));
  ASSERT_TRUE(schema.ok());
  EXPECT_EQ(validate(Value(Record{{"p0", "x"}, {"p199", "x"}}), *schema),
            (std::vector<SchemaMismatch>{{"p0", "must match `\\pL{50}b0$`"}}));
}

TEST(JsonSchema, SurvivesHostileDocuments) {
  const auto nested = [](std::string_view open, std::string_view close) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += open;
    text += "1";
    for (int i = 0; i < 100'000; ++i) text += close;
    return text;
  };
  EXPECT_EQ(read_json_schema(nested("[", "]")).error().text, "nested deeper than 100 levels");
  EXPECT_EQ(read_json_schema(nested("{\"not\":", "}")).error().text,
            "nested deeper than 100 levels");
  EXPECT_THAT(read_json_schema("{").error().text, testing::StartsWith("not JSON: "));
  EXPECT_THAT(read_json_schema(R"({"type": "colour"})").error().text,
              testing::StartsWith("not a JSON Schema: "));

  std::string doubling = R"({"definitions": {"d0": {"type": "string"})";
  for (int i = 1; i < 60; ++i) {
    doubling += fmt::format(
        R"(, "d{}": {{"allOf": [{{"$ref": "#/definitions/d{}"}}, {{"$ref": "#/definitions/d{}"}}]}})",
        i, i - 1, i - 1);
  }
  const auto schema = read_json_schema(doubling + R"(}, "$ref": "#/definitions/d59"})");
  ASSERT_TRUE(schema.ok());
  EXPECT_EQ(validate(Value("x"), *schema), std::vector<SchemaMismatch>());
}

}  // namespace
}  // namespace stackc::schema
