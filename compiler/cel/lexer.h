#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace stackc::cel {

enum class TokenKind : std::uint8_t {
  Name,
  Int,
  Uint,
  Double,
  String,
  Bytes,
  Symbol,   // `==`, `(`, …, and the words `in`, `true`, `false`, `null`
  Unknown,  // no token begins here
  End,
};

struct Token {
  TokenKind kind;
  std::size_t begin;
  std::string_view text;
};

/// The tokens of the language definition of CEL (google/cel-spec, doc/langdef.md, section Syntax),
/// without white space and comments; End is the last, and no other.
std::vector<Token> lex(std::string_view text);

}  // namespace stackc::cel
