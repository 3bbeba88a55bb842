#include "compiler/emit/yaml_string.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace stackc::emit {
namespace {

/// What a character can mean to a reader of YAML, as bits: a string is judged by those that occur
/// in it, so that one look at each character is enough.
enum CharacterClass : std::uint16_t {
  Letter = 1 << 0,
  Digit = 1 << 1,
  OfNumber = 1 << 2,   // in integers of all bases, floating-point numbers, base 60, times and dates
  Invisible = 1 << 3,  // a control character other than line feed and tab
  LineFeed = 1 << 4,
  Tab = 1 << 5,
  Space = 1 << 6,
  Colon = 1 << 7,
  Hash = 1 << 8,
  Brace = 1 << 9,
  SingleQuote = 1 << 10,
  NeedsBackslash = 1 << 11,  // in double quotes
  NotAscii = 1 << 12,        // part of a character that must be looked at as a whole
  Less = 1 << 13,            // may start what Helm deletes
};

constexpr std::array<std::uint16_t, 256> classify_characters() {
  std::array<std::uint16_t, 256> classes{};
  for (std::size_t c = 0; c < 0x20; ++c) classes[c] = Invisible;
  for (std::size_t c = 0x80; c < classes.size(); ++c) classes[c] = NotAscii;
  for (unsigned char c = 'a'; c <= 'z'; ++c) classes[c] = Letter;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) classes[c] = Letter;
  for (unsigned char c = '0'; c <= '9'; ++c) classes[c] = Digit;
  for (const char c : std::string_view("0123456789abcdefABCDEFxXoO_.:+-tTzZ ")) {
    classes[static_cast<unsigned char>(c)] |= OfNumber;
  }
  classes[0x7F] = Invisible;
  classes['\n'] = LineFeed;
  classes['\t'] = Tab;
  classes[' '] |= Space;
  classes[':'] |= Colon;
  classes['#'] = Hash;
  classes['{'] = classes['}'] = Brace;
  classes['\''] = SingleQuote;
  classes['"'] = classes['\\'] = NeedsBackslash;
  classes['<'] = Less;
  return classes;
}

constexpr std::array<std::uint16_t, 256> character_classes = classify_characters();

std::uint16_t class_of(char c) {
  return character_classes[static_cast<unsigned char>(c)];
}

/// The classes of all characters of a text together.
std::uint16_t classes_in(std::string_view text) {
  std::uint16_t classes = 0;
  for (const char c : text) classes |= class_of(c);
  return classes;
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

/// Whether anything besides line feeds and tabs can only be written as an escape.
bool has_escapes(std::string_view text, std::uint16_t classes) {
  if (classes & Invisible) return true;
  if ((classes & Less) && contains(text, deleted_by_helm)) return true;
  if (!(classes & NotAscii)) return false;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (next.value >= 0x80 && must_be_escaped(next.value)) return true;
    text.remove_prefix(next.length);
  }
  return false;
}

/// Booleans and nulls of YAML 1.1 and numbers that some reader spells with letters; compared in
/// lower case.
constexpr std::array<std::string_view, 13> words_with_meaning{
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity", "nil"};
constexpr std::size_t longest_word = std::string_view("infinity").size();

bool is_word_with_meaning(std::string_view text) {
  if (text.size() > longest_word) return false;
  const auto same = [](char a, char lower) {
    return (class_of(a) & Letter ? a | 0x20 : a) == lower;  // 0x20 makes a letter lower case
  };
  return std::ranges::any_of(words_with_meaning, [&](std::string_view word) {
    return std::ranges::equal(text, word, same);
  });
}

/// Some strings that no reader takes for a number (`1.34.7`, `10.0.0.1`) are caught too, and are
/// clearer in quotes.
bool could_be_number_or_date(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (class_of(c) & OfNumber) != 0; });
}

bool starts_like_plain_text(std::string_view text) {
  const char first = text[0];
  if (class_of(first) & Digit) return !could_be_number_or_date(text);
  // A command line flag, `-v` or `--verbose`.
  if (first == '-') {
    const std::string_view flag = text.substr(text.starts_with("--") ? 2 : 1);
    return !flag.empty() && (class_of(flag[0]) & Letter) && !is_word_with_meaning(flag);
  }
  return (class_of(first) & (Letter | NotAscii)) || contains("_/($", text.substr(0, 1));
}

/// Whether a colon, a hash sign or a brace has a meaning where it stands.
bool has_indicator(std::string_view text, std::uint16_t classes) {
  return ((classes & Colon) && (text.back() == ':' || contains(text, ": "))) ||
         ((classes & Hash) && contains(text, " #")) ||
         ((classes & Brace) && (contains(text, "{{") || contains(text, "}}")));
}

bool is_plain(std::string_view text, std::uint16_t classes) {
  return !text.empty() && !(classes & (LineFeed | Tab)) && starts_like_plain_text(text) &&
         !is_word_with_meaning(text) && text.back() != ' ' && !has_indicator(text, classes) &&
         !has_escapes(text, classes);
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

void append_double_quoted(std::string_view text, std::string& out) {
  constexpr std::uint16_t special = Invisible | LineFeed | Tab | NeedsBackslash | NotAscii | Less;
  out += '"';
  while (true) {
    const auto end = std::ranges::find_if(text, [](char c) { return class_of(c) & special; });
    const auto plain = static_cast<std::size_t>(end - text.begin());
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const CodePoint next = first_code_point(text);
    if (text.starts_with(deleted_by_helm)) {
      out += "\\x3C";
    } else if (class_of(text[0]) & NeedsBackslash) {
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
}

YamlStyle one_line_style(std::string_view text, std::uint16_t classes) {
  if (is_plain(text, classes)) return YamlStyle::Plain;
  const bool fits_single_quotes = (classes & NeedsBackslash) &&
                                  !(classes & (SingleQuote | LineFeed | Tab)) &&
                                  !has_escapes(text, classes);
  return fits_single_quotes ? YamlStyle::SingleQuoted : YamlStyle::DoubleQuoted;
}

}  // namespace

YamlStyle yaml_style(std::string_view text) {
  const std::uint16_t classes = classes_in(text);
  const bool has_lines =
      (classes & LineFeed) && text.find_first_not_of("\n\t ") != std::string_view::npos;
  if (has_lines && !has_escapes(text, classes)) return YamlStyle::Literal;
  return one_line_style(text, classes);
}

YamlStyle yaml_one_line_style(std::string_view text) {
  return one_line_style(text, classes_in(text));
}

void append_one_line(std::string_view text, YamlStyle style, std::string& out) {
  switch (style) {
    case YamlStyle::Plain:
      out += text;
      return;
    case YamlStyle::SingleQuoted:
      out.append(1, '\'').append(text).append(1, '\'');
      return;
    case YamlStyle::DoubleQuoted:
    case YamlStyle::Literal:
      append_double_quoted(text, out);
  }
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
