#include "golden-tests/mistakes/corpus.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <iostream>

#include "compiler/testing/read_tree.h"
#include "golden-tests/mistakes/real_stacks.h"
#include "golden-tests/mistakes/trial.h"

namespace stackc::mistakes {
namespace {

std::vector<Entry> all_entries() {
  std::vector<Entry> all;
  for (const auto& [path, text] : testing::read_tree(STACKC_SOURCE_DIR, "golden-tests/mistakes")) {
    if (!path.ends_with(".txt")) continue;
    const std::string name = path.substr(path.rfind('/') + 1);
    auto entries = read_entries(name.substr(0, name.rfind('.')), text);
    EXPECT_TRUE(entries) << (entries ? "" : entries.error().text);
    if (entries) std::ranges::move(*entries, std::back_inserter(all));
  }
  return all;
}

/// How many entries were met, point by point.
struct Tally {
  int mistakes = 0;
  int caught = 0;
  int single = 0;
  int right_id = 0;
  int right_line = 0;
  int misspelt = 0;  // that ask for a suggestion
  int right_offer = 0;
  int harmless = 0;
  int false_alarms = 0;
  int excused = 0;
  int gone = 0;  // the stack has changed since
};

double percent(int part, int whole) {
  return whole == 0 ? 100 : 100.0 * part / whole;
}

std::string shown(const std::vector<SeenError>& errors) {
  std::string text;
  for (const SeenError& error : errors)
    text += fmt::format("  line {}: {}: {}\n", error.line, error.id, error.message);
  return text.empty() ? "  no error\n" : text;
}

/// Counts one entry; what was not met, in words.
std::string judge(const Entry& entry, const std::string& stack, Bench& bench, Tally& tally) {
  const std::optional<Edit> edit = locate(entry, stack);
  if (!edit) {
    ++tally.gone;
    return "";
  }
  const std::string after = edit->apply(stack);
  const std::vector<SeenError> errors = bench.reports_of(after);
  if (entry.id.empty()) {
    ++tally.harmless;
    tally.false_alarms += errors.empty() ? 0 : 1;
    return errors.empty() ? "" : "a false alarm:\n" + shown(errors);
  }
  ++tally.mistakes;
  if (errors.empty()) return "not caught";
  const SeenError& first = errors.front();
  const bool right_line = entry.place.empty() ? lines_of(*edit, after).hold(first.line)
                                              : first.line == find_line(after, entry.place);
  const bool right_offer = first.advice.find(entry.suggested) != std::string::npos;
  const bool right_id = first.id == entry.id;
  ++tally.caught;
  tally.single += errors.size() == 1 ? 1 : 0;
  tally.right_id += right_id ? 1 : 0;
  tally.right_line += right_line ? 1 : 0;
  tally.misspelt += entry.suggested.empty() ? 0 : 1;
  tally.right_offer += !entry.suggested.empty() && right_offer ? 1 : 0;
  std::string missed;
  if (errors.size() != 1) missed += fmt::format("{} errors\n", errors.size());
  if (!right_id) missed += "another error\n";
  if (!right_line) missed += "another line\n";
  if (!right_offer)
    missed += fmt::format("`{}` is not offered: {}\n", entry.suggested, first.advice);
  return missed.empty() ? "" : missed + shown(errors);
}

TEST(Mistakes, EachGivesOneErrorAtItsPlace) {
  const auto stacks = real_stacks();
  Bench bench;
  Tally tally;
  std::string missed;
  for (const Entry& entry : all_entries()) {
    const auto stack = stacks.find(entry.stack);
    ASSERT_NE(stack, stacks.end())
        << entry.kind << ".txt:" << entry.line << ": no stack `" << entry.stack << "`";
    const std::string reason = judge(entry, stack->second, bench, tally);
    const bool excused = !entry.excuse.empty();
    tally.excused += excused ? 1 : 0;
    EXPECT_FALSE(excused && reason.empty())
        << entry.kind << ".txt:" << entry.line << ": is met by now, so it needs no excuse";
    if (!reason.empty() && !excused)
      missed += fmt::format("{}.txt:{}: {}\n", entry.kind, entry.line, reason);
  }
  const double caught = percent(tally.caught, tally.mistakes);
  const double right_line = percent(tally.right_line, tally.mistakes);
  const double right_offer = percent(tally.right_offer, tally.misspelt);
  const double single = percent(tally.single, tally.mistakes);
  std::cout << fmt::format(
      "{} mistakes: caught {:.1f} %, on the right line {:.1f} %, one error {:.1f} %, expected id "
      "{:.1f} %\n{} misspelt: right suggestion {:.1f} %\n{} harmless edits: {} false alarms\n{} "
      "known not to be met, {} gone from the stacks\n",
      tally.mistakes, caught, right_line, single, percent(tally.right_id, tally.mistakes),
      tally.misspelt, right_offer, tally.harmless, tally.false_alarms, tally.excused, tally.gone);
  if (!missed.empty()) ADD_FAILURE() << missed;
  EXPECT_GE(caught, 98);
  EXPECT_GE(right_line, 98);
  EXPECT_GE(right_offer, 90);
  EXPECT_GE(single, 98);
  EXPECT_LE(tally.gone, tally.mistakes / 20) << "the stacks have moved on; so should the entries";
}

}  // namespace
}  // namespace stackc::mistakes
