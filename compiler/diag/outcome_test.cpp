#include "compiler/diag/outcome.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "compiler/diag/catalogue/resolve.h"

namespace stackc::diag {
namespace {

using nlohmann::json;

/// The one result of the SARIF of a report about a file.
json result_for(const std::string& path) {
  source::SourceSet files;
  const auto& file = files.add(path, "🙂 x\ny");
  Sink sink;
  sink.report({file.id(), 5, 8}, DuplicateName, Code{"x"});
  Outcome outcome;
  outcome.reports.push_back(with_places(sink.sorted().front(), files));
  return json::parse(render_sarif(outcome, "1"))["runs"][0]["results"][0];
}

json artifact_of(const std::string& path) {
  return result_for(path)["locations"][0]["physicalLocation"]["artifactLocation"];
}

TEST(RenderSarif, WritesPathsAsUris) {
  EXPECT_EQ(artifact_of("stacks/a.stack"), json({{"uri", "stacks/a.stack"}}));
  EXPECT_EQ(artifact_of("../grün und:so/a#1.stack"),
            json({{"uri", "../gr%C3%BCn%20und%3Aso/a%231.stack"}}));
  EXPECT_EQ(artifact_of("/tmp/a.stack"), json({{"uri", "file:///tmp/a.stack"}}));
  EXPECT_EQ(artifact_of("a\xff.stack"), json({{"uri", "a%FF.stack"}}));
  EXPECT_EQ(artifact_of("std/scs.stack"),
            json({{"uri", "std/scs.stack"}, {"uriBaseId", "STDLIB"}}));
}

TEST(RenderSarif, CountsColumnsInUtf16) {
  EXPECT_EQ(result_for("a.stack")["locations"][0]["physicalLocation"]["region"],
            json({{"startLine", 1}, {"startColumn", 4}, {"endLine", 2}, {"endColumn", 2}}));
}

TEST(RenderJson, ReplacesBytesThatAreNoText) {
  Outcome outcome;
  outcome.failures.emplace_back("no file `a\xff`");
  EXPECT_EQ(json::parse(render_json(outcome))["failures"], json({"no file `a\xef\xbf\xbd`"}));
}

}  // namespace
}  // namespace stackc::diag
