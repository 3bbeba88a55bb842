#include "compiler/package/sha256.h"

#include <fmt/format.h>
#include <mbedtls/sha256.h>

#include "compiler/base/check.h"

namespace stackc::package {

Sha256 sha256(std::string_view bytes) {
  Sha256 digest{};
  const int status = mbedtls_sha256_ret(reinterpret_cast<const unsigned char*>(bytes.data()),
                                        bytes.size(), digest.data(), 0);
  CHECK(status == 0, "SHA-256 in software does not fail");
  return digest;
}

std::string to_hex(const Sha256& digest) {
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

std::string to_base64(const Sha256& digest) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int pending = 0;
  for (const std::uint8_t byte : digest) {
    bits = bits << 8 | byte;
    for (pending += 8; pending >= 6; pending -= 6) out += alphabet[(bits >> (pending - 6)) & 63];
  }
  // 256 bits are 42 characters and 4 bits.
  out += alphabet[(bits << (6 - pending)) & 63];
  out += '=';
  return out;
}

}  // namespace stackc::package
