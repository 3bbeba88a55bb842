#include "compiler/schema/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "compiler/base/ascii.h"

namespace stackc::schema {
namespace {

template <std::size_t N>
bool one_of(std::string_view text, const std::array<std::string_view, N>& spellings) {
  return std::ranges::find(spellings, text) != spellings.end();
}

constexpr std::array<std::string_view, 4> null_spellings{"~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 11> true_spellings{
    "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"};
constexpr std::array<std::string_view, 11> false_spellings{
    "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"};
constexpr std::array<std::string_view, 12> no_json_spellings{".nan",  ".NaN",  ".NAN",  ".inf",
                                                             ".Inf",  ".INF",  "+.inf", "+.Inf",
                                                             "+.INF", "-.inf", "-.Inf", "-.INF"};

// Go is strict about the places of underscores only where a number starts with a point.
bool separates_digits(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') continue;
    if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1]))
      return false;
  }
  return true;
}

// JSON knows one kind of number, and Kubernetes reads what has no fraction as an integer. Beyond
// 2^53 the digits that Go prints are no longer those of the integer, so the number stays one.
Value through_json(double number) {
  constexpr double exact = 9007199254740992.0;
  if (std::fabs(number) <= exact && std::trunc(number) == number) {
    return static_cast<std::int64_t>(number);
  }
  return number;
}

struct Based {
  std::string_view digits;
  int base;
};

Based split_base(std::string_view unsigned_text) {
  if (unsigned_text.size() < 2 || unsigned_text[0] != '0') return {unsigned_text, 10};
  switch (unsigned_text[1]) {
    case 'x':
    case 'X':
      return {unsigned_text.substr(2), 16};
    case 'o':
    case 'O':
      return {unsigned_text.substr(2), 8};
    case 'b':
    case 'B':
      return {unsigned_text.substr(2), 2};
    default:
      return {unsigned_text.substr(1), 8};
  }
}

// `text` without underscores, with an optional sign. An unsigned number beyond 64 signed bits is a
// float in JSON.
std::optional<Value> parse_integer(std::string_view text) {
  const bool has_sign = text[0] == '-' || text[0] == '+';
  const auto [digits, base] = split_base(text.substr(has_sign ? 1 : 0));
  std::uint64_t size = 0;
  const auto [end, status] = std::from_chars(digits.begin(), digits.end(), size, base);
  if (digits.empty() || status != std::errc() || end != digits.end()) return std::nullopt;
  constexpr std::uint64_t limit = std::uint64_t{1} << 63;
  if (text[0] == '-') {
    if (size > limit) return std::nullopt;
    return Value(static_cast<std::int64_t>(~size + 1));
  }
  if (size < limit) return Value(static_cast<std::int64_t>(size));
  if (has_sign) return std::nullopt;
  return Value(static_cast<double>(size));
}

// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
bool looks_like_float(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t start = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - start;
  };
  const auto sign = [&] {
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  };
  sign();
  const bool whole = digits() > 0;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0 && !whole) return false;
  } else if (!whole) {
    return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    sign();
    if (digits() == 0) return false;
  }
  return at == text.size();
}

std::optional<Value> parse_float(std::string_view text) {
  if (!looks_like_float(text)) return std::nullopt;
  if (text[0] == '+') text.remove_prefix(1);
  double number = 0;
  const auto [end, status] = std::from_chars(text.begin(), text.end(), number);
  if (status == std::errc()) return through_json(number);
  // Go rounds what is too small to zero, and refuses only what is too large; from_chars calls both
  // out of range.
  const std::size_t exponent = text.find_first_of("eE");
  const bool tiny =
      exponent != text.npos && exponent + 1 < text.size() && text[exponent + 1] == '-';
  if (tiny) return Value(std::int64_t{0});
  return std::nullopt;
}

}  // namespace

std::optional<Value> resolve_plain_scalar(std::string_view text) {
  if (text.empty() || one_of(text, null_spellings)) return Value();
  if (one_of(text, true_spellings)) return Value(true);
  if (one_of(text, false_spellings)) return Value(false);
  if (one_of(text, no_json_spellings)) return std::nullopt;
  const char first = text[0];
  if (first == '.' && !separates_digits(text)) return Value(text);
  if (first != '.' && !is_digit(first) && first != '-' && first != '+') return Value(text);

  std::string plain(text);
  std::erase(plain, '_');
  if (first != '.') {
    if (const auto integer = parse_integer(plain)) return integer;
  }
  return parse_float(plain).value_or(Value(text));
}

}  // namespace stackc::schema
