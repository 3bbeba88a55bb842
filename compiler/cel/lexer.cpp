#include "compiler/cel/lexer.h"

#include <algorithm>
#include <array>
#include <optional>

#include "compiler/base/ascii.h"

namespace stackc::cel {
namespace {

constexpr std::array<std::string_view, 24> symbols{"==", "!=", "<=", ">=", "&&", "||", "<", ">",
                                                   "[",  "]",  "{",  "}",  "(",  ")",  ".", ",",
                                                   "-",  "!",  "?",  ":",  "+",  "*",  "/", "%"};
constexpr std::array<std::string_view, 4> words{"in", "true", "false", "null"};

bool begins_name(char c) {
  return is_letter(c) || c == '_';
}

/// How many characters at the front are of a kind.
std::size_t count(std::string_view text, bool (*is_kind)(char)) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_kind) - text.begin());
}

/// The length of the white space and comments in front.
std::size_t blank(std::string_view text) {
  std::size_t size = 0;
  while (true) {
    const std::size_t next = std::min(text.find_first_not_of("\t \r\n\f", size), text.size());
    if (!text.substr(next).starts_with("//")) return next;
    size = std::min(text.find('\n', next), text.size());
  }
}

/// The length of an escape sequence, which begins with a backslash, or nothing if it is none.
std::optional<std::size_t> escape(std::string_view text, bool in_bytes) {
  if (text.size() < 2) return std::nullopt;
  const auto hex = [&](std::size_t digits) -> std::optional<std::size_t> {
    if (count(text.substr(2, digits), is_hex_digit) < digits) return std::nullopt;
    return 2 + digits;
  };
  const auto code_point = [&](std::size_t digits) -> std::optional<std::size_t> {
    const auto size = hex(digits);
    if (!size || in_bytes) return std::nullopt;
    unsigned long code = 0;
    for (const char c : text.substr(2, digits))
      code = code * 16 + static_cast<unsigned long>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    return code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? std::nullopt : size;
  };
  switch (text[1]) {
    case 'x':
    case 'X':
      return hex(2);
    case 'u':
      return code_point(4);
    case 'U':
      return code_point(8);
    case '0':
    case '1':
    case '2':
    case '3': {
      const auto is_octal = [](char c) { return c >= '0' && c <= '7'; };
      return count(text.substr(2, 2), is_octal) == 2 ? std::optional<std::size_t>(4) : std::nullopt;
    }
    default:
      if (std::string_view("abfnrtv\"'\\?`").find(text[1]) == std::string_view::npos)
        return std::nullopt;
      return 2;
  }
}

/// The length of a string with its quotes, or 0.
std::size_t quoted(std::string_view text, bool is_raw, bool in_bytes) {
  if (text.empty() || (text[0] != '"' && text[0] != '\'')) return 0;
  const std::string_view three = text[0] == '"' ? "\"\"\"" : "'''";
  const std::string_view quote = text.starts_with(three) ? three : text.substr(0, 1);
  for (std::size_t at = quote.size(); at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(quote)) return at + quote.size();
    if (quote.size() == 1 && (rest[0] == '\n' || rest[0] == '\r')) return 0;
    if (rest[0] != '\\' || is_raw) {
      ++at;
      continue;
    }
    const auto size = escape(rest, in_bytes);
    if (!size) return 0;
    at += *size;
  }
  return 0;
}

/// A string with its prefixes, or an empty token.
Token string(std::string_view text) {
  std::size_t prefix = 0;
  const bool is_bytes = text.starts_with('b') || text.starts_with('B');
  if (is_bytes) ++prefix;
  const std::string_view rest = text.substr(prefix);
  const bool is_raw = rest.starts_with('r') || rest.starts_with('R');
  if (is_raw) ++prefix;
  const std::size_t size = quoted(text.substr(prefix), is_raw, is_bytes);
  return {is_bytes ? TokenKind::Bytes : TokenKind::String, 0,
          text.substr(0, size == 0 ? 0 : prefix + size)};
}

/// `.5`, `1.5e3`, `1e3`: the length, or 0.
std::size_t floating(std::string_view text) {
  std::size_t size = count(text, is_digit);
  bool is_floating = false;
  if (text.substr(size).starts_with('.')) {
    const std::size_t digits = count(text.substr(size + 1), is_digit);
    is_floating = digits > 0;
    if (is_floating) size += 1 + digits;
  }
  if (size == 0) return 0;
  const std::string_view rest = text.substr(size);
  if (rest.starts_with('e') || rest.starts_with('E')) {
    const std::size_t sign = rest.size() > 1 && (rest[1] == '+' || rest[1] == '-') ? 1 : 0;
    const std::size_t digits = count(rest.substr(1 + sign), is_digit);
    if (digits > 0) return size + 1 + sign + digits;
  }
  return is_floating ? size : 0;
}

Token number(std::string_view text) {
  if (const std::size_t size = floating(text)) return {TokenKind::Double, 0, text.substr(0, size)};
  std::size_t size = count(text, is_digit);
  if (text.starts_with("0x") && text.size() > 2 && is_hex_digit(text[2]))
    size = 2 + count(text.substr(2), is_hex_digit);
  const std::string_view rest = text.substr(size);
  if (rest.starts_with('u') || rest.starts_with('U'))
    return {TokenKind::Uint, 0, text.substr(0, size + 1)};
  return {TokenKind::Int, 0, text.substr(0, size)};
}

/// The token at the front of a text that begins with none of the blanks.
Token next(std::string_view text) {
  if (text.empty()) return {TokenKind::End, 0, text};
  if (const Token token = string(text); !token.text.empty()) return token;
  if (is_digit(text[0]) || (text[0] == '.' && text.size() > 1 && is_digit(text[1])))
    return number(text);
  if (begins_name(text[0])) {
    const auto continues = [](char c) { return begins_name(c) || is_digit(c); };
    const std::string_view name = text.substr(0, count(text, continues));
    const bool is_word = std::ranges::find(words, name) != words.end();
    return {is_word ? TokenKind::Symbol : TokenKind::Name, 0, name};
  }
  for (const std::string_view symbol : symbols) {
    if (text.starts_with(symbol)) return {TokenKind::Symbol, 0, text.substr(0, symbol.size())};
  }
  // A whole character: the message quotes it.
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  return {TokenKind::Unknown, 0, text.substr(0, 1 + count(text.substr(1), continues))};
}

}  // namespace

std::vector<Token> lex(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0;;) {
    at += blank(text.substr(at));
    Token token = next(text.substr(at));
    token.begin = at;
    at += token.text.size();
    tokens.push_back(token);
    if (token.kind == TokenKind::End) return tokens;
  }
}

}  // namespace stackc::cel
