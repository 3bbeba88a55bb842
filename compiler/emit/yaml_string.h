#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stackc::emit {

/// How YAML text shows one string.
enum class YamlStyle : std::uint8_t {
  Plain,         // no reader of YAML 1.1 or 1.2 takes it for anything but this string
  SingleQuoted,  // as it is, for text with double quotes or backslashes in it
  DoubleQuoted,  // with escapes
  Literal,       // `|`: several lines, as they are
};

YamlStyle yaml_style(std::string_view text);

/// The style of a string that must stay on one line, such as a key: never Literal.
YamlStyle yaml_one_line_style(std::string_view text);

/// Appends the string on one line; `style` is what one of the functions above gave, Literal becomes
/// DoubleQuoted.
void append_one_line(std::string_view text, YamlStyle style, std::string& out);

/// The characters with everything invisible or not printable escaped as in a double-quoted string.
/// For comments.
std::string yaml_escaped(std::string_view text);

/// The header and the lines of a literal block, each line indented by `column` spaces, with a final
/// line feed. `text` has style Literal, and the node that holds the block is indented by `column -
/// 2`.
std::string yaml_literal(std::string_view text, std::size_t column);

}  // namespace stackc::emit
