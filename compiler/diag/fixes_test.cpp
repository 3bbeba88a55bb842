#include "compiler/diag/fixes.h"

#include <gtest/gtest.h>

namespace stackc::diag {
namespace {

Edit edit(std::uint32_t begin, std::uint32_t end, std::string replacement = "") {
  return {{source::FileId{}, begin, end}, std::move(replacement)};
}

TEST(Fixes, EditsApplyInAnyOrder) {
  EXPECT_EQ(with_edits("let a = b", {edit(8, 9, "\"c\""), edit(0, 4), edit(5, 5, "ll")}),
            "all = \"c\"");
}

TEST(Fixes, EditsThatShareTextOrAPlaceOverlap) {
  EXPECT_TRUE(overlap(edit(1, 4), edit(3, 5)));
  EXPECT_TRUE(overlap(edit(1, 4), edit(2, 2))) << "an insertion into what is replaced";
  EXPECT_TRUE(overlap(edit(2, 2), edit(2, 2))) << "which one comes first?";
  EXPECT_FALSE(overlap(edit(1, 4), edit(4, 5)));
  EXPECT_FALSE(overlap(edit(1, 4), {{source::FileId{1}, 1, 4}, ""}));
}

/// The text without what stands at `marked`; empty if it cannot be taken out as lines.
std::string without(const std::string& text, const std::string& marked) {
  source::SourceSet sources;
  const source::SourceFile& file = sources.add("a.stack", text);
  const auto begin = static_cast<std::uint32_t>(text.find(marked));
  const auto end = static_cast<std::uint32_t>(begin + marked.size());
  const auto edit = removal_of_lines(file, {file.id(), begin, end});
  return edit ? with_edits(text, {*edit}) : "";
}

TEST(Fixes, ALineGoesWithItsDocumentationAndTheCommentBehindIt) {
  EXPECT_EQ(without("import a\nimport b\n\nstack\n", "import b"), "import a\n\nstack\n");
  EXPECT_EQ(without("{\n  // kept\n  /// One\n  /// two.\n  let a = 1  // why\n  let b = 2\n}\n",
                    "let a = 1"),
            "{\n  // kept\n  let b = 2\n}\n");
  EXPECT_EQ(without("let a = [\n  1,\n]", "let a = [\n  1,\n]"), "");
}

TEST(Fixes, OneOfTheEmptyLinesAroundALineGoesWithIt) {
  EXPECT_EQ(without("let a = 1\n\nlet b = 2\n\nlet c = 3\n", "let b = 2"),
            "let a = 1\n\nlet c = 3\n");
  EXPECT_EQ(without("import a\n\nstack\n", "import a"), "stack\n");
}

TEST(Fixes, WhatSharesALineStays) {
  EXPECT_EQ(without("let a = 1 let b = 2\n", "let a = 1"), "");
  EXPECT_EQ(without("let a = 1 let b = 2\n", "let b = 2"), "");
}

TEST(Fixes, AChoiceIsNotCertain) {
  Report report{.id = "a/b", .severity = Severity::Error, .span = edit(0, 1).span};
  EXPECT_EQ(certain_fix(report), nullptr);
  report.fixes.push_back({"One", {edit(0, 1)}});
  EXPECT_EQ(certain_fix(report), &report.fixes[0]);
  report.fixes[0].certain = false;
  EXPECT_EQ(certain_fix(report), nullptr);
  report.fixes = {{"One", {edit(0, 1)}}, {"Other", {edit(0, 1)}}};
  EXPECT_EQ(certain_fix(report), nullptr);
}

}  // namespace
}  // namespace stackc::diag
