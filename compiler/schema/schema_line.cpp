#include "compiler/schema/schema_line.h"

#include <fmt/core.h>

#include <charconv>

#include "compiler/schema/schema_words.h"

namespace stackc::schema {
namespace {

void append_utf8(unsigned code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3f));
  } else {
    out += static_cast<char>(0xe0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (code & 0x3f));
  }
}

/// The character that `\x` stands for in JSON, or 0.
char unescaped(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    default:
      return 0;
  }
}

}  // namespace

void SchemaLine::fail(std::string why) {
  if (failure_.empty()) failure_ = std::move(why);
  rest_ = {};
}

bool SchemaLine::take(std::string_view text) {
  if (!rest_.starts_with(text)) return false;
  rest_.remove_prefix(text.size());
  return true;
}

void SchemaLine::expect(std::string_view text) {
  if (!take(text)) fail(fmt::format("`{}` expected before `{}`", text, rest_.substr(0, 20)));
}

std::string_view SchemaLine::word() {
  std::size_t size = 0;
  while (size < rest_.size() && is_name_character(rest_[size])) ++size;
  const std::string_view text = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return text;
}

std::string SchemaLine::name() {
  if (rest_.starts_with('"')) return quoted();
  const std::string_view text = word();
  if (text.empty()) fail(fmt::format("a name expected before `{}`", rest_.substr(0, 20)));
  return std::string(text);
}

std::string SchemaLine::quoted() {
  expect("\"");
  std::string text;
  while (!rest_.empty() && rest_[0] != '"') {
    if (rest_[0] != '\\' || rest_.size() < 2) {
      text += rest_[0];
      rest_.remove_prefix(1);
    } else if (rest_[1] == 'u' && rest_.size() >= 6) {
      unsigned code = 0;
      const auto [end, status] = std::from_chars(rest_.data() + 2, rest_.data() + 6, code, 16);
      const bool surrogate = code >= 0xd800 && code < 0xe000;
      if (status != std::errc() || end != rest_.data() + 6 || surrogate) fail("a malformed `\\u`");
      append_utf8(code, text);
      rest_.remove_prefix(std::min<std::size_t>(6, rest_.size()));
    } else if (const char c = unescaped(rest_[1]); c != 0) {
      text += c;
      rest_.remove_prefix(2);
    } else {
      fail(fmt::format("an unknown escape `{}`", rest_.substr(0, 2)));
    }
  }
  if (!failed()) expect("\"");
  return text;
}

std::vector<std::string> SchemaLine::names() {
  std::vector<std::string> all;
  expect("(");
  while (!failed() && !take(")")) {
    if (!all.empty()) expect(", ");
    all.push_back(name());
  }
  return all;
}

std::optional<std::int64_t> SchemaLine::bound() {
  std::int64_t number = 0;
  const auto [end, status] = std::from_chars(rest_.begin(), rest_.end(), number);
  if (status == std::errc::result_out_of_range) fail("a bound beyond 64 bits");
  if (status != std::errc()) return std::nullopt;
  rest_.remove_prefix(static_cast<std::size_t>(end - rest_.begin()));
  return number;
}

SchemaLine::Range SchemaLine::range() {
  Range range;
  if (!take("(")) return range;
  range.min = bound();
  expect("..");
  range.max = bound();
  expect(")");
  return range;
}

}  // namespace stackc::schema
