#include "compiler/emit/yaml_writer.h"

#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include <random>

namespace stackc::emit {
namespace {

/// What yaml-cpp makes of a node: quoted scalars have the tag `!`, plain ones `?`.
Value read_node(const YAML::Node& node) {
  if (node.IsMap()) {
    Record fields;
    for (const auto& pair : node) fields.set(pair.first.Scalar(), read_node(pair.second));
    return fields;
  }
  if (node.IsSequence()) {
    List items;
    for (const auto& item : node) items.push_back(read_node(item));
    return items;
  }
  if (node.IsNull()) return {};
  const std::string& text = node.Scalar();
  if (node.Tag() == "!") return text;
  if (text == "true" || text == "false") return text == "true";
  std::int64_t integer = 0;
  if (YAML::convert<std::int64_t>::decode(node, integer)) return integer;
  double number = 0;
  if (YAML::convert<double>::decode(node, number)) return number;
  return text;
}

Value read_back(const std::string& yaml) {
  return read_node(YAML::Load(yaml));
}

/// Strings in every position that a document has: a root, a key, a field, an item, an item's first
/// and second field.
std::vector<Value> around(const std::string& text) {
  Record fields{{"first", text}, {"second", text}};
  fields.set(text, 1);
  return {text, fields, List{text, fields, List{text, List{text}, text}, text},
          Record({{"outer", Record({{"list", List{fields, text}}, {"map", fields}})},
                  {"after", true}})};
}

std::vector<std::string> hostile_strings() {
  return {"",
          " ",
          "  ",
          "yes",
          "No",
          "ON",
          "off",
          "y",
          "N",
          "true",
          "False",
          "null",
          "Null",
          "~",
          "1.30",
          "0123",
          "0o17",
          "0x1F",
          "0b11",
          "1_000",
          "1e3",
          "1E+3",
          ".5",
          "5.",
          "+1",
          "-1",
          "-.inf",
          ".inf",
          ".NaN",
          "NaN",
          "inf",
          "12:30:45",
          "190:20:30",
          "2025-12-17",
          "2001-12-14t21:59:43.10-05:00",
          "2001-12-14 21:59:43",
          "=",
          "<<",
          "a: b",
          "a:",
          ":a",
          "a #b",
          "#a",
          "- x",
          "-",
          "--",
          "---",
          "--- a",
          "...",
          "-x",
          "--x",
          "- ",
          "? x",
          "?",
          "?x",
          "*a",
          "&a",
          "!t",
          "!",
          "|",
          "|-",
          ">",
          "@x",
          "%x",
          "`x`",
          "'",
          "\"",
          "'a'",
          "\"a\"",
          "a'b",
          "a\"b",
          "a\\b",
          "it's \"x\"",
          "\\",
          "{",
          "}",
          "{}",
          "[",
          "]",
          "[]",
          "{{ .x }}",
          "a {{ .x }} b",
          "a, b",
          ",",
          " a",
          "a ",
          "\ta",
          "a\t",
          "a\tb",
          "\r",
          "a\rb",
          "a\r\nb\r\n",
          "\xC2\x85",
          "a\xC2\x85z",
          "\xC2\xA0",
          "\xE2\x80\xA8",
          "\xE2\x80\xA9",
          "\xEF\xBB\xBF",
          "\xEF\xBB\xBFx",
          "\xEF\xBF\xBE",
          "\x7F",
          "\x1B[0m",
          std::string(1, '\0'),
          "é",
          "日本",
          "😀",
          "a😀: b",
          "\xE2\x80\xAEtxt",
          "\n",
          "\n\n",
          " \n",
          "a\n",
          "a\n\n",
          "\na",
          "\n\na\n\n",
          "a\nb",
          "a\n b\n",
          " a\nb",
          "\ta\nb",
          "\n a\nb",
          "a\n\nb\n",
          "a\n  \nb",
          "a\n  ",
          "a\n  \n",
          "  \na",
          "   \n a\n",
          "a \nb \n",
          "a\n\tb\n",
          "a\n---\nb\n",
          "# a\nb",
          "a: b\nc: d\n",
          "- a\n- b\n",
          "{{ a }}\n{{ b }}",
          "a\xC2\x85\nb",
          "a\n...\n",
          "%YAML 1.2\nx",
          "'\n\"\n",
          "<no value>",
          "a\n<no value>\n",
          "\"<no value>",
          "500m",
          "8h",
          "10.8.0.0/20",
          "SCS-2V-4-20s",
          "-v=2",
          "--kubelet-insecure-tls",
          "-n",
          "-no",
          "http://a:80/#x",
          "a#b",
          "$(x)",
          "1.34.7",
          "v1.34.7",
          "4Gi",
          "0.0.0.0:80"};
}

TEST(YamlWriter, EveryStringIsReadBackAsThatString) {
  for (const std::string& text : hostile_strings()) {
    for (const Value& value : around(text)) {
      const std::string yaml = write_yaml(value);
      EXPECT_EQ(to_json(read_back(yaml)), to_json(value)) << yaml;
    }
  }
}

TEST(YamlWriter, RandomStringsOfHostilePartsAreReadBack) {
  const std::vector<std::string> parts{"\n", "\n", " ",  "  ", "a", ":", "#", "-",  "\t", "'", "\"",
                                       "\\", "{",  "{{", "}}", "`", "1", ".", "e",  "|",  ">", "&",
                                       "*",  "!",  "%",  "@",  "?", "é", "😀", "\r", ",",  "="};
  std::mt19937 random(20240817);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (auto left = random() % 9; left > 0; --left) text += parts[random() % parts.size()];
    for (const Value& value : around(text)) {
      const std::string yaml = write_yaml(value);
      ASSERT_EQ(to_json(read_back(yaml)), to_json(value)) << yaml;
    }
  }
}

TEST(YamlWriter, ScalarsKeepTheirType) {
  const Value value = Record({{"null", Value()},
                              {"yes", true},
                              {"no", false},
                              {"zero", 0},
                              {"least", std::numeric_limits<std::int64_t>::min()},
                              {"whole", 1.0},
                              {"small", 1e-9},
                              {"large", 1e300},
                              {"text", "1"},
                              {"map", Record{}},
                              {"list", List{}},
                              {"nested", List{Record{}, List{}, List{List{}}}}});
  EXPECT_EQ(write_yaml(value), R"("null": null
"yes": true
"no": false
zero: 0
least: -9223372036854775808
whole: 1.0
small: 1.0e-09
large: 1.0e+300
text: "1"
map: {}
list: []
nested:
  - {}
  - []
  - - []
)");
  EXPECT_EQ(to_json(read_back(write_yaml(value))), to_json(value));
}

TEST(YamlWriter, WritesNumbersThatJsonCannotHold) {
  EXPECT_EQ(write_yaml(List{std::numeric_limits<double>::infinity(),
                            -std::numeric_limits<double>::infinity(),
                            std::numeric_limits<double>::quiet_NaN()}),
            "- .inf\n- -.inf\n- .nan\n");
}

TEST(YamlWriter, LaysOutAnObjectAsAnExpertWould) {
  const Value object = Record(
      {{"apiVersion", "cluster.x-k8s.io/v1beta1"},
       {"spec",
        Record(
            {{"variables",
              List{Record({{"name", "workerFlavor"}, {"required", false}, {"default", "SCS-4V-8"}}),
                   Record({{"description", "Root disk in GiB.\n\n0 uses the flavor's own disk."},
                           {"minimum", 0}})}},
             {"enabledIf", R"({{ eq .loadBalancer "octavia-ovn" }})"},
             {"tokens", List{"--kubelet-insecure-tls", "#cloud-config\nruncmd:\n  - ls\n",
                             List{"10.8.0.0/20", "1.34.7"}}},
             {"path", "/spec/template"},
             {"empty", ""}})}});
  EXPECT_EQ(write_yaml(object, {.comment = "Release v1\n\nof the stack"}), R"(# Release v1
#
# of the stack
apiVersion: cluster.x-k8s.io/v1beta1
spec:
  variables:
    - name: workerFlavor
      required: false
      default: SCS-4V-8
    - description: |-
        Root disk in GiB.

        0 uses the flavor's own disk.
      minimum: 0
  enabledIf: '{{ eq .loadBalancer "octavia-ovn" }}'
  tokens:
    - --kubelet-insecure-tls
    - |
      #cloud-config
      runcmd:
        - ls
    - - 10.8.0.0/20
      - "1.34.7"
  path: /spec/template
  empty: ""
)");
}

TEST(YamlWriter, LiteralBlocksSayTheirIndentationOnlyWhereAReaderWouldGuessWrong) {
  EXPECT_EQ(write_yaml(Record({{"a", "  x\ny\n\n"}, {"b", "\n x"}, {"c", "\nx"}, {"d", "x\n\n"}})),
            "a: |2+\n    x\n  y\n\nb: |2-\n\n   x\nc: |-\n\n  x\nd: |+\n  x\n\n");
}

TEST(YamlWriter, NeverFoldsLongText) {
  const std::string sentence = "word " + std::string(5000, 'x') + " end";
  EXPECT_EQ(write_yaml(Record({{"a", sentence}})), "a: " + sentence + "\n");
}

TEST(YamlWriter, AKeyBeyondTheLookAheadOfReadersIsMarked) {
  const Value value = List{Record({{std::string(1500, 'k'), Record({{"x", 1}})}, {"b", 2}})};
  EXPECT_EQ(write_yaml(value), "- ? " + std::string(1500, 'k') + "\n  :\n    x: 1\n  b: 2\n");
  EXPECT_EQ(to_json(read_back(write_yaml(value))), to_json(value));
}

TEST(YamlWriter, AControlCharacterCannotEndAComment) {
  EXPECT_EQ(write_yaml(Record{}, {.comment = "a\rb\xE2\x80\xA8z"}), "# a\\rb\\u2028z\n{}\n");
}

TEST(YamlWriter, DatesAreQuotedUnlessTheReaderWantsDates) {
  const Value value = List{"2026-03-20", "2026-3-20", "2026-03-200"};
  EXPECT_EQ(write_yaml(value), "- \"2026-03-20\"\n- \"2026-3-20\"\n- \"2026-03-200\"\n");
  EXPECT_EQ(write_yaml(value, {.dates = YamlDates::Plain}),
            "- 2026-03-20\n- \"2026-3-20\"\n- \"2026-03-200\"\n");
}

TEST(YamlWriter, BreaksUpTheTextThatHelmDeletes) {
  EXPECT_EQ(write_yaml(List{"<no value>", "a\n<no value>"}),
            "- \"\\x3Cno value>\"\n- \"a\\n\\x3Cno value>\"\n");
}

}  // namespace
}  // namespace stackc::emit
