#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stackc::parse {

/// A mark of another language.
struct ForeignMark {
  enum class Meaning : std::uint8_t { Comment, Text, Value };
  Meaning meaning;
  std::size_t told;    // bytes of it that the report shows
  std::size_t length;  // bytes that it takes
  std::string hint;
};

/// What the text starts with, if it is such a mark: a comment (`/* … */`, `-- …`), a text between
/// backticks, or a value as others write it (`$name`, `${name}`, `$(name)`, `&name`).
/// `starts_line`: only space stands before it on its line; `before`: the character before it.
std::optional<ForeignMark> foreign_mark(std::string_view text, bool starts_line, char before);

/// What to write instead of a character that has no meaning; may be empty. `goes_on`: more of
/// what is in brackets stands behind it on its line.
std::string_view hint_for(std::string_view character, bool goes_on);

}  // namespace stackc::parse
