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
