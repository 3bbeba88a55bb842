/// Prints entries for mistakes that a program makes: `generate-mistakes KIND EVERY`, for example
/// `generate-mistakes misspelt 40 > golden-tests/mistakes/generated_misspelt.txt`. Read what it
/// says before it is committed: an entry holds what the compiler reports today.
#include <fmt/core.h>

#include <charconv>

#include "golden-tests/mistakes/mutations.h"
#include "golden-tests/mistakes/real_stacks.h"
#include "golden-tests/mistakes/trial.h"

namespace stackc::mistakes {
namespace {

/// The line around an edit, as the old text of an entry, and which of its occurrences it is.
Entry entry_for(const Mutation& mutation, const std::string& stack, const std::string& text) {
  const Edit& edit = mutation.edit;
  std::size_t begin = text.rfind('\n', edit.begin == 0 ? 0 : edit.begin - 1);
  begin = text.find_first_not_of(' ', begin == std::string::npos ? 0 : begin + 1);
  const std::size_t end = text.find('\n', edit.end);
  const std::string line = text.substr(begin, end - begin);
  const Edit within{static_cast<std::uint32_t>(edit.begin - begin),
                    static_cast<std::uint32_t>(edit.end - begin), edit.text};
  Entry entry{.kind = {}, .line = 0, .stack = stack, .before = line, .after = within.apply(line)};
  for (std::size_t at = text.find(line); at < begin; at = text.find(line, at + 1))
    ++entry.occurrence;
  return entry;
}

void print_entries(std::string_view kind, int every) {
  Bench bench;
  int count = 0;
  for (const auto& [stack, text] : real_stacks()) {
    source::SourceSet files;
    for (const Mutation& mutation : mutations_of(files.add(stack, text))) {
      if (mutation.kind != kind || count++ % every != 0) continue;
      const std::string after = mutation.edit.apply(text);
      const std::vector<SeenError> errors = bench.errors_of(after);
      // Edits that do no harm, and mistakes that are told elsewhere, are entries to write by hand.
      if (errors.size() != 1 || !lines_of(mutation.edit, after).hold(errors[0].line)) continue;
      Entry entry = entry_for(mutation, stack, text);
      if (locate(entry, text)->apply(text) != after) continue;
      entry.id = errors[0].id;
      if (errors[0].advice.find(mutation.meant) != std::string::npos)
        entry.suggested = mutation.meant;
      fmt::print("{}\n", to_text(entry));
    }
  }
}

}  // namespace
}  // namespace stackc::mistakes

int main(int argc, char** argv) {
  int every = 0;
  const std::string_view number = argc == 3 ? argv[2] : "";
  std::from_chars(number.data(), number.data() + number.size(), every);
  if (every < 1) {
    fmt::print(stderr, "usage: generate-mistakes KIND EVERY\n");
    return 2;
  }
  stackc::mistakes::print_entries(argv[1], every);
  return 0;
}
