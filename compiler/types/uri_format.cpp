#include <algorithm>
#include <cstddef>
#include <string>

#include "compiler/base/ascii.h"
#include "compiler/types/format_checks.h"

namespace stackc::types {

namespace {

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool is_host_character(char c) {
  constexpr std::string_view marks = "!\"$&'()*+,-.:;<=>[]_~";
  return is_letter_or_digit(c) || !is_ascii(c) || marks.find(c) != std::string_view::npos;
}

bool is_user_character(char c) {
  constexpr std::string_view marks = "-._:~!$&'()*+,;=%@";
  return is_letter_or_digit(c) || marks.find(c) != std::string_view::npos;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The byte of the escape `%XX` at an offset, or -1.
int escaped_byte(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return -1;
  const int high = hex_value(text[at + 1]);
  const int low = hex_value(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/// Whether every `%` starts an escape.
bool has_valid_escapes(std::string_view text) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (escaped_byte(text, at) < 0) return false;
  }
  return true;
}

enum class HostPart : std::uint8_t { Name, Zone };

/// A host name escapes only bytes beyond ASCII and `%` itself, a zone also what it may hold anyway,
/// and spaces.
bool is_host_text(std::string_view text, HostPart part) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      if (!is_host_character(text[i])) return false;
      continue;
    }
    const int byte = escaped_byte(text, i);
    if (byte < 0) return false;
    const bool percent = byte == '%';
    if (part == HostPart::Name && byte < 0x80 && !percent) return false;
    const char c = static_cast<char>(byte);
    // Beyond ASCII a zone may not be escaped: Go asks whether the byte itself would have to be.
    if (part == HostPart::Zone && !percent && c != ' ' && !(is_ascii(c) && is_host_character(c)))
      return false;
    i += 2;
  }
  return true;
}

std::string unescaped(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      bytes += static_cast<char>(escaped_byte(text, i));
      i += 2;
    } else {
      bytes += text[i];
    }
  }
  return bytes;
}

bool is_optional_port(std::string_view text) {
  return text.empty() || (text[0] == ':' && std::ranges::all_of(text.substr(1), is_digit));
}

bool is_bracketed_host(std::string_view host) {
  const std::size_t close = host.rfind(']');
  if (close == std::string_view::npos || !is_optional_port(host.substr(close + 1))) return false;
  const std::string_view inside = host.substr(1, close - 1);
  const std::size_t zone = std::min(inside.find("%25"), inside.size());
  if (!is_host_text(inside.substr(0, zone), HostPart::Name) ||
      !is_host_text(inside.substr(zone), HostPart::Zone)) {
    return false;
  }
  const std::string address = unescaped(inside);
  const std::size_t percent = std::min(address.find('%'), address.size());
  const bool empty_zone = percent + 1 == address.size();
  return !empty_zone &&
         is_ipv6(std::string_view(address).substr(0, percent), LeadingZeros::Refused);
}

bool is_host(std::string_view scheme, std::string_view host) {
  const std::size_t bracket = host.rfind('[');
  if (bracket != std::string_view::npos) return bracket == 0 && is_bracketed_host(host);
  // Only in http and https is a second colon an error; elsewhere hosts may be lists.
  const bool web = scheme == "http" || scheme == "https";
  const std::size_t colon = web ? host.find(':') : host.rfind(':');
  if (colon != std::string_view::npos && !is_optional_port(host.substr(colon))) return false;
  return is_host_text(host, HostPart::Name);
}

bool is_authority(std::string_view scheme, std::string_view authority) {
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return is_host(scheme, authority);
  const std::string_view user = authority.substr(0, at);
  const std::size_t colon = std::min(user.find(':'), user.size());
  return is_host(scheme, authority.substr(at + 1)) &&
         std::ranges::all_of(user, is_user_character) && has_valid_escapes(user.substr(0, colon)) &&
         has_valid_escapes(user.substr(colon));
}

/// Length of the scheme before a colon; 0 if the text does not start with one.
std::size_t scheme_length(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_letter(c)) continue;
    if (c == ':') return i;
    if (i == 0 || !(is_digit(c) || c == '+' || c == '-' || c == '.')) return 0;
  }
  return 0;
}

}  // namespace

bool is_uri(std::string_view text) {
  if (text.empty() || text[0] == ':' || std::ranges::any_of(text, is_control)) return false;
  if (text == "*") return true;
  std::string scheme(text.substr(0, scheme_length(text)));
  std::ranges::transform(scheme, scheme.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  std::string_view rest = text.substr(scheme.empty() ? 0 : scheme.size() + 1);
  rest = rest.substr(0, rest.find('?'));
  if (!rest.starts_with('/')) return !scheme.empty();
  if (scheme.empty() || !rest.starts_with("//")) return has_valid_escapes(rest);
  rest.remove_prefix(2);
  const std::size_t path = std::min(rest.find('/'), rest.size());
  return is_authority(scheme, rest.substr(0, path)) && has_valid_escapes(rest.substr(path));
}

}  // namespace stackc::types
