#include "compiler/lower/variable_schema.h"

#include <gtest/gtest.h>

#include "compiler/testing/ir_builder.h"

namespace stackc::lower {
namespace {

struct VariableSchema : ::testing::Test {
  testing::IrBuilder b;
  diag::Sink sink;

  /// The schema of a variable of the type, without a default.
  Record open_api_schema(const types::Type& type) {
    const Record definition = variable_definition({.name = "v", .type = &type}, sink);
    return *definition.find("schema")->if_record()->find("openAPIV3Schema")->if_record();
  }
};

TEST_F(VariableSchema, SaysWhatTheVariableIsAndWhatItMayBe) {
  const ir::ClusterVariable variable{
      .name = "disk",
      .type = b.types.add({.kind = types::Kind::Int, .min = 0, .max = 100}),
      .default_value = Value(50),
      .examples = {25, 30},
      .doc = "Size in GiB."};
  EXPECT_EQ(
      to_json(variable_definition(variable, sink)),
      R"({"name":"disk","required":false,"schema":{"openAPIV3Schema":{"type":"integer","description":"Size in GiB.",)"
      R"("default":50,"example":25,"minimum":0,"maximum":100}}})");
}

TEST_F(VariableSchema, TextHasItsRules) {
  EXPECT_EQ(
      to_json(open_api_schema({.kind = types::Kind::String,
                               .min = 1,
                               .max = 63,
                               .pattern = "^a",
                               .format = "hostname"})),
      R"({"type":"string","allOf":[{"format":"hostname"}],"pattern":"^a","minLength":1,"maxLength":63})");
  EXPECT_EQ(to_json(open_api_schema(*b.choice({"a", "b"}))),
            R"({"type":"string","enum":["a","b"]})");
  EXPECT_EQ(
      to_json(open_api_schema(
          {.kind = types::Kind::String, .values = {""}, .or_other_text = true, .format = "uuid"})),
      R"({"type":"string","anyOf":[{"enum":[""]},{"format":"uuid"}]})");
}

TEST_F(VariableSchema, RecordsListTheirFieldsWithDefaultsAndExamples) {
  const auto type = b.record_type(
      {{.name = "client", .type = b.types.string(), .required = true, .doc = "Who asks."},
       {.name = "claim",
        .type = b.types.string(),
        .default_value = Value("name"),
        .example = Value("email")}});
  EXPECT_EQ(
      to_json(open_api_schema(*type)),
      R"({"type":"object","required":["client"],"properties":{"client":{"type":"string","description":"Who asks."},)"
      R"("claim":{"type":"string","default":"name","example":"email"}}})");
}

TEST_F(VariableSchema, CollectionsDescribeTheirElements) {
  EXPECT_EQ(
      to_json(open_api_schema({.kind = types::Kind::List,
                               .min = 1,
                               .max = 3,
                               .element = b.types.string(),
                               .unique = true})),
      R"({"type":"array","minItems":1,"maxItems":3,"uniqueItems":true,"items":{"type":"string"}})");
  EXPECT_EQ(
      to_json(open_api_schema({.kind = types::Kind::Map, .max = 5, .element = b.types.number()})),
      R"({"type":"object","maxProperties":5,"additionalProperties":{"type":"number"}})");
}

TEST_F(VariableSchema, FreeFormValuesHaveNoType) {
  EXPECT_EQ(to_json(open_api_schema(*b.types.any())),
            R"({"x-kubernetes-preserve-unknown-fields":true})");
  EXPECT_EQ(to_json(open_api_schema({.kind = types::Kind::IntOrString})),
            R"({"x-kubernetes-int-or-string":true})");
}

TEST_F(VariableSchema, GroupsOfFieldsAreLogicalRules) {
  types::Type type{
      .kind = types::Kind::Record,
      .fields = {{.name = "a", .type = b.types.string()}, {.name = "b", .type = b.types.string()}},
      .exactly_one_of = {{"a", "b"}}};
  EXPECT_EQ(to_json(*open_api_schema(type).find("oneOf")),
            R"([{"required":["a"]},{"required":["b"]}])");
}

TEST_F(VariableSchema, DocumentationBeyondTheLimitIsReported) {
  variable_definition({.name = "a", .type = b.types.string(), .doc = std::string(5000, 'x')}, sink);
  ASSERT_EQ(sink.sorted().size(), 1U);
  EXPECT_EQ(sink.sorted()[0].message,
            "the documentation has 5000 characters, at most 4096 are allowed in a ClusterClass");
}

}  // namespace
}  // namespace stackc::lower
