#include "compiler/schema/yaml_reader.h"

#include <fmt/core.h>
#include <gmock/gmock.h>

namespace stackc::schema {
namespace {

std::string json(std::string_view yaml) {
  const auto value = read_yaml(yaml);
  return value ? to_json(*value) : "error: " + value.error().text;
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

struct Case {
  std::string_view yaml;
  std::string_view json;
};

// The expectations of this table were printed by sigs.k8s.io/yaml 1.6.0.
constexpr Case as_kubernetes_reads[] = {
    {"yes", "true"},
    {"y", "true"},
    {"On", "true"},
    {"tRUE", "\"tRUE\""},
    {"Off", "false"},
    {"N", "false"},
    {"~", "null"},
    {"Null", "null"},
    {"nULL", "\"nULL\""},
    {"\"yes\"", "\"yes\""},
    {"'null'", "\"null\""},
    {"0o17", "15"},
    {"017", "15"},
    {"08", "8"},
    {"0o8", "\"0o8\""},
    {"0x1F", "31"},
    {"-0x1F", "-31"},
    {"0b101", "5"},
    {"0x", "\"0x\""},
    {"1_000", "1000"},
    {"1__0", "10"},
    {"_1", "\"_1\""},
    {"+5", "5"},
    {"+-1", "\"+-1\""},
    {"-0", "0"},
    {"1e3", "1000"},
    {"1.0", "1"},
    {"1.50", "1.5"},
    {"1.", "1"},
    {".5", "0.5"},
    {".5_0", "0.5"},
    {"._5", "\"._5\""},
    {".", "\".\""},
    {"+.5", "0.5"},
    {"1_0.5_0", "10.5"},
    {"1e", "\"1e\""},
    {"1e400", "\"1e400\""},
    {"1e-400", "0"},
    {"1e21", "1e+21"},
    {"1e-7", "1e-7"},
    {"9223372036854775807", "9223372036854775807"},
    {"-9223372036854775808", "-9223372036854775808"},
    {"2001-01-01", "\"2001-01-01\""},
    {"12:30:45", "\"12:30:45\""},
    {"!!str 5", "\"5\""},
    {"!!int \"5\"", "5"},
    {"!!float 1", "1"},
    {"! 5", "\"5\""},
    {"a: b#c", "{\"a\":\"b#c\"}"},
    {"y: 1", "{\"true\":1}"},
    {"0x10: x", "{\"16\":\"x\"}"},
    {"{\"<<\": 1}", "{\"<<\":1}"},
    {"a: |+\n  x\n\nb: >-\n  x\n  y\n\n  z\n", "{\"a\":\"x\\n\\n\",\"b\":\"x y\\nz\"}"},
    {"a: foo\n  bar", "{\"a\":\"foo bar\"}"},
    {"[a: 1, [b,], c:]", "[{\"a\":1},[\"b\"],{\"c\":null}]"},
    {"&x a: *x", "{\"a\":\"a\"}"},
    {"a: &a {k: 1, z: 2}\nb: {<<: *a, k: 3}", "{\"a\":{\"k\":1,\"z\":2},\"b\":{\"k\":3,\"z\":2}}"},
    {"a: &a {k: 1}\nb: {k: 3, <<: *a}", "{\"a\":{\"k\":1},\"b\":{\"k\":1}}"},
    {"<<: [{a: 1}, {a: 2, b: 2}]", "{\"a\":1,\"b\":2}"},
};

TEST(YamlReader, ReadsScalarsNamesAndMergesAsKubernetesDoes) {
  for (const Case& one : as_kubernetes_reads) EXPECT_EQ(json(one.yaml), one.json) << one.yaml;
}

TEST(YamlReader, TellsIntegersFromNumbersAfterTheWayThroughJson) {
  EXPECT_NE(read_yaml("1.0")->if_int(), nullptr);
  EXPECT_NE(read_yaml("1.5")->if_number(), nullptr);
  EXPECT_NE(read_yaml("9223372036854775808")->if_number(), nullptr);
}

TEST(YamlReader, RefusesWhatKubernetesWouldLoseSilently) {
  EXPECT_EQ(json("a: 1\nb: 2\na: 3"),
            "error: line 3, column 1: duplicate field `a`, first on line 1");
  EXPECT_EQ(json("1.30: x"),
            "error: line 1, column 1: the field name `1.30` is read as a number; quote it");
  EXPECT_EQ(json("~: x"),
            "error: line 1, column 1: the field name `null` is read as null; quote it");
  EXPECT_EQ(json("a: !vault x"), "error: line 1, column 4: unknown tag `!vault`");
  EXPECT_EQ(json("- .nan"), "error: line 1, column 3: `.nan` cannot be written in JSON");
  EXPECT_EQ(json("a: 1\n---\nb: 2"),
            "error: line 3, column 1: a second document, where one is expected");
  EXPECT_EQ(json("- a\nb: 1"),
            "error: line 2, column 1: not part of the document before it, and no `---` starts "
            "another one");
}

TEST(YamlReader, SaysWhereAMistakeIs) {
  EXPECT_EQ(json("é: {{ x }}"),
            "error: line 1, column 5: a list or record as a field name; is a bracket left open?");
  EXPECT_EQ(json("a: b: c"), "error: line 1, column 5: illegal map value");
  EXPECT_EQ(json("a: 1\nb: \x01"), "error: line 2, column 4: a control character");
  EXPECT_EQ(json("é\xff"), "error: line 1, column 2: not valid UTF-8");
  EXPECT_EQ(json("a: !!null x"),
            "error: line 1, column 4: a value with the tag `!!null` cannot be read from `x`");
  EXPECT_EQ(json("<<: 1"), "error: line 1, column 5: `<<` merges a record or a list of records");
  EXPECT_EQ(json("&a [*a]"), "error: line 1, column 5: an alias to the value that contains it");
}

TEST(YamlReader, RefusesQuotesThatAreNeverClosed) {
  const std::string_view why = ": these quotes are never closed";
  EXPECT_EQ(json("a: \"x\nb: 1\n"), fmt::format("error: line 1, column 4{}", why));
  EXPECT_EQ(json("a: 'it''s\n"), fmt::format("error: line 1, column 4{}", why));
  EXPECT_EQ(json("a: \"x\\\"\n"), fmt::format("error: line 1, column 4{}", why));
  EXPECT_EQ(json("a: ['it''s', \"\\\"\", '']\n"), R"({"a":["it's","\"",""]})");
}

TEST(YamlReader, TakesAnErrorApart) {
  const YamlMistake mistake = mistake_of(read_yaml("a: b: c").error());
  EXPECT_EQ(mistake.at, (YamlPosition{1, 5}));
  EXPECT_EQ(mistake.what, "illegal map value");
  const YamlMistake large = mistake_of(read_yaml("a: b", {.bytes = 1}).error());
  EXPECT_EQ(large.at, (YamlPosition{1, 1}));
  EXPECT_EQ(large.what, "larger than 1 bytes");
}

TEST(YamlReader, LeavesOutEmptyDocuments) {
  const auto documents = read_located_yaml("# nothing\n---\n---\na: 1\n---\n- 2\n...\n");
  ASSERT_TRUE(documents.ok());
  ASSERT_EQ(documents->size(), 2U);
  EXPECT_EQ(to_json((*documents)[0].value), "{\"a\":1}");
  EXPECT_EQ(to_json((*documents)[1].value), "[2]");
  EXPECT_EQ(json(""), "null");
}

TEST(YamlReader, SurvivesDeepNesting) {
  const std::string too_deep = "nested deeper than 256 levels";
  EXPECT_EQ(json(repeat("- ", 100'000)), "error: line 1, column 513: " + too_deep);
  EXPECT_EQ(json(repeat("[", 100'000) + repeat("]", 100'000)),
            "error: line 1, column 257: " + too_deep);
  EXPECT_EQ(json(repeat("{a: ", 100'000) + repeat("}", 100'000)),
            "error: line 1, column 1025: " + too_deep);
  for (const std::string_view open :
       {"[", "{", "? ", "a: ", "- [", "[a: ", "- a: ", "&a [", "!a "}) {
    EXPECT_FALSE(read_yaml(repeat(open, 100'000)).ok()) << open;
  }
  EXPECT_TRUE(read_yaml(repeat("[", 256) + repeat("]", 256)).ok());
}

TEST(YamlReader, BoundsWhatAliasesExpandTo) {
  std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 30; ++i) {
    laughs += fmt::format("a{}: &a{} [{}]\n", i, i, repeat(fmt::format("*a{}, ", i - 1), 10));
  }
  EXPECT_THAT(json(laughs), testing::HasSubstr("more than 1000000 values, aliases expanded"));

  const std::string long_text = "a: &a " + std::string(100'000, 'x') + "\nb: [";
  EXPECT_THAT(json(long_text + repeat("*a, ", 100'000) + "]"),
              testing::HasSubstr("more than 67108864 bytes, aliases expanded"));

  std::string ladder = "a0: &a0 [x]\n";
  for (int i = 1; i < 2000; ++i) ladder += fmt::format("a{}: &a{} [*a{}]\n", i, i, i - 1);
  EXPECT_THAT(json(ladder), testing::HasSubstr("nested deeper than 256 levels"));
}

TEST(YamlReader, BoundsTheText) {
  EXPECT_EQ(read_yaml("12345", {.bytes = 4}).error().text, "larger than 4 bytes");
  EXPECT_EQ(read_yaml("[1, {2: 3, 4: 5}]", {.marks = 3}).error().text,
            "more than 3 brackets and commas");
  EXPECT_TRUE(read_yaml("[1, {2: 3, 4: 5}]", {.marks = 4}).ok());
}

std::string place(const YamlDocument& document, std::string_view path) {
  const Located& found = locate(document, path);
  return fmt::format("{}:{} {}:{}", found.key.line, found.key.column, found.value.line,
                     found.value.column);
}

TEST(YamlReader, FindsWhereAValueWasWritten) {
  const auto documents = read_located_yaml(
      "---\n"
      "spec:\n"
      "  é: {a.b: [1, x]}\n"
      "  base: &base\n"
      "    k: 1\n"
      "  copy:\n"
      "    <<: *base\n"
      "    m: *base\n");
  ASSERT_TRUE(documents.ok());
  const YamlDocument& document = documents->front();
  EXPECT_EQ(place(document, ""), "2:1 2:1");
  EXPECT_EQ(place(document, "spec"), "2:1 3:3");
  EXPECT_EQ(place(document, "spec.é.a.b[1]"), "3:16 3:16");
  EXPECT_EQ(place(document, "spec.é.a.b"), "3:7 3:12");
  EXPECT_EQ(place(document, "spec.copy.m"), "8:5 8:8") << "an alias stands where it is used";
  EXPECT_EQ(place(document, "spec.copy.m.k"), "5:5 5:8");
  EXPECT_EQ(place(document, "spec.copy.k"), "5:5 5:8") << "merged fields keep their place";
  EXPECT_EQ(place(document, "spec.é.missing.deeper"), "3:3 3:6") << "the last value on the way";
}

}  // namespace
}  // namespace stackc::schema
