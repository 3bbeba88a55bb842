#include "compiler/check/foreign_references.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace stackc::check {
namespace {

std::vector<std::string> paths(std::string_view text) {
  std::vector<std::string> all;
  for (ForeignReference& found : foreign_references(text)) all.push_back(std::move(found.path));
  return all;
}

TEST(ForeignReferences, AreFoundInTheFormsOfOtherLanguages) {
  EXPECT_THAT(paths("{{ .a }} {{b}} $(d) {e} $f.qcow2 {{ .Cluster.metadata.name }}"),
              testing::ElementsAre("a", "b", "d", "e", "f", "Cluster.metadata.name"));
}

TEST(ForeignReferences, EndBeforeADashThatBelongsToTheText) {
  EXPECT_THAT(paths("$a-$b $c-d-"), testing::ElementsAre("a", "b", "c-d"));
}

TEST(ForeignReferences, HaveFieldsWhereOnlyTheseAreValues) {
  EXPECT_THAT(paths("$kubernetes.minor.qcow2 $builtin.cluster.name $name.x"),
              testing::ElementsAre("kubernetes.minor.qcow2", "builtin.cluster.name", "name"));
}

TEST(ForeignReferences, AreNotOtherBraces) {
  EXPECT_THAT(paths("{{ if .a }} { a } {{{a}}} $1 $$ ${a} ${a:-b} $(a b) {\"a\": 1} {a,b}"),
              testing::IsEmpty());
}

TEST(ForeignReferences, AreNotVariablesOfAScript) {
  EXPECT_THAT(paths("version=1; echo $version $other"), testing::ElementsAre("other"));
  EXPECT_THAT(paths("for name in a b; do echo $name; done"), testing::IsEmpty());
  EXPECT_THAT(paths("while read -r zone; do echo $zone; done"), testing::IsEmpty());
  EXPECT_THAT(paths("while read -r zone image; do echo $image; done"), testing::IsEmpty());
  EXPECT_THAT(paths("for x in $name other; do echo $other; done"),
              testing::ElementsAre("name", "other"));
  EXPECT_THAT(paths("read line; echo name $name"), testing::ElementsAre("name"));
  EXPECT_THAT(paths("local name; name += x; echo $name {% set zone = 1 %}{{ zone }}"),
              testing::IsEmpty());
  EXPECT_THAT(paths("[ $name == a ]"), testing::ElementsAre("name"));
}

TEST(ForeignReferences, AreFoundInOnePassOverTheText) {
  std::string text = "read";
  for (int i = 0; i < 200'000; ++i) text += " b";
  for (int i = 0; i < 200'000; ++i) text += " $a $b";
  EXPECT_EQ(paths(text).size(), 200'000U);
}

TEST(ForeignReferences, KnowTheirPlace) {
  const auto found = foreign_references("v{{ .a }}");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].begin, 1U);
  EXPECT_EQ(found[0].end, 9U);
}

}  // namespace
}  // namespace stackc::check
