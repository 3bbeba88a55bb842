#include "compiler/schema/kind_schema.h"

#include <fmt/core.h>
#include <gmock/gmock.h>

#include "stdlib/embedded.h"

namespace stackc::schema {
namespace {

constexpr std::string_view header = "kind Widget\napi-version example.org/v1\n";

std::string rewritten(std::string_view text) {
  types::TypeStore store;
  const auto schema = read_schema(text, store);
  return schema ? write_schema(*schema) : schema.error().text;
}

std::string error_of(std::string_view field) {
  return rewritten(fmt::format("{}\nobject: record\n  {}\n", header, field));
}

TEST(KindSchema, ReadsWhatItWrites) {
  const std::string text = fmt::format(
      "{}unchecked spec.a\nunchecked .\n\n"
      "object: record open exactly-one-of(a, spec)\n"
      "  a?: string(1..9) immutable format(uuid) pattern(\"^\\\"\\\\d\\u0001$\")\n"
      "  spec: list(1..) unique of list keys(b, \"c d\") of record(1..1) at-least-one-of(b, \"c "
      "d\")\n"
      "    b: enum(\"x\", \"\") = \"x\"\n"
      "    \"c d\": int(-1..) format(int32) = -1\n"
      "    e: any = [{{\"f\":null}},1.5,\"no\"]\n"
      "  g?: map(..3) of record(1..)\n"
      "    h: bool = false\n"
      "    i?: int-or-string\n"
      "  j: number = 0.5\n",
      header);
  EXPECT_EQ(rewritten(text), text);
}

TEST(KindSchema, BuildsTheTypeThatTheTextSays) {
  types::TypeStore store;
  const auto schema =
      read_schema(fmt::format("{}\n# a comment\nobject: record\n\n  spec?: record(1..1)\n    a?: "
                              "list(..3) of string\n    b?: int = 3\n",
                              header),
                  store);
  ASSERT_TRUE(schema.ok()) << schema.error().text;
  EXPECT_EQ(schema->kind, "Widget");
  EXPECT_EQ(schema->api_version, "example.org/v1");
  EXPECT_EQ(schema->type->name, "Widget");
  const types::TypeRef spec = type_at(schema->type, "spec");
  ASSERT_NE(spec, nullptr);
  EXPECT_FALSE(schema->type->find("spec")->required);
  EXPECT_EQ(spec->exactly_one_of, (std::vector<std::vector<std::string>>{{"a", "b"}}));
  EXPECT_EQ(types::describe(*type_at(spec, "a")), "[String](..3)");
  EXPECT_EQ(*spec->find("b")->default_value, Value(3));
  EXPECT_EQ(type_at(schema->type, "spec.a.c"), nullptr);
}

TEST(KindSchema, SaysWhichLineIsMalformed) {
  EXPECT_EQ(error_of("a: strong"), "line 5: unknown type `strong`");
  EXPECT_EQ(error_of("a string"), "line 5: `: ` expected before ` string`");
  EXPECT_EQ(error_of("a: string(1)"), "line 5: `..` expected before `)`");
  EXPECT_EQ(error_of("a: int(..99999999999999999999)"), "line 5: a bound beyond 64 bits");
  EXPECT_EQ(error_of("a: string shiny"), "line 5: unexpected ` shiny`");
  EXPECT_EQ(error_of("a: list"), "line 5: ` of ` expected before ``");
  EXPECT_EQ(error_of("a: string pattern(\"x"), "line 5: `\"` expected before ``");
  EXPECT_EQ(error_of("a: record(2..)"), "line 5: a record takes `(1..1)` or `(1..)`");
  EXPECT_EQ(error_of("a: any = [b"),
            "line 5: in the default: line 1, column 1: a list or record as a field name; is a "
            "bracket left open?");
  EXPECT_EQ(error_of("a: string\n      b: string"), "line 6: indented deeper than its record");
  EXPECT_EQ(rewritten("kind Widget\n\nobject: record\n"),
            "line 3: `kind` or `api-version` is missing");
  EXPECT_EQ(rewritten("kind Widget\ncolour red\n"), "line 2: unknown header `colour`");
  EXPECT_EQ(rewritten(header), "no `object: record` after the header");
  EXPECT_EQ(rewritten(fmt::format("{}\nobject: string\n", header)),
            "no `object: record` after the header");
}

TEST(KindSchema, SurvivesDeepNesting) {
  std::string lists = "a: ";
  for (int i = 0; i < 100'000; ++i) lists += "list of ";
  EXPECT_EQ(error_of(lists + "string"), "line 5: nested too deeply");

  std::string records(header);
  records += "\nobject: record\n";
  for (std::size_t i = 1; i < 3000; ++i) records += std::string(2 * i, ' ') + "a: record\n";
  EXPECT_THAT(rewritten(records), testing::EndsWith(": nested too deeply"));
}

TEST(KindSchema, ReadsAndWritesEverySchemaOfTheStandardLibrary) {
  int schemas = 0;
  for (const stdlib::EmbeddedFile& file : stdlib::embedded_files()) {
    if (!std::string_view(file.path).ends_with(".schema")) continue;
    EXPECT_EQ(rewritten(file.text()), file.text()) << file.path;
    ++schemas;
  }
  EXPECT_EQ(schemas, 29);
}

}  // namespace
}  // namespace stackc::schema
