#include <algorithm>
#include <cstddef>

#include "compiler/base/ascii.h"
#include "compiler/types/format_checks.h"

namespace stackc::types {

namespace {

std::size_t count_leading(std::string_view text, bool (*wanted)(char)) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, wanted) - text.begin());
}

std::string_view without_zeros(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

/// A decimal number of at least one digit, not above the limit (below 1000).
bool is_number(std::string_view digits, int limit, LeadingZeros zeros) {
  if (digits.empty() || count_leading(digits, is_digit) != digits.size()) return false;
  if (zeros == LeadingZeros::Refused && digits.size() > 1 && digits[0] == '0') return false;
  const std::string_view significant = without_zeros(digits);
  if (significant.size() > 3) return false;
  int number = 0;
  for (const char c : significant) number = number * 10 + (c - '0');
  return number <= limit;
}

bool is_ipv6_group(std::string_view digits, LeadingZeros zeros) {
  if (digits.empty()) return false;
  return (zeros == LeadingZeros::Allowed ? without_zeros(digits) : digits).size() <= 4;
}

/// Pairs of hexadecimal digits with a separator after every `group` digits; 6, 8 or 20 bytes.
bool is_hardware_address(std::string_view text, char separator, std::size_t group) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool separates = group > 0 && i % (group + 1) == group;
    if (separates ? text[i] != separator : !is_hex_digit(text[i])) return false;
    if (!separates) ++digits;
  }
  const bool complete = group == 0 || text.size() % (group + 1) == group;
  return complete && (digits == 12 || digits == 16 || digits == 40);
}

}  // namespace

bool is_ipv4(std::string_view text, LeadingZeros zeros) {
  for (int octet = 0; octet < 3; ++octet) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos || !is_number(text.substr(0, dot), 255, zeros)) return false;
    text.remove_prefix(dot + 1);
  }
  return is_number(text, 255, zeros);
}

bool is_ipv6(std::string_view text, LeadingZeros zeros) {
  constexpr int all_bytes = 16;
  bool gap = text.starts_with("::");
  if (gap) text.remove_prefix(2);
  if (gap && text.empty()) return true;
  int bytes = 0;
  while (bytes < all_bytes) {
    const std::size_t digits = count_leading(text, is_hex_digit);
    if (!is_ipv6_group(text.substr(0, digits), zeros)) return false;
    if (digits < text.size() && text[digits] == '.') {
      const bool room = gap ? bytes + 4 <= all_bytes : bytes + 4 == all_bytes;
      if (!room || !is_ipv4(text, zeros)) return false;
      bytes += 4;
      text = {};
      break;
    }
    bytes += 2;
    text.remove_prefix(digits);
    if (text.empty()) break;
    if (text[0] != ':' || text.size() == 1) return false;
    text.remove_prefix(1);
    if (text[0] != ':') continue;
    if (gap) return false;
    gap = true;
    text.remove_prefix(1);
    if (text.empty()) break;
  }
  return text.empty() && (gap ? bytes < all_bytes : bytes == all_bytes);
}

bool is_cidr(std::string_view text, LeadingZeros zeros) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view address = text.substr(0, slash);
  const std::string_view length = text.substr(slash + 1);
  if (is_ipv4(address, zeros)) return is_number(length, 32, LeadingZeros::Allowed);
  return is_ipv6(address, zeros) && is_number(length, 128, LeadingZeros::Allowed);
}

bool is_mac_address(std::string_view text) {
  if (text.size() < 12) return false;
  if (text[2] == ':' || text[2] == '-') return is_hardware_address(text, text[2], 2);
  if (text[4] == '.') return is_hardware_address(text, '.', 4);
  return is_hardware_address(text, '\0', 0);
}

}  // namespace stackc::types
