#include "compiler/publish/journal.h"

#include <fmt/core.h>

namespace stackc::publish {
namespace {

constexpr std::string_view first_line = "stackc release in progress\n";
constexpr std::string_view last_line = "end\n";

}  // namespace

std::string print_journal(const Journal& journal) {
  std::string text(first_line);
  text += fmt::format("branch {}\nbefore {}\nafter {}\n", journal.branch, journal.before,
                      journal.after);
  for (const std::string& lock : journal.locks) text += fmt::format("lock {}\n", lock);
  text += last_line;
  return text;
}

Result<Journal> parse_journal(std::string_view text) {
  const Error damaged{"the journal of the last release is damaged"};
  if (!text.starts_with(first_line) || !text.ends_with(last_line)) return damaged;
  text.remove_prefix(first_line.size());
  text.remove_suffix(last_line.size());
  Journal journal;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t space = text.find(' ');
    if (end == std::string_view::npos || space >= end) return damaged;
    const std::string_view key = text.substr(0, space);
    const std::string value(text.substr(space + 1, end - space - 1));
    if (key == "branch") {
      journal.branch = value;
    } else if (key == "before") {
      journal.before = value;
    } else if (key == "after") {
      journal.after = value;
    } else if (key == "lock") {
      journal.locks.push_back(value);
    } else {
      return damaged;
    }
    text.remove_prefix(end + 1);
  }
  return journal;
}

}  // namespace stackc::publish
