#include "compiler/parse/hidden_character.h"

#include <fmt/core.h>

namespace stackc::parse {

namespace {

/// As nearly all characters are.
bool is_printable_ascii(char c) {
  return c >= ' ' && c < 0x7F;
}

}  // namespace

std::optional<Invisible> hidden_character(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<std::uint32_t>(static_cast<std::uint8_t>(text[i])) : 0u;
  };
  if (!text.empty() && is_printable_ascii(text[0])) return std::nullopt;
  const bool control = byte(0) < 0x20 && byte(0) != '\t' && byte(0) != '\n' && byte(0) != '\r';
  if (!text.empty() && (control || byte(0) == 0x7F)) return Invisible{byte(0), 1};
  if (text.starts_with("\u00AD")) return Invisible{0x00AD, 2};  // a soft hyphen
  if (text.starts_with("\uFEFF")) return Invisible{0xFEFF, 3};  // a byte order mark
  if (byte(0) != 0xE2 || (byte(1) != 0x80 && byte(1) != 0x81)) return std::nullopt;
  const std::uint32_t point = 0x2000 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  const bool turns = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
  const bool has_no_width = point == 0x200B || (point >= 0x2060 && point <= 0x2064);
  if (!turns && !has_no_width) return std::nullopt;
  return Invisible{point, 3};
}

void report_hidden_characters(std::string_view text, std::size_t begin, source::FileId file,
                              Reports& reports) {
  bool in_run = false;
  for (std::size_t i = begin; i < text.size() && !reports.exhausted(); ++i) {
    if (is_printable_ascii(text[i])) {
      in_run = false;
      continue;
    }
    const auto hidden = hidden_character(text.substr(i));
    if (hidden && !in_run) {
      const auto at = static_cast<std::uint32_t>(i);
      reports.report({file, at, at + static_cast<std::uint32_t>(hidden->length)},
                     diag::HiddenCharacter, diag::Code{fmt::format("U+{:04X}", hidden->point)});
    }
    in_run = hidden || (in_run && (text[i] & 0xC0) == 0x80);
  }
}

}  // namespace stackc::parse
