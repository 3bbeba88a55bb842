#include "compiler/parse/foreign_marks.h"

#include <fmt/core.h>

#include <algorithm>

namespace stackc::parse {
namespace {

using enum ForeignMark::Meaning;

constexpr std::size_t longest = 256;  // bytes of a mark; a whole file may be one line of them
constexpr std::string_view double_quotes = "strings stand in double quotes";

std::size_t name_length(std::string_view text) {
  constexpr std::string_view letters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
  return std::min(text.find_first_not_of(letters), text.size());
}

/// `text` starts with `$`.
std::optional<ForeignMark> value(std::string_view text, std::string_view line, char before) {
  constexpr std::string_view value_starts_behind = " \t:=([{,";
  const bool within_text = value_starts_behind.find(before) == std::string_view::npos;
  const char open = line.size() > 1 ? line[1] : '\0';
  const bool in_brackets = open == '{' || open == '(';
  const std::size_t begin = in_brackets ? 2 : 1;
  const std::size_t length = name_length(text.substr(std::min(begin, line.size())));
  const std::string hint =
      within_text || length == 0
          ? std::string(double_quotes)
          : fmt::format("a value is written by its name alone: `{}`", text.substr(begin, length));
  // Of `$name` only the sign is wrong; what is in brackets is passed over.
  if (!in_brackets)
    return length == 0 ? std::nullopt : std::optional(ForeignMark{Value, 1, 1, hint});
  const std::size_t close = line.find(open == '{' ? '}' : ')');
  if (close == std::string_view::npos) return std::nullopt;
  return ForeignMark{Value, close + 1, close + 1, hint};
}

}  // namespace

std::optional<ForeignMark> foreign_mark(std::string_view text, bool starts_line, char before) {
  const auto rest_of_line = [&] { return std::min(text.find_first_of("\r\n"), text.size()); };
  if (text.starts_with("/*")) {
    const std::size_t close = text.find("*/", 2);
    const std::size_t length = close == std::string_view::npos ? rest_of_line() : close + 2;
    return ForeignMark{Comment, 2, length, ""};
  }
  const bool is_apart = starts_line || before == ' ' || before == '\t';
  if (text.starts_with("-- ") && is_apart) return ForeignMark{Comment, 2, rest_of_line(), ""};
  text = text.substr(0, longest);
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  if (text.starts_with('`')) {
    const std::size_t close = line.find('`', 1);
    if (close == std::string_view::npos) return std::nullopt;
    return ForeignMark{Text, close + 1, close + 1, std::string(double_quotes)};
  }
  const bool is_reference =
      text.starts_with('&') && before == ' ' && name_length(line.substr(1)) > 0;
  if (is_reference) {
    return ForeignMark{Value, 1, 1,
                       fmt::format("a value is written by its name alone: `{}`",
                                   line.substr(1, name_length(line.substr(1))))};
  }
  return text.starts_with('$') ? value(text, line, before) : std::nullopt;
}

std::string_view hint_for(std::string_view character, bool goes_on) {
  if (character == "#") return "comments start with `//`";
  if (character == ";" && goes_on) return "did you mean `,`?";
  if (character == ";") return "nothing is needed at the end of a line";
  if (character == "~") return "did you mean `null`?";
  if (character == "&") return "did you mean `&&`?";
  if (character == "^") return "a pattern is a text in double quotes";
  if (character == "\u00A0") return "a no-break space; write a plain one";
  if (character == "“" || character == "”" || character == "„")
    return "strings stand in straight double quotes";
  return "";
}

}  // namespace stackc::parse
