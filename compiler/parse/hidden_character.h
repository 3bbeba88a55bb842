#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace stackc::parse {

/// A character that nobody sees.
struct Invisible {
  std::uint32_t point;
  std::size_t length;  // in bytes
};

/// What is at the start of the text, if it is a control character, a character of no width, or one
/// that turns the direction of the text around it: all make a file read differently from what it
/// says. The joiners U+200C and U+200D are not among them: scripts and emoji need them.
std::optional<Invisible> hidden_character(std::string_view text);

}  // namespace stackc::parse
