#pragma once

#include <cstdint>
#include <string_view>

/// The single formats of format.h that are more than one regular expression. Each follows the Go
/// function named with it.
namespace stackc::types {

enum class LeadingZeros : std::uint8_t { Refused, Allowed };

bool is_ipv4(std::string_view text, LeadingZeros zeros);
/// Without a zone.
bool is_ipv6(std::string_view text, LeadingZeros zeros);
/// The zeros are those of the address; a length may always have them.
bool is_cidr(std::string_view text, LeadingZeros zeros);
bool is_mac_address(std::string_view text);  // net.ParseMAC
bool is_uri(std::string_view text);          // url.ParseRequestURI
bool is_email(std::string_view text);        // mail.ParseAddress
bool is_date(std::string_view text);         // time.Parse with 2006-01-02
bool is_date_time(std::string_view text);    // strfmt.IsDateTime
bool is_duration(std::string_view text);     // strfmt.ParseDuration
bool is_hostname(std::string_view text);     // strfmt.IsHostname
bool is_isbn10(std::string_view text);
bool is_isbn13(std::string_view text);
bool is_credit_card(std::string_view text);

}  // namespace stackc::types
