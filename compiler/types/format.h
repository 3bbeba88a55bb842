#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace stackc::types {

/// Whether Kubernetes checks strings of an OpenAPI format (capi-contract.md section 2.2). Dashes in
/// the name do not count, so `date-time` is `datetime`; every other name is ignored, never an
/// error.
bool is_known_format(std::string_view format);

/// Whether text has a format, as the libraries of the API server see it; true for an unknown
/// format. UUIDs may be upper case and without dashes; `cidr` and `ipv4` tolerate leading zeros;
/// the empty text has none of the formats but `password`. Encoded words (RFC 2047) in the display
/// name of an `email` count as plain ones.
bool has_format(std::string_view text, std::string_view format);

/// The most characters that a text of the format can have; nothing if it has no limit.
std::optional<std::int64_t> longest_of_format(std::string_view format);

}  // namespace stackc::types
