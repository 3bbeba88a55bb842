#include "compiler/testing/case_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackc::testing {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view text =
    "It proves something.\n"
    "#run: check a.stack\n"
    "#run: build a.stack\n"
    "#stack: stacks/demo\n"
    "\n"
    "-- a.stack --\n"
    "let a = 1\n"
    "--- no marker ---\n"
    "-- out/stdout --\n";

TEST(CaseFile, ReadsDirectivesAndSections) {
  const auto file = parse_case(text);
  ASSERT_TRUE(file);
  EXPECT_THAT(file->runs, ElementsAre("check a.stack", "build a.stack"));
  EXPECT_THAT(file->stacks, ElementsAre("stacks/demo"));
  EXPECT_THAT(file->sections,
              ElementsAre(CaseFile::Section{"a.stack", "let a = 1\n--- no marker ---\n"},
                          CaseFile::Section{"out/stdout", ""}));
}

TEST(CaseFile, IsWrittenAsItWasRead) {
  EXPECT_EQ(to_text(*parse_case(text)), text);
}

TEST(CaseFile, TellsInputsFromExpectations) {
  EXPECT_FALSE(is_expected({"a.stack", ""}));
  EXPECT_TRUE(is_expected({"out/files/a.yaml", ""}));
}

TEST(CaseFile, RefusesWhatNobodyCouldRead) {
  EXPECT_EQ(parse_case("#run: check a.stack\n").error().text,
            "the case does not begin with a sentence that says what it proves");
  EXPECT_EQ(parse_case("It proves something.\n").error().text, "the case has no line `#run: …`");
  EXPECT_EQ(parse_case("It proves something.\n#rum: check\n").error().text,
            "`#rum: check` is neither `#run: …` nor `#stack: …`");
  EXPECT_EQ(parse_case("It proves.\n#run: check a\n-- a --\n-- a --\n").error().text,
            "two sections `a`");
}

}  // namespace
}  // namespace stackc::testing
