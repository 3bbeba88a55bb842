#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "compiler/parse/reports.h"

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

/// Reports them all from `begin` on, with one report for a run.
void report_hidden_characters(std::string_view text, std::size_t begin, source::FileId file,
                              Reports& reports);

}  // namespace stackc::parse
