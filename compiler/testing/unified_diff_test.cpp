#include "compiler/testing/unified_diff.h"

#include <gtest/gtest.h>

namespace stackc::testing {
namespace {

constexpr std::size_t all = std::string::npos;

std::string numbers(int first, int last) {
  std::string text;
  for (int i = first; i <= last; ++i) text += std::to_string(i) + "\n";
  return text;
}

TEST(UnifiedDiff, IsEmptyForEqualTexts) {
  EXPECT_EQ(unified_diff("a", "x\n", "x\n", all), "");
}

TEST(UnifiedDiff, ShowsChangesWithTheirNeighbours) {
  const std::string after = numbers(1, 4) + "new\n" + numbers(6, 10);
  EXPECT_EQ(unified_diff("a", numbers(1, 10), after, all),
            "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+new\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, ShowsDistantChangesApart) {
  const std::string after = "0\n" + numbers(1, 20) + "21\n";
  EXPECT_EQ(
      unified_diff("a", numbers(1, 20), after, all),
      "--- a\n+++ a\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -18,3 +19,4 @@\n 18\n 19\n 20\n+21\n");
}

TEST(UnifiedDiff, ShowsAFileThatBecomesEmpty) {
  EXPECT_EQ(unified_diff("a", "1\n2\n", "", all), "--- a\n+++ a\n@@ -1,2 +1,0 @@\n-1\n-2\n");
}

TEST(UnifiedDiff, SaysHowMuchItLeavesOut) {
  EXPECT_EQ(unified_diff("a", "1\n2\n3\n", "", 4),
            "--- a\n+++ a\n@@ -1,3 +1,0 @@\n-1\n… and 2 more lines\n");
}

}  // namespace
}  // namespace stackc::testing
