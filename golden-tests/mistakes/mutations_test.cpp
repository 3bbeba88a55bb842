#include "golden-tests/mistakes/mutations.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "golden-tests/mistakes/real_stacks.h"
#include "golden-tests/mistakes/trial.h"

namespace stackc::mistakes {
namespace {

/// How many mutations of a kind gave how many errors.
struct Tally {
  int all = 0;
  int harmless = 0;
  int single = 0;
  int misspelt = 0;
  int offered = 0;
  int on_line = 0;
};

double percent(int part, int whole) {
  return whole == 0 ? 100 : 100.0 * part / whole;
}

/// Every `n`-th mutation is tried; MISTAKES=all tries each, which takes minutes.
int stride(std::size_t count) {
  constexpr std::size_t most = 1500;
  const char* wanted = std::getenv("MISTAKES");
  if (wanted != nullptr && std::string_view(wanted) == "all") return 1;
  return static_cast<int>(count / most) + 1;
}

std::string describe(const Mutation& mutation, const std::string& text,
                     const std::vector<SeenError>& errors) {
  const Edit& edit = mutation.edit;
  std::string shown =
      fmt::format("line {}: {}: `{}` -> `{}`\n", find_line(text, text.substr(edit.begin, 60)),
                  mutation.kind, text.substr(edit.begin, edit.end - edit.begin), edit.text);
  for (const SeenError& error : errors)
    shown +=
        fmt::format("  line {}: {}: {} | {}\n", error.line, error.id, error.message, error.advice);
  return shown;
}

void try_one(const Mutation& mutation, const std::string& text, Bench& bench, Tally& tally,
             std::string& offenders) {
  const std::string after = mutation.edit.apply(text);
  const std::vector<SeenError> errors = bench.errors_of(after);
  ++tally.all;
  if (errors.empty()) {
    ++tally.harmless;
    return;
  }
  tally.single += errors.size() == 1 ? 1 : 0;
  const Lines lines = lines_of(mutation.edit, after);
  const bool on_line = lines.hold(errors.front().line);
  tally.on_line += on_line ? 1 : 0;
  const bool offered = errors.front().advice.find(mutation.meant) != std::string::npos;
  tally.misspelt += mutation.meant.empty() ? 0 : 1;
  tally.offered += !mutation.meant.empty() && offered ? 1 : 0;
  if (errors.size() != 1 || !on_line || !offered) offenders += describe(mutation, text, errors);
}

TEST(Mistakes, OneMistakeIsOneError) {
  Bench bench;
  std::map<std::string_view, Tally> tallies;
  Tally sum;
  std::string offenders;
  for (const auto& [name, text] : real_stacks()) {
    source::SourceSet files;
    const auto mutations = mutations_of(files.add(name, text));
    const int step = stride(mutations.size());
    for (std::size_t i = 0; i < mutations.size(); i += static_cast<std::size_t>(step))
      try_one(mutations[i], text, bench, tallies[mutations[i].kind], offenders);
  }
  for (const auto& [kind, tally] : tallies) {
    const int wrong = tally.all - tally.harmless;
    std::cout << fmt::format(
        "{:>10}: {:>5} tried, {:>4} harmless; one error {:.1f} %, on the line {:.1f} %, offered "
        "{:.1f} %\n",
        kind, tally.all, tally.harmless, percent(tally.single, wrong),
        percent(tally.on_line, wrong), percent(tally.offered, tally.misspelt));
    sum.all += wrong;
    sum.single += tally.single;
    sum.misspelt += tally.misspelt;
    sum.offered += tally.offered;
  }
  EXPECT_GT(sum.all, 1000);
  EXPECT_GE(percent(sum.single, sum.all), 99) << offenders;
  EXPECT_GE(percent(sum.offered, sum.misspelt), 90) << offenders;
  if (std::getenv("MISTAKES") != nullptr) std::cout << offenders;
}

}  // namespace
}  // namespace stackc::mistakes
