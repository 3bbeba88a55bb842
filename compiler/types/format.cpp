#include "compiler/types/format.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <string>

#include "compiler/types/format_checks.h"

namespace stackc::types {

namespace {

bool matches(std::string_view text, const RE2& expression) {
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), expression);
}

bool is_uuid(std::string_view text) {
  static const RE2 expression(
      "(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
  return matches(text, expression);
}

bool is_uuid3(std::string_view text) {
  static const RE2 expression(
      "(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}");
  return matches(text, expression);
}

bool is_uuid4(std::string_view text) {
  static const RE2 expression(
      "(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}");
  return matches(text, expression);
}

bool is_uuid5(std::string_view text) {
  static const RE2 expression(
      "(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}");
  return matches(text, expression);
}

bool is_bson_object_id(std::string_view text) {
  static const RE2 expression("[0-9a-fA-F]{24}");
  return matches(text, expression);
}

bool is_base64(std::string_view text) {
  static const RE2 expression(
      "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})");
  return matches(text, expression);
}

bool is_hex_colour(std::string_view text) {
  static const RE2 expression("#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})");
  return matches(text, expression);
}

bool is_rgb_colour(std::string_view text) {
  // `1\d\d?` and not `1\d\d`: the API server's own expression.
  static const RE2 expression(
      R"(rgb\(\s*(?:0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])(?:\s*,\s*(?:0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])){2}\s*\))");
  return matches(text, expression);
}

bool is_social_security_number(std::string_view text) {
  static const RE2 expression(R"(\d{3}[- ]\d{2}[- ]\d{4})");
  return matches(text, expression);
}

bool is_short_name(std::string_view text) {
  static const RE2 expression("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  return text.size() <= 63 && matches(text, expression);
}

bool is_long_name(std::string_view text) {
  static const RE2 expression(R"([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)");
  return text.size() <= 253 && matches(text, expression);
}

/// The API server parses any address and then looks for a dot, so `::ffff:1.2.3.4` passes.
bool is_ipv4_with_dot(std::string_view text) {
  const bool dotted = text.find('.') != std::string_view::npos;
  return is_ipv4(text, LeadingZeros::Allowed) || (dotted && is_ipv6(text, LeadingZeros::Allowed));
}

struct Format {
  std::string_view name;
  bool (*accepts)(std::string_view text);
};

constexpr std::array formats{
    Format{"bsonobjectid", is_bson_object_id},
    Format{"uri", is_uri},
    Format{"email", is_email},
    Format{"hostname", is_hostname},
    Format{"ipv4", is_ipv4_with_dot},
    Format{"ipv6", [](std::string_view text) { return is_ipv6(text, LeadingZeros::Refused); }},
    Format{"cidr", [](std::string_view text) { return is_cidr(text, LeadingZeros::Allowed); }},
    Format{"mac", is_mac_address},
    Format{"uuid", is_uuid},
    Format{"uuid3", is_uuid3},
    Format{"uuid4", is_uuid4},
    Format{"uuid5", is_uuid5},
    Format{"isbn", [](std::string_view text) { return is_isbn10(text) || is_isbn13(text); }},
    Format{"isbn10", is_isbn10},
    Format{"isbn13", is_isbn13},
    Format{"creditcard", is_credit_card},
    Format{"ssn", is_social_security_number},
    Format{"hexcolor", is_hex_colour},
    Format{"rgbcolor", is_rgb_colour},
    Format{"byte", is_base64},
    Format{"password", [](std::string_view) { return true; }},
    Format{"date", is_date},
    Format{"duration", is_duration},
    Format{"datetime", is_date_time},
    Format{"k8sshortname", is_short_name},
    Format{"k8slongname", is_long_name},
};

const Format* find_format(std::string_view name) {
  std::string letters(name);
  std::erase(letters, '-');
  const auto found = std::ranges::find(formats, letters, &Format::name);
  return found == formats.end() ? nullptr : &*found;
}

}  // namespace

bool has_format(std::string_view text, std::string_view format) {
  const Format* known = find_format(format);
  return known == nullptr || known->accepts(text);
}

std::optional<std::int64_t> longest_of_format(std::string_view format) {
  // `ipv4` and `cidr` may have any number of leading zeros, the others have no fixed shape.
  if (format.starts_with("uuid")) return 36;
  if (format == "ipv6") return 45;
  if (format == "mac") return 59;
  if (format == "date") return 10;
  return std::nullopt;
}

}  // namespace stackc::types
