#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace stackc::types {

/// Whether text has a format, as the libraries of the API server see it (capi-contract.md section
/// 2.2). True for a format that Kubernetes does not check. Dashes in the name do not count, so
/// `date-time` is `datetime`. UUIDs may be upper case and without dashes; `cidr` and `ipv4`
/// tolerate leading zeros; the empty text has none of the formats but `password`. Encoded words
/// (RFC 2047) in the display name of an `email` count as plain ones.
bool has_format(std::string_view text, std::string_view format);

/// The most characters that a text of the format can have; nothing if it has no limit.
std::optional<std::int64_t> longest_of_format(std::string_view format);

}  // namespace stackc::types
