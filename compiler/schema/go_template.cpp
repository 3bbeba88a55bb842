#include "compiler/schema/go_template.h"

#include <algorithm>
#include <array>

namespace stackc::schema {
namespace {

using Kind = TemplateToken::Kind;

// What Go takes for an identifier.
bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_path_character(char c) {
  return is_word_character(c) || c == '.' || c == '$';
}

/// Splits the inside of one action.
class ActionReader {
 public:
  explicit ActionReader(std::string_view text) : text_(text) {}

  /// The tokens, and how many bytes they and the closing braces take; nothing if those are missing.
  bool read(std::vector<TemplateToken>& tokens) {
    while (at_ < text_.size()) {
      if (text_.substr(at_).starts_with("}}")) return true;
      const char c = text_[at_];
      if (c == '"' || c == '`' || c == '\'') {
        tokens.push_back({Kind::String, quoted(c)});
      } else if (is_path_character(c)) {
        const bool behind_parentheses = c == '.' && at_ > 0 && text_[at_ - 1] == ')';
        const bool is_path = c == '.' || c == '$';
        tokens.push_back({behind_parentheses ? Kind::Other
                          : is_path          ? Kind::Path
                                             : Kind::Word,
                          path()});
      } else {
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
          tokens.push_back({sign(c), text_.substr(at_, 1)});
        ++at_;
      }
    }
    return false;
  }

  std::size_t size() const { return at_; }

 private:
  static Kind sign(char c) {
    return c == '(' ? Kind::Open : c == ')' ? Kind::Close : c == '|' ? Kind::Pipe : Kind::Other;
  }

  std::string_view path() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_path_character(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  std::string_view quoted(char quote) {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != quote)
      at_ += text_[at_] == '\\' && quote != '`' ? 2U : 1U;
    at_ = std::min(at_, text_.size());
    const std::string_view inside = text_.substr(begin, at_ - begin);
    at_ = std::min(at_ + 1, text_.size());
    return inside;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

constexpr std::array<std::string_view, 6> control_words{"if",   "with", "range",
                                                        "else", "end",  "define"};

/// Whether an action decides what is printed, and prints nothing itself.
bool is_control(std::string_view action) {
  action.remove_prefix(std::min(action.find_first_not_of("{- "), action.size()));
  return std::ranges::any_of(control_words,
                             [&](std::string_view word) { return action.starts_with(word); });
}

/// The text without the blanks and the control actions at its end.
std::string_view without_control(std::string_view text) {
  while (true) {
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    text = text.substr(0, last == text.npos ? 0 : last + 1);
    const std::size_t open = text.ends_with("}}") ? text.rfind("{{") : text.npos;
    if (open == text.npos || !is_control(text.substr(open))) return text;
    text = text.substr(0, open);
  }
}

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

/// The last line of a text, which is taken away from it.
std::string_view take_last_line(std::string_view& text) {
  const std::size_t end = text.rfind('\n');
  const std::string_view line = text.substr(end == text.npos ? 0 : end + 1);
  text = text.substr(0, end == text.npos ? 0 : end);
  return line;
}

std::string_view key_of_line(std::string_view line) {
  if (!line.ends_with(':')) return {};
  line.remove_suffix(1);
  const auto start = std::find_if_not(line.rbegin(), line.rend(), is_word_character);
  return line.substr(static_cast<std::size_t>(line.rend() - start));
}

}  // namespace

std::vector<TemplateAction> read_actions(std::string_view text) {
  std::vector<TemplateAction> actions;
  for (std::size_t at = text.find("{{"); at != text.npos; at = text.find("{{", at)) {
    TemplateAction action{.begin = at, .tokens = {}};
    at += 2;
    if (text.substr(at).starts_with("- ")) ++at;
    const std::size_t start = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    if (text.substr(start).starts_with("/*")) {
      at = std::min(text.find("*/", start), text.size());
      continue;
    }
    ActionReader reader(text.substr(at));
    if (!reader.read(action.tokens)) break;
    at += reader.size();
    actions.push_back(std::move(action));
  }
  return actions;
}

std::string_view key_above(std::string_view text, std::size_t begin, std::size_t columns) {
  std::string_view above = without_control(text.substr(0, begin));
  if (above.ends_with(':')) return key_of_line(take_last_line(above));
  bool in_list = false;
  while (columns > 0 && !above.empty()) {
    const std::string_view line = take_last_line(above);
    const std::size_t indent = indentation(line);
    const std::string_view inside = line.substr(indent);
    if (inside.empty() || inside.starts_with('#') || inside.starts_with("{{")) continue;
    const bool is_item = inside.starts_with("- ");
    in_list |= is_item && indent == columns;
    // The items of a list may stand right below their key; what else stands there is a neighbour.
    const bool is_above = indent < columns || (indent == columns && in_list && !is_item);
    if (is_above) return is_item ? std::string_view{} : key_of_line(line);
  }
  return {};
}

}  // namespace stackc::schema
