#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>

#include "compiler/types/format_checks.h"

namespace stackc::types {

namespace {

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

std::string without(std::string_view text, const char* removed) {
  std::string kept(text);
  RE2::GlobalReplace(&kept, removed, "");
  return kept;
}

int digit(char c) {
  return c - '0';
}

int days_in_month(int year, int month) {
  constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days.at(static_cast<std::size_t>(month - 1));
}

/// As Go's time.ParseDuration takes it, but for absurd numbers.
bool is_go_duration(std::string_view text) {
  static const RE2 expression(R"([-+]?(0|((\d{1,18}(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+))");
  return RE2::FullMatch(piece(text), expression);
}

bool is_duration_unit(const std::string& unit) {
  static const RE2 expression(
      "(?i)(ns|us|µs|ms|s|m|h|hr|d|w|wk)|(nano|micro|milli|sec|min|hour|day|week).*");
  return RE2::FullMatch(unit, expression);
}

}  // namespace

bool is_date(std::string_view text) {
  static const RE2 expression(R"((\d{4})-(\d{2})-(\d{2}))");
  int year = 0;
  int month = 0;
  int day = 0;
  return RE2::FullMatch(piece(text), expression, &year, &month, &day) && month >= 1 &&
         month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

bool is_date_time(std::string_view text) {
  // Whatever follows a second `t` is not looked at, nor how far the time zone lies.
  static const RE2 expression(
      R"((?i)([^t]*)t(\d{2}):(\d{2}):(\d{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))(t(?s:.*))?)");
  std::string date;
  int hour = 0;
  int minute = 0;
  int second = 0;
  return RE2::FullMatch(piece(text), expression, &date, &hour, &minute, &second) && is_date(date) &&
         hour <= 23 && minute <= 59 && second <= 59;
}

bool is_duration(std::string_view text) {
  static const RE2 expression(R"((\d+)\s*([A-Za-zµ]+))");
  if (is_go_duration(text)) return true;
  // Otherwise as Scala spells them (`22 nanoseconds`), with anything in between.
  bool found = false;
  re2::StringPiece rest = piece(text);
  std::string number;
  std::string unit;
  while (RE2::FindAndConsume(&rest, expression, &number, &unit)) {
    std::int64_t factor = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), factor).ec != std::errc())
      return false;
    found = found || is_duration_unit(unit);
  }
  return found;
}

bool is_hostname(std::string_view text) {
  // The limits of a label are those below in bytes; the expression only says which characters may
  // stand where.
  static const RE2 expression(
      R"([a-zA-Z0-9\pS\pL](-?[a-zA-Z0-9\pS\pL]*)?|([a-zA-Z0-9\pS\pL]([a-zA-Z0-9\-\pS\pL]*[a-zA-Z0-9\pS\pL])?\.)+[a-zA-Z\pL]{2,})");
  constexpr std::size_t longest_name = 255;
  constexpr std::size_t longest_label = 63;
  if (text.size() > longest_name || !RE2::FullMatch(piece(text), expression)) return false;
  std::size_t label = 0;
  return std::ranges::all_of(
      text, [&](char c) { return (label = c == '.' ? 0 : label + 1) <= longest_label; });
}

bool is_isbn10(std::string_view text) {
  const std::string digits = without(text, R"([\s-]+)");
  if (!RE2::FullMatch(digits, "[0-9]{9}X|[0-9]{10}")) return false;
  int sum = 10 * (digits[9] == 'X' ? 10 : digit(digits[9]));
  for (std::size_t i = 0; i < 9; ++i) sum += static_cast<int>(i + 1) * digit(digits[i]);
  return sum % 11 == 0;
}

bool is_isbn13(std::string_view text) {
  const std::string digits = without(text, R"([\s-]+)");
  if (!RE2::FullMatch(digits, "[0-9]{13}")) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 13; ++i) sum += (i % 2 == 0 ? 1 : 3) * digit(digits[i]);
  return sum % 10 == 0;
}

bool is_credit_card(std::string_view text) {
  static const RE2 expression(
      R"(4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|)"
      R"(3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\d{3})\d{11})");
  const std::string digits = without(text, "[^0-9]+");
  if (!RE2::FullMatch(digits, expression)) return false;
  int sum = 0;
  bool doubled = false;
  for (auto c = digits.rbegin(); c != digits.rend(); ++c, doubled = !doubled) {
    const int number = digit(*c) * (doubled ? 2 : 1);
    sum += number > 9 ? number - 9 : number;
  }
  return sum % 10 == 0;
}

}  // namespace stackc::types
