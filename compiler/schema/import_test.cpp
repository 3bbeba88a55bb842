#include "compiler/schema/import.h"

#include <fmt/core.h>
#include <gmock/gmock.h>

#include "compiler/schema/yaml_reader.h"

namespace stackc::schema {
namespace {

std::string crd(std::string_view schema) {
  return fmt::format(
      "kind: CustomResourceDefinition\n"
      "spec:\n"
      "  group: example.org\n"
      "  names: {{kind: Widget}}\n"
      "  versions:\n"
      "  - {{name: v1alpha1, served: false, schema: {{openAPIV3Schema: {{$ref: unserved}}}}}}\n"
      "  - name: v1\n"
      "    schema:\n"
      "      openAPIV3Schema: {}\n",
      schema);
}

/// The fields of `spec`, without header and indentation; or the error.
std::string imported(std::string_view spec) {
  const auto files = import_crds(
      "widget.yaml", crd(fmt::format("{{type: object, properties: {{spec: {}}}}}", spec)));
  if (!files) return files.error().text;
  const std::string& text = files->at(0).text;
  return text.substr(text.find("\n\n") + 2);
}

std::string imported_field(std::string_view field) {
  const std::string text = imported(fmt::format("{{type: object, properties: {{a: {}}}}}", field));
  const std::size_t start = text.find("    a");
  return start == text.npos ? text : text.substr(start + 4, text.size() - start - 5);
}

TEST(Import, WritesOneFilePerServedVersion) {
  const auto files =
      import_crds("widget.yaml", crd("{type: object, properties: {kind: {type: string}}}"));
  ASSERT_TRUE(files.ok());
  EXPECT_EQ(*files, (std::vector<SchemaFile>{{"Widget.v1.schema",
                                              "kind Widget\n"
                                              "api-version example.org/v1\n"
                                              "\n"
                                              "object: record\n"
                                              "  kind?: string\n"}}));
}

TEST(Import, KeepsStructureBoundsAndDefaults) {
  EXPECT_EQ(imported("{type: object, description: prose, required: [b, c], properties: {"
                     "a: {type: integer, format: int32, minimum: 1}, "
                     "b: {type: boolean, default: true}, "
                     "c: {type: array, maxItems: 3, items: {type: object, properties: {x-y: {type: "
                     "string}}}}, "
                     "'d e': {type: object, additionalProperties: {type: number}}, "
                     "f: {type: object, default: {g: [1, 'no']}}}}"),
            "object: record\n"
            "  spec?: record\n"
            "    a?: int(1..) format(int32)\n"
            "    b: bool = true\n"
            "    c: list(..3) of record\n"
            "      x-y?: string\n"
            "    \"d e\"?: map of number\n"
            "    f: record = {\"g\":[1,\"no\"]}\n");
}

TEST(Import, KeepsWhatRestrictsAValue) {
  EXPECT_EQ(
      imported_field("{type: string, minLength: 1, maxLength: 9, pattern: '^a\\d', format: uuid}"),
      "a?: string(1..9) format(uuid) pattern(\"^a\\\\d\")");
  EXPECT_EQ(imported_field("{type: string, maxLength: 3, enum: [b, '1']}"),
            "a?: enum(\"b\", \"1\")");
  EXPECT_EQ(imported_field("{type: integer, minimum: 0, exclusiveMinimum: true, maximum: 5}"),
            "a?: int(1..5)");
  EXPECT_EQ(imported_field("{type: array, x-kubernetes-list-type: set, items: {type: string}}"),
            "a?: list unique of string");
  EXPECT_EQ(
      imported_field("{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], "
                     "items: {type: object}}"),
      "a?: list keys(k) of record");
  EXPECT_EQ(
      imported_field("{type: object, minProperties: 1, additionalProperties: {type: string}}"),
      "a?: map(1..) of string");
  EXPECT_EQ(imported_field(
                "{x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}"),
            "a?: int-or-string");
  EXPECT_EQ(imported_field("{x-kubernetes-int-or-string: true, pattern: '^[0-9]+m$'}"),
            "a?: int-or-string pattern(\"^[0-9]+m$\")");
  EXPECT_EQ(imported_field("{x-kubernetes-preserve-unknown-fields: true}"), "a?: any");
  EXPECT_EQ(imported_field("{type: object, x-kubernetes-preserve-unknown-fields: true}"),
            "a?: record open");
}

TEST(Import, LeavesMetadataOfTheObjectOpen) {
  const auto files =
      import_crds("w.yaml", crd("{type: object, properties: {metadata: {type: object}, "
                                "spec: {type: object, properties: {metadata: {type: object}}}}}"));
  EXPECT_THAT(
      files->at(0).text,
      testing::HasSubstr("  metadata?: record open\n  spec?: record\n    metadata?: record\n"));
}

std::string unchecked(std::string_view field) {
  const auto files = import_crds(
      "widget.yaml", crd(fmt::format("{{type: object, properties: {{a: {}}}}}", field)));
  if (!files) return files.error().text;
  const std::string& text = files->at(0).text;
  const std::size_t start = text.find("unchecked");
  return start == text.npos ? "" : text.substr(start, text.find("\n\n") - start);
}

std::string two_fields(std::string_view rules) {
  const std::string text = imported_field(fmt::format(
      "{{type: object, properties: {{b: {{type: string}}, c: {{type: string}}}}, {}}}", rules));
  return text.substr(0, text.find('\n'));
}

TEST(Import, RecognisesRulesAboutWhichFieldsAreGiven) {
  EXPECT_EQ(two_fields("minProperties: 1, maxProperties: 1"), "a?: record(1..1)");
  EXPECT_EQ(two_fields("minProperties: 1"), "a?: record(1..)");
  EXPECT_EQ(two_fields("oneOf: [{required: [b]}, {required: [c]}]"), "a?: record(1..1)");
  EXPECT_EQ(two_fields("anyOf: [{required: [c]}, {required: [b]}]"),
            "a?: record at-least-one-of(c, b)");
  EXPECT_EQ(two_fields("x-kubernetes-validations: [{rule: '(has(self.c) || has(self.b))'}]"),
            "a?: record at-least-one-of(c, b)");
  EXPECT_EQ(two_fields("x-kubernetes-validations: [{rule: has(self.c) != has(self.b)}]"),
            "a?: record exactly-one-of(c, b)");
  EXPECT_EQ(two_fields("x-kubernetes-validations: "
                       "[{rule: '[has(self.c),has(self.b)].filter(x,x==true).size() == 1'}]"),
            "a?: record exactly-one-of(c, b)");
  EXPECT_EQ(two_fields("x-kubernetes-validations: "
                       "[{rule: '(has(self.c) ? 1 : 0) + (has(self.b) ? 1 : 0) == 1'}]"),
            "a?: record exactly-one-of(c, b)");
}

TEST(Import, LeavesRulesAboutFieldsWithADefaultUnchecked) {
  const std::string_view fields =
      "type: object, properties: {b: {type: string, default: x}, c: {type: string}}";
  EXPECT_EQ(unchecked(fmt::format("{{{}, minProperties: 1}}", fields)), "unchecked a");
  EXPECT_EQ(unchecked(fmt::format("{{{}, oneOf: [{{required: [b]}}, {{required: [c]}}]}}", fields)),
            "unchecked a");
  EXPECT_EQ(unchecked(fmt::format("{{{}, x-kubernetes-validations: [{{rule: 'has(self.b) || "
                                  "has(self.c)'}}]}}",
                                  fields)),
            "unchecked a");
}

TEST(Import, RecognisesRulesAboutValuesAndItems) {
  EXPECT_EQ(imported_field("{type: string, x-kubernetes-validations: [{rule: self == oldSelf}]}"),
            "a?: string immutable");
  EXPECT_EQ(imported_field(
                "{type: string, x-kubernetes-validations: [{rule: \"self.matches('^(A|B)$')\"}]}"),
            "a?: string pattern(\"^(A|B)$\")");
  EXPECT_THAT(imported_field(
                  "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k, v], "
                  "items: {type: object, required: [k], properties: {k: {type: string}}}, "
                  "x-kubernetes-validations: "
                  "[{rule: 'self.all(x, self.exists_one(y, x.k == y.k))'}]}"),
              testing::StartsWith("a?: list keys(k) of record\n"));
}

TEST(Import, NamesThePlacesWhoseRulesItCannotSay) {
  EXPECT_EQ(unchecked("{type: string}"), "");
  EXPECT_EQ(
      unchecked(
          "{type: array, items: {type: object, x-kubernetes-validations: [{rule: self.x > 1}]}}"),
      "unchecked a[]");
  EXPECT_EQ(
      unchecked(
          "{type: object, x-kubernetes-validations: [{rule: has(self.b) || has(self.missing)}]}"),
      "unchecked a");
  EXPECT_EQ(unchecked("{type: object, maxProperties: 2, properties: {b: {type: string}}}"),
            "unchecked a");
  EXPECT_EQ(unchecked("{type: integer, enum: [1, 2]}"), "unchecked a");
  EXPECT_EQ(unchecked("{type: integer, minimum: 0.5}"), "unchecked a");
  EXPECT_EQ(unchecked("{type: number, minimum: 1}"), "unchecked a");
  EXPECT_EQ(unchecked("{type: string, nullable: true}"), "unchecked a");
  EXPECT_EQ(unchecked("{type: string, not: {enum: [x]}}"), "unchecked a");
  EXPECT_EQ(unchecked("{type: string, minLength: 2, enum: [a, bb]}"), "unchecked a");
  EXPECT_EQ(unchecked("{type: object, additionalProperties: {type: string, not: {enum: [x]}}}"),
            "unchecked a{}");
}

TEST(Import, SaysWhereACrdIsNotStructural) {
  const std::string root =
      "`widget.yaml`: line 9, column 52: "
      "spec.versions[1].schema.openAPIV3Schema.properties.spec";
  EXPECT_EQ(imported("{$ref: '#/definitions/x'}"), root + ": `$ref` is not allowed in a CRD");
  EXPECT_EQ(imported("{properties: {}}"), root + ": `type` is missing");
  EXPECT_EQ(imported("{type: thing}"), root + ": unknown type `thing`");
  EXPECT_EQ(imported("[1]"), root + ": not a schema");
  EXPECT_EQ(imported("{type: array}"), root + ": `items` is missing");
  EXPECT_EQ(imported("{type: string, pattern: '(?=a)'}"),
            root + ": malformed pattern: invalid perl operator: (?=");
  EXPECT_EQ(imported("{type: object, properties: {}, additionalProperties: {type: string}}"),
            root + ": `properties` and `additionalProperties` exclude each other");
}

std::string import_error(std::string_view yaml) {
  const auto files = import_crds("widget.yaml", yaml);
  return files ? "imported" : files.error().text;
}

TEST(Import, RefusesWhatIsNoCrd) {
  EXPECT_EQ(import_error("kind: ConfigMap"), "`widget.yaml` holds no `CustomResourceDefinition`");
  EXPECT_EQ(import_error(""), "`widget.yaml` holds no `CustomResourceDefinition`");
  EXPECT_EQ(
      import_error("["),
      "`widget.yaml`: line 1, column 1: a list or record as a field name; is a bracket left open?");
  EXPECT_EQ(import_error("kind: CustomResourceDefinition\nspec: {group: a.b, names: {kind: "
                         "../../etc}, versions: []}"),
            "`widget.yaml`: line 2, column 28: spec.names.kind: no name of a kind");
  EXPECT_EQ(import_error("kind: CustomResourceDefinition\nspec: {group: a.b, names: {kind: A}, "
                         "versions: [{name: v1, served: false}]}"),
            "`widget.yaml`: line 2, column 38: spec.versions: no version is served");
}

TEST(Import, FindsTheCrdsAmongOtherObjects) {
  const auto widget = [](std::string_view kind) {
    return fmt::format(
        "{{kind: CustomResourceDefinition, spec: {{group: a.b, names: {{kind: {}}}, versions: "
        "[{{name: v1, schema: {{openAPIV3Schema: {{type: object}}}}}}]}}}}",
        kind);
  };
  const auto files = import_crds(
      "all.yaml", fmt::format("kind: Namespace\n---\n{}\n---\nkind: List\nitems: [{{kind: Role}}, "
                              "{}, {}]\n",
                              widget("A"), widget("B"), widget("C")));
  ASSERT_TRUE(files.ok()) << files.error().text;
  std::vector<std::string> names;
  for (const SchemaFile& file : *files) names.push_back(file.name);
  EXPECT_THAT(names, testing::ElementsAre("A.v1.schema", "B.v1.schema", "C.v1.schema"));
}

TEST(Import, SaysWhereInAListTheBrokenCrdIs) {
  EXPECT_EQ(import_error("kind: List\nitems:\n- kind: Role\n- kind: CustomResourceDefinition\n"
                         "  spec:\n    group: 7\n"),
            "`widget.yaml`: line 6, column 5: items[1].spec.group: no name of an API group");
}

TEST(Import, BoundsHostileCrds) {
  std::string deep = "{type: string}";
  for (int i = 0; i < 110; ++i) deep = fmt::format("{{type: array, items: {}}}", deep);
  EXPECT_THAT(imported(deep), testing::EndsWith(": nested too deeply"));

  std::string values = "x";
  for (int i = 0; i < 10'001; ++i) values += ", x";
  EXPECT_THAT(imported(fmt::format("{{type: string, enum: [{}]}}", values)),
              testing::EndsWith(": an enumeration of more than 10000 values"));

  EXPECT_THAT(imported(fmt::format("{{type: string, pattern: '{}'}}", std::string(5000, 'a'))),
              testing::EndsWith(": a pattern of more than 4096 characters"));
  EXPECT_THAT(imported("{type: string, pattern: '((a{100}){100}){100}'}"),
              testing::HasSubstr(": malformed pattern: "));

  std::string versions =
      "kind: CustomResourceDefinition\nspec: {group: a.b, names: {kind: A}, versions: [";
  for (int i = 0; i < 1001; ++i)
    versions += fmt::format("{{name: v{}, schema: {{openAPIV3Schema: {{type: object}}}}}}, ", i);
  EXPECT_THAT(import_error(versions + "]}"),
              testing::EndsWith(": spec.versions: the file holds more than 1000 schemas"));

  std::string costly = "{type: object, properties: {";
  for (int i = 0; i < 300; ++i)
    costly += fmt::format("p{}: {{type: string, pattern: '\\pL{{50}}b{}'}}, ", i, i);
  EXPECT_THAT(imported(costly + "}}"),
              testing::EndsWith(": the patterns up to here are too complex"));

  std::string fields = "{type: object, properties: {";
  for (int i = 0; i < 2'001; ++i) fields += fmt::format("p{}: {{type: string}}, ", i);
  EXPECT_THAT(imported(fields + "}}"), testing::EndsWith(": a record of more than 2000 fields"));

  std::string rules = "{type: object, x-kubernetes-validations: [";
  for (int i = 0; i < 2'001; ++i) rules += "{rule: a}, ";
  EXPECT_THAT(imported(rules + "]}"), testing::EndsWith(": more than 2000 rules"));

  std::string long_names = "{type: object, properties: {";
  for (int i = 0; i < 100; ++i)
    long_names += fmt::format("p{}: {{type: string, nullable: true}}, ", i);
  long_names += "}}";
  for (int i = 0; i < 90; ++i)
    long_names =
        fmt::format("{{type: object, properties: {{{}: {}}}}}", std::string(1000, 'n'), long_names);
  EXPECT_THAT(imported(long_names), testing::EndsWith(": too much of the CRD cannot be checked"));

  std::string bomb = "a0: &a0 {type: string}\n";
  for (int i = 1; i < 12; ++i) {
    bomb += fmt::format("a{}: &a{} {{type: object, properties: {{", i, i);
    for (int j = 0; j < 10; ++j) bomb += fmt::format("p{}: *a{}, ", j, i - 1);
    bomb += "}}\n";
  }
  EXPECT_THAT(import_error(bomb), testing::HasSubstr("aliases expanded"));
}

}  // namespace
}  // namespace stackc::schema
