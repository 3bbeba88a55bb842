#include "compiler/package/sha256.h"

// SHA-256 as plain functions is declared only for programs of before version 3: the newer interface
// looks its algorithms up in providers, which would be linked, and started, with it.
#define OPENSSL_API_COMPAT 0x10100000L

#include <openssl/evp.h>
#include <openssl/sha.h>

#include "compiler/base/check.h"

namespace stackc::package {

Sha256 sha256(std::string_view bytes) {
  SHA256_CTX state;
  Sha256 digest{};
  const bool done = SHA256_Init(&state) && SHA256_Update(&state, bytes.data(), bytes.size()) &&
                    SHA256_Final(digest.data(), &state);
  CHECK(done, "SHA-256 in memory does not fail");
  return digest;
}

std::string to_hex(const Sha256& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * digest.size());
  for (const std::uint8_t byte : digest) out.append({digits[byte >> 4], digits[byte & 0xF]});
  return out;
}

std::string to_base64(const Sha256& digest) {
  std::array<unsigned char, 45> text;  // four characters for three bytes, and a final zero
  const int length = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
  return {text.begin(), text.begin() + length};
}

}  // namespace stackc::package
