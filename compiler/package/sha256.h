#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace stackc::package {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(std::string_view bytes);

/// 64 lower-case digits.
std::string to_hex(const Sha256& digest);

/// RFC 4648 section 4, with padding.
std::string to_base64(const Sha256& digest);

}  // namespace stackc::package
