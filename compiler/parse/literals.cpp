#include "compiler/parse/literals.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/diag/catalogue/parse.h"

namespace stackc::parse {
namespace {

using diag::Code;
using source::Span;

Span span_of(source::FileId file, std::size_t begin, std::size_t end) {
  return {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

void append_utf8(std::uint32_t point, std::string& out) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | point >> 6);
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3F));
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

/// Appends what the escape at `source[begin] == '\\'` stands for. Its length, and whether it is
/// one.
struct Escape {
  std::size_t length;
  bool known;
};

Escape read_escape(std::string_view source, std::size_t begin, std::string& out) {
  constexpr std::string_view letters = "ntr\"\\$";
  constexpr std::string_view meanings = "\n\t\r\"\\$";
  const char letter = begin + 1 < source.size() ? source[begin + 1] : '\n';
  if (const std::size_t i = letters.find(letter); i != std::string_view::npos) {
    out += meanings[i];
    return {2, true};
  }
  if (letter == 'u' && source.substr(begin + 2).starts_with("{")) {
    constexpr std::size_t most_digits = 6;
    const std::string_view rest = source.substr(begin + 3, most_digits + 1);
    const std::string_view digits = rest.substr(0, rest.find('}'));
    std::uint32_t point = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), point, 16);
    const bool closed = digits.size() < rest.size();
    const bool is_scalar = point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF);
    if (error == std::errc{} && end == digits.data() + digits.size() && closed && is_scalar) {
      append_utf8(point, out);
      return {digits.size() + 4, true};
    }
    return {2, false};
  }
  if (letter == '\n' || letter == '\r') return {1, false};
  std::size_t length = 2;
  while (begin + length < source.size() && (source[begin + length] & 0xC0) == 0x80) ++length;
  return {length, false};
}

}  // namespace

StringPiece read_string_piece(std::string_view source, std::size_t begin, source::FileId file,
                              Reports& reports) {
  StringPiece piece{.stop = StringPiece::Stop::LineEnd, .end = begin, .text = {}};
  std::vector<Span> unknown;
  const auto stopped = [&](StringPiece::Stop stop, std::size_t end) {
    // Not before the string is known to end: without its quote everything behind it would be read
    // as its text.
    for (const Span span : unknown) {
      if (reports.exhausted()) break;
      const std::string escape(source.substr(span.begin, span.end - span.begin));
      auto report = reports.report(span, diag::UnknownEscape, Code{escape});
      if (escape == "\\(") report.hint("a value is put into a text by `${…}`");
      report.fix(
          {"Write the backslash twice", {{{span.file, span.begin, span.begin}, "\\"}}, false});
    }
    piece.stop = stop;
    piece.end = end;
    piece.broken = !unknown.empty();
    return piece;
  };
  for (std::size_t i = begin; i < source.size() && source[i] != '\n';) {
    if (source[i] == '"') return stopped(StringPiece::Stop::Quote, i + 1);
    if (source.substr(i).starts_with("${")) return stopped(StringPiece::Stop::Interpolation, i + 2);
    if (source[i] != '\\') {
      piece.text += source[i++];
      continue;
    }
    const Escape escape = read_escape(source, i, piece.text);
    if (!escape.known) unknown.push_back(span_of(file, i, i + escape.length));
    i += escape.length;
  }
  return piece;
}

namespace {

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

/// The lines between the quotes, without `\r` and without their common indentation.
std::string unindent(std::string_view body, std::size_t closing_indent) {
  std::vector<std::string_view> lines;
  while (!body.empty()) {
    const std::size_t end =
        body.find('\n');  // always there: the closing quotes stand on a line of their own
    std::string_view line = body.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    body.remove_prefix(end + 1);
  }
  std::size_t common = closing_indent;
  for (const std::string_view line : lines) {
    if (!is_blank(line)) common = std::min(common, indent_of(line));
  }
  std::string text;
  for (const std::string_view line : lines) {
    if (!is_blank(line)) text += line.substr(common);
    text += '\n';
  }
  return text;
}

/// A line of the block with one or two quotes alone, which were to close it.
std::optional<std::pair<std::size_t, std::size_t>> too_few_quotes(std::string_view source,
                                                                  std::size_t begin,
                                                                  std::size_t end) {
  for (std::size_t at = source.find('\n', begin); at < end; at = source.find('\n', at + 1)) {
    const std::size_t first = source.find_first_not_of(" \t", at + 1);
    if (first >= end || source[first] != '"') continue;
    const std::size_t last = source.find_first_not_of('"', first);
    const std::size_t rest = source.find_first_not_of(" \t\r", last);
    if (rest >= source.size() || source[rest] == '\n') return std::pair(first, last);
  }
  return std::nullopt;
}

}  // namespace

TextBlock read_text_block(std::string_view source, std::size_t begin, source::FileId file,
                          Reports& reports) {
  constexpr std::string_view quotes = "\"\"\"";
  const std::size_t opened = begin + quotes.size();
  const std::size_t close = source.find(quotes, opened);
  const std::size_t line_of_close = source.rfind('\n', close) + 1;
  const bool closes_alone =
      close < source.size() && is_blank(source.substr(line_of_close, close - line_of_close));
  if (const auto few = too_few_quotes(source, opened, std::min(close, source.size()));
      few && !closes_alone) {
    reports
        .report(span_of(file, few->first, few->second), diag::UnterminatedBlock,
                Code{std::string(quotes)})
        .suggest({.name = quotes, .only = true});
    return {few->second, "", true};
  }
  if (close == std::string_view::npos) {
    reports.report(span_of(file, begin, opened), diag::UnterminatedBlock,
                   Code{std::string(quotes)});
    return {source.size(), "", true};
  }
  const std::size_t end = close + quotes.size();
  const std::size_t first_line_end = source.find('\n', opened);
  std::string_view first = source.substr(opened, std::min(first_line_end, close) - opened);
  if (first.ends_with('\r')) first.remove_suffix(1);
  if (first_line_end >= close || !is_blank(first)) {
    reports.report(span_of(file, begin, opened), diag::TextBlockLayout, Code{std::string(quotes)})
        .hint("start the text on the next line");
    return {end, "", true};
  }
  if (!closes_alone) {
    reports.report(span_of(file, close, end), diag::TextBlockLayout, Code{std::string(quotes)})
        .hint("put the closing quotes on the next line");
    return {end, "", true};
  }
  return {end, unindent(source.substr(first_line_end + 1, line_of_close - first_line_end - 1),
                        close - line_of_close)};
}

}  // namespace stackc::parse
