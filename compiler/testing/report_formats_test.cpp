#include <gtest/gtest.h>

#define VALIJSON_USE_EXCEPTIONS 1  // as in compiler/schema: the same functions in one program
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "compiler/cli/subcommand.h"
#include "compiler/testing/free_checks.h"
#include "compiler/testing/memory_world.h"
#include "compiler/testing/read_tree.h"

namespace stackc::testing {
namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

/// A JSON schema of the source tree.
class Schema {
 public:
  Schema(const std::string& path, valijson::SchemaParser::Version version) {
    const auto document =
        nlohmann::json::parse(read_file(std::string(STACKC_SOURCE_DIR) + "/" + path));
    valijson::SchemaParser(version).populateSchema(Adapter(document), rules_);
  }

  /// What is wrong with a document; empty if nothing is.
  std::string mistakes_in(const nlohmann::json& document) const {
    valijson::ValidationResults results;
    valijson::Validator().validate(rules_, Adapter(document), &results);
    std::string text;
    for (const auto& error : results) {
      for (const std::string& part : error.context) text += part;
      text += ": " + error.description + "\n";
    }
    return text;
  }

 private:
  valijson::Schema rules_;
};

nlohmann::json check(const SourceText& source, const std::vector<std::string>& options) {
  MemoryWorld world(source.world);
  std::string out, err;
  driver::Environment environment{
      .files = world, .output = world, .out = out, .err = err, .binary_directory = {}};
  std::vector<const char*> arguments{"check", source.path.c_str()};
  for (const std::string& option : options) arguments.push_back(option.c_str());
  cli::run(arguments, environment);
  EXPECT_EQ(err, "");
  return nlohmann::json::parse(out);
}

/// The texts of all goldens: every diagnostic, with labels, fixes and notes.
void expect_all_match(const std::string& format, const Schema& schema) {
  for (const SourceText& source : find_source_texts(STACKC_SOURCE_DIR)) {
    const auto offered = check(source, {"--format", format});
    EXPECT_EQ(schema.mistakes_in(offered), "") << source.name;
    const auto applied = check(source, {"--format", format, "--fix"});
    EXPECT_EQ(schema.mistakes_in(applied), "") << source.name;
  }
}

TEST(ReportFormats, JsonIsAsItsSchemaSays) {
  const Schema schema("docs/check-report.schema.json", valijson::SchemaParser::kDraft7);
  expect_all_match("json", schema);
  EXPECT_NE(schema.mistakes_in({{"version", 2}}), "") << "a schema that accepts everything";
}

TEST(ReportFormats, SarifIsAsItsSchemaSays) {
  const Schema schema("golden-tests/formats/sarif-2.1.0-rtm.5.json",
                      valijson::SchemaParser::kDraft4);
  expect_all_match("sarif", schema);
  EXPECT_NE(schema.mistakes_in({{"version", "2.1.0"}}), "") << "a schema that accepts everything";
}

}  // namespace
}  // namespace stackc::testing
