#include "compiler/emit/yaml_string.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace stackc::emit {
namespace {

constexpr std::string_view lower_case = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view upper_case = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view digits = "0123456789";

bool is_letter(char c) {
  return lower_case.find(c) != std::string_view::npos ||
         upper_case.find(c) != std::string_view::npos;
}

bool is_digit(char c) {
  return digits.find(c) != std::string_view::npos;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// The first code point of `text`, which is valid UTF-8 and not empty, and its length in bytes.
struct CodePoint {
  char32_t value;
  std::size_t length;
};

CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) -> char32_t { return static_cast<unsigned char>(text[i]); };
  const auto tail = [&](std::size_t i) -> char32_t { return byte(i) & 0x3F; };
  if (byte(0) < 0x80) return {byte(0), 1};
  if (byte(0) < 0xE0) return {(byte(0) & 0x1F) << 6 | tail(1), 2};
  if (byte(0) < 0xF0) return {(byte(0) & 0x0F) << 12 | tail(1) << 6 | tail(2), 3};
  return {(byte(0) & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4};
}

/// Not printable in YAML 1.1 (section 5.1 of the specification, which go-yaml enforces), a line
/// break there, or something that a reader of the text cannot see: odd spaces, joiners, marks that
/// change the direction of writing.
bool must_be_escaped(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || (c >= 0x2000 && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3000 ||
         c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
}

/// Helm deletes this text from whatever a template renders (renderWithReferences in its engine), so
/// it must not occur.
constexpr std::string_view deleted_by_helm = "<no value>";

bool has_escapes(std::string_view text, std::string_view allowed) {
  if (contains(text, deleted_by_helm)) return true;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (must_be_escaped(next.value) && allowed.find(text[0]) == std::string_view::npos) return true;
    text.remove_prefix(next.length);
  }
  return false;
}

/// Booleans and nulls of YAML 1.1 and numbers that some reader spells with letters; compared in
/// lower case.
constexpr std::array<std::string_view, 13> words_with_meaning{
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity", "nil"};

bool is_word_with_meaning(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (const auto letter = upper_case.find(c); letter != std::string_view::npos)
      c = lower_case[letter];
  }
  return std::ranges::find(words_with_meaning, lower) != words_with_meaning.end();
}

/// Integers of all bases, floating-point numbers, base 60, times and dates use no other characters
/// than these. Some strings that no reader takes for a number (`1.34.7`, `10.0.0.1`) are caught
/// too, and are clearer in quotes.
bool could_be_number_or_date(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEFxXoO_.:+-tTzZ ") == std::string_view::npos;
}

bool starts_like_plain_text(std::string_view text) {
  const char first = text[0];
  if (is_digit(first)) return !could_be_number_or_date(text);
  // A command line flag, `-v` or `--verbose`.
  if (first == '-') {
    const std::string_view flag = text.substr(text.starts_with("--") ? 2 : 1);
    return !flag.empty() && is_letter(flag[0]) && !is_word_with_meaning(flag);
  }
  const bool not_ascii = static_cast<unsigned char>(first) >= 0x80;
  return is_letter(first) || not_ascii || contains("_/($", text.substr(0, 1));
}

bool is_plain(std::string_view text) {
  return !text.empty() && starts_like_plain_text(text) && !is_word_with_meaning(text) &&
         !has_escapes(text, {}) && text.back() != ' ' && text.back() != ':' &&
         !contains(text, ": ") && !contains(text, " #") && !contains(text, "{{") &&
         !contains(text, "}}");
}

void append_escape(char32_t c, std::string& out) {
  switch (c) {
    case U'\n':
      out += "\\n";
      return;
    case U'\t':
      out += "\\t";
      return;
    case U'\r':
      out += "\\r";
      return;
    default:
      break;
  }
  if (c <= 0xFF) {
    out += fmt::format("\\x{:02X}", static_cast<unsigned>(c));
  } else {
    out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
  }
}

std::string single_quoted(std::string_view text) {
  return fmt::format("'{}'", text);
}

std::string double_quoted(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (text.starts_with(deleted_by_helm)) {
      out += "\\x3C";
    } else if (text[0] == '"' || text[0] == '\\') {
      out += '\\';
      out += text[0];
    } else if (must_be_escaped(next.value)) {
      append_escape(next.value, out);
    } else {
      out += text.substr(0, next.length);
    }
    text.remove_prefix(next.length);
  }
  out += '"';
  return out;
}

YamlStyle one_line_style(std::string_view text) {
  if (is_plain(text)) return YamlStyle::Plain;
  const bool needs_backslash = text.find_first_of("\"\\") != std::string_view::npos;
  const bool fits_single_quotes = !contains(text, "'") && !has_escapes(text, {});
  return needs_backslash && fits_single_quotes ? YamlStyle::SingleQuoted : YamlStyle::DoubleQuoted;
}

}  // namespace

YamlStyle yaml_style(std::string_view text) {
  const bool has_lines =
      contains(text, "\n") && text.find_first_not_of("\n\t ") != std::string_view::npos;
  if (has_lines && !has_escapes(text, "\n\t")) return YamlStyle::Literal;
  return one_line_style(text);
}

std::string yaml_one_line(std::string_view text) {
  switch (one_line_style(text)) {
    case YamlStyle::Plain:
      return std::string(text);
    case YamlStyle::SingleQuoted:
      return single_quoted(text);
    case YamlStyle::DoubleQuoted:
    case YamlStyle::Literal:
      break;
  }
  return double_quoted(text);
}

std::string yaml_escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (must_be_escaped(next.value)) {
      append_escape(next.value, out);
    } else {
      out += text.substr(0, next.length);
    }
    text.remove_prefix(next.length);
  }
  return out;
}

std::string yaml_literal(std::string_view text, std::size_t column) {
  std::string out = "|";
  // A reader takes the indentation from the first line that is not empty, unless that line is
  // itself indented.
  const char first = text[text.find_first_not_of('\n')];
  if (first == ' ' || first == '\t') out += '2';
  if (!text.ends_with('\n')) {
    out += '-';
  } else if (text.ends_with("\n\n")) {
    out += '+';
  }
  out += '\n';
  if (text.ends_with('\n')) text.remove_suffix(1);
  while (true) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (!line.empty()) out.append(column, ' ').append(line);
    out += '\n';
    if (line.size() == text.size()) return out;
    text.remove_prefix(line.size() + 1);
  }
}

}  // namespace stackc::emit
