#include "compiler/check/literal_place.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace stackc::check {
namespace {

constexpr std::string_view block_quotes = "\"\"\"";

/// How much of a text one character or escape of a literal stands for, and how long it is itself.
struct Piece {
  std::size_t raw = 1;
  std::size_t text = 1;
};

Piece escape(std::string_view raw) {
  if (!raw.starts_with("\\u{")) return {.raw = 2};
  const std::size_t end = std::min(raw.find('}'), raw.size());
  std::uint32_t point = 0;
  std::from_chars(raw.data() + 3, raw.data() + end, point, 16);
  return {.raw = end + 1,
          .text = point < 0x80      ? std::size_t{1}
                  : point < 0x800   ? std::size_t{2}
                  : point < 0x10000 ? std::size_t{3}
                                    : std::size_t{4}};
}

/// The offset in a string in quotes, or nothing behind an interpolation.
std::optional<std::size_t> offset_in_string(std::string_view raw, std::size_t offset) {
  std::size_t at = 1;
  for (std::size_t text = 0; text < offset;) {
    if (at >= raw.size() || raw.substr(at).starts_with("${")) return std::nullopt;
    const Piece piece = raw[at] == '\\' ? escape(raw.substr(at)) : Piece();
    at += piece.raw;
    text += piece.text;
  }
  return at < raw.size() ? std::optional(at) : std::nullopt;
}

/// The line of a text by number from 0, without its end.
std::string_view line_of(std::string_view text, std::size_t number) {
  for (; number > 0; --number) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

/// The offset in a text block, whose lines have lost their common indentation.
std::optional<std::size_t> offset_in_block(std::string_view raw, std::string_view text,
                                           std::size_t offset) {
  const auto number = static_cast<std::size_t>(std::ranges::count(text.substr(0, offset), '\n'));
  const std::string_view line = line_of(text, number);
  const std::size_t column = offset - static_cast<std::size_t>(line.data() - text.data());
  const std::string_view written = line_of(raw, number + 1);  // the first holds the quotes
  if (!written.ends_with(line) || column > line.size()) return std::nullopt;
  return static_cast<std::size_t>(written.data() - raw.data()) + written.size() - line.size() +
         column;
}

}  // namespace

std::optional<source::Span> place_in_literal(std::string_view raw, source::Span literal,
                                             std::string_view text, std::size_t begin,
                                             std::size_t end) {
  if (!raw.starts_with('"')) return std::nullopt;
  const auto offset = [&](std::size_t of) {
    return raw.starts_with(block_quotes) ? offset_in_block(raw, text, of)
                                         : offset_in_string(raw, of);
  };
  const auto first = offset(begin);
  const auto last = offset(end);
  if (!first || !last) return std::nullopt;
  return source::Span{literal.file, literal.begin + static_cast<std::uint32_t>(*first),
                      literal.begin + static_cast<std::uint32_t>(*last)};
}

}  // namespace stackc::check
