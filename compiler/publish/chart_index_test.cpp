#include "compiler/publish/chart_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace stackc::publish {
namespace {

constexpr const char* index_text = R"(apiVersion: v1
entries:
  cilium-test:
    - version: 1.16.5
      urls: [wrong.tgz]
  cilium:
    - name: cilium
      version: 1.17.0
      urls:
        - https://example.org/cilium-1.17.0.tgz
      maintainers:
        - {name: x, version: 1.16.5, urls: [trap.tgz]}
    - annotations: {version: 1.16.5, digest: trap}
      urls: [cilium-1.16.5.tgz, https://mirror.example.org/cilium-1.16.5.tgz]
      digest: abc
      version: "1.16.5"
    - version: 1.16.5
      urls: [second.tgz]
  "no-url":
    - version: 1.0.0
      urls: []
generated: "2025-01-01T00:00:00Z"
)";

std::string error_for(const std::string& index, const char* name, const char* version) {
  const Result<ChartEntry> entry = find_in_index(index, name, version);
  return entry ? "found " + entry->url : entry.error().text;
}

TEST(ChartIndex, TakesTheFirstUrlOfTheVersionAndNothingFromDeeperMaps) {
  const Result<ChartEntry> entry = find_in_index(index_text, "cilium", "1.16.5");
  ASSERT_TRUE(entry) << entry.error().text;
  EXPECT_EQ(entry->url, "cilium-1.16.5.tgz");
  EXPECT_EQ(entry->digest, "abc");
}

TEST(ChartIndex, SaysWhatIsThereInstead) {
  EXPECT_EQ(error_for(index_text, "cillium", "1.0"),
            "no chart `cillium` there; did you mean `cilium`?");
  EXPECT_EQ(error_for(index_text, "metrics-server", "1.0"), "no chart `metrics-server` there");
  EXPECT_EQ(error_for(index_text, "cilium", "1.16"),
            "chart `cilium` has no version `1.16` there; it has `1.17.0`, `1.16.5`, `1.16.5` and "
            "maybe more");
  EXPECT_EQ(error_for(index_text, "no-url", "1.0.0"),
            "its `index.yaml` gives no URL for `no-url` 1.0.0");
}

TEST(ChartIndex, RepeatsNoHostileText) {
  EXPECT_EQ(error_for("entries: {a: [{version: \"\\e[31m\"}]}", "a", "1"), "no chart `a` there");
}

TEST(ChartIndex, SurvivesAnyShape) {
  for (const char* text : {"", "[]", "x", "entries", "entries: x", "entries: {a: b}",
                           "entries: [a]", "entries: {a: [b]}", "entries: {a: [[{version: 1}]]}",
                           "- - - -", "entries: {a: {version: 1, urls: [x]}}", "? {a: b}\n: c",
                           "? [entries]\n: {a: [{version: 1, urls: [x]}]}", "entries: {a: &x [*x]}",
                           "entries:\n  a:\n  - version: 1\n    urls:\n    - {x: y}\n"}) {
    EXPECT_THAT(error_for(text, "a", "1"), testing::Not(testing::StartsWith("found"))) << text;
  }
  EXPECT_THAT(error_for("entries: {a: [", "a", "1"),
              testing::StartsWith("its `index.yaml` is no valid YAML: line 1: "));
}

TEST(ChartIndex, HostileNestingAndAliasesEndSoon) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(error_for("entries: " + std::string(200'000, '['), "a", "1"),
              testing::StartsWith("its `index.yaml` is no valid YAML"));
  EXPECT_THAT(error_for("entries: " + std::string(200'000, '{'), "a", "1"),
              testing::StartsWith("its `index.yaml` is no valid YAML"));
  std::string nested;
  for (int i = 0; i < 2'000; ++i) nested += std::string(static_cast<std::size_t>(i), ' ') + "-\n";
  EXPECT_THAT(error_for(nested, "a", "1"),
              testing::StartsWith("its `index.yaml` is no valid YAML"));
  std::string laughs = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 60; ++i) {
    const std::string last = std::to_string(i - 1);
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + last + ", *a" + last +
              "]\n";
  }
  EXPECT_EQ(error_for(laughs + "entries: {a: *a59}\n", "a", "1"), "no chart `a` there");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

}  // namespace
}  // namespace stackc::publish
