#include "golden-tests/mistakes/corpus.h"

#include <fmt/core.h>

#include <charconv>

namespace stackc::mistakes {
namespace {

/// Reads the lines of one file, entry by entry.
class Reader {
 public:
  Reader(const std::string& kind, std::string_view text) : kind_(kind), rest_(text) {}

  Result<std::vector<Entry>> run() {
    while (!rest_.empty()) {
      const std::string_view line = next_line();
      if (!line.starts_with("@ ")) {
        // Prose stands between the entries, never within one.
        const bool part_of_entry =
            line.starts_with("- ") || line.starts_with("+ ") || line.starts_with("= ");
        if (part_of_entry) return fail("an entry begins with `@ `");
        continue;
      }
      if (auto done = entry(line.substr(2)); !done) return done.error();
    }
    return std::move(entries_);
  }

 private:
  std::string_view next_line() {
    const std::string_view line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
    ++line_;
    return line;
  }
  /// Does the next line begin with the mark, or is it the mark (before an empty text)?
  bool at(char mark) const {
    return rest_.size() > 1 && rest_[0] == mark && (rest_[1] == ' ' || rest_[1] == '\n');
  }
  Error fail(const char* what) const {
    return Error{fmt::format("{}.txt:{}: {}", kind_, line_, what)};
  }

  /// Lines that begin with the same mark, without it.
  std::string marked(char mark) {
    std::string text;
    for (bool first = true; at(mark); first = false) {
      if (!first) text += '\n';
      const std::string_view line = next_line();
      text += line.substr(std::min<std::size_t>(line.size(), 2));
    }
    return text;
  }

  Result<void> entry(std::string_view head) {
    Entry entry{.kind = kind_,
                .line = line_,
                .stack = std::string(head.substr(0, head.find(' '))),
                .before = marked('-'),
                .after = marked('+'),
                .id = {},
                .place = {},
                .suggested = {},
                .excuse = {}};
    if (const std::size_t space = head.find(' '); space != std::string_view::npos) {
      const std::string_view number = head.substr(space + 1);
      std::from_chars(number.data(), number.data() + number.size(), entry.occurrence);
    }
    if (entry.before.empty()) return fail("an entry has a line `- ` with the old text");
    if (!at('=')) return fail("an entry has a line `= ` with the outcome");
    const std::string_view id = next_line().substr(2);
    entry.id = id == "nothing" ? "" : id;
    if (rest_.starts_with("  at ")) entry.place = next_line().substr(5);
    if (rest_.starts_with("  offers ")) entry.suggested = next_line().substr(9);
    if (rest_.starts_with("  missed: ")) entry.excuse = next_line().substr(10);
    if (!rest_.empty() && rest_[0] != '\n') {
      next_line();
      return fail("an entry ends with an empty line");
    }
    entries_.push_back(std::move(entry));
    return {};
  }

  const std::string& kind_;
  std::string_view rest_;
  int line_ = 0;
  std::vector<Entry> entries_;
};

std::string with_mark(std::string_view mark, std::string_view text) {
  std::string lines;
  while (true) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    lines += fmt::format("{}{}{}\n", mark, line.empty() ? "" : " ", line);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string Edit::apply(std::string_view before) const {
  return fmt::format("{}{}{}", before.substr(0, begin), text, before.substr(end));
}

Result<std::vector<Entry>> read_entries(const std::string& kind, std::string_view text) {
  return Reader(kind, text).run();
}

std::string to_text(const Entry& entry) {
  std::string text = fmt::format("@ {}", entry.stack);
  if (entry.occurrence > 1) text += fmt::format(" {}", entry.occurrence);
  text += '\n' + with_mark("-", entry.before);
  if (!entry.after.empty()) text += with_mark("+", entry.after);
  text += fmt::format("= {}\n", entry.id.empty() ? "nothing" : entry.id);
  if (!entry.place.empty()) text += fmt::format("  at {}\n", entry.place);
  if (!entry.suggested.empty()) text += fmt::format("  offers {}\n", entry.suggested);
  return text;
}

std::optional<Edit> locate(const Entry& entry, std::string_view stack) {
  std::size_t at = stack.find(entry.before);
  for (int i = 1; i < entry.occurrence && at != std::string_view::npos; ++i)
    at = stack.find(entry.before, at + 1);
  if (at == std::string_view::npos) return std::nullopt;
  return trimmed({static_cast<std::uint32_t>(at),
                  static_cast<std::uint32_t>(at + entry.before.size()), entry.after},
                 stack);
}

Edit trimmed(Edit edit, std::string_view stack) {
  const auto old = [&] { return stack.substr(edit.begin, edit.end - edit.begin); };
  while (!old().empty() && !edit.text.empty() && old().front() == edit.text.front()) {
    ++edit.begin;
    edit.text.erase(0, 1);
  }
  while (!old().empty() && !edit.text.empty() && old().back() == edit.text.back()) {
    --edit.end;
    edit.text.pop_back();
  }
  return edit;
}

}  // namespace stackc::mistakes
