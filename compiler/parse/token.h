#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/source/span.h"

namespace stackc::parse {

/// The tokens of grammar/StackTokens.tokens, in its order; parse.cpp proves that the numbers
/// agree.
enum class TokenKind : std::uint8_t {
  EndOfFile,
  // Names: soft keywords have a meaning at their place only.
  Identifier,
  Import,
  Type,
  StackWord,
  On,
  Provider,
  Kubernetes,
  Variable,
  Infrastructure,
  Targets,
  ControlPlane,
  Workers,
  Addon,
  From,
  Stages,
  Image,
  Images,
  As,
  Underscore,
  Delete,
  Before,
  After,
  // Keywords.
  If,
  Then,
  Else,
  Match,
  For,
  In,
  Has,
  True,
  False,
  Let,
  // Literals. A string with interpolation is a head, middles and a tail with expressions between.
  Integer,
  Decimal,
  Version,
  String,
  TextBlock,
  StringHead,
  StringMiddle,
  StringTail,
  // Marks.
  OpenBrace,
  CloseBrace,
  OpenBracket,
  CloseBracket,
  CallParen,
  GroupParen,
  CloseParen,
  Comma,
  Colon,
  Assign,
  Arrow,
  Dot,
  Range,
  Pipe,
  Question,
  At,
  Not,
  Negate,
  Minus,
  Plus,
  Star,
  Slash,
  Percent,
  Or,
  And,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Coalesce,
  // Reported by the lexer; the parser steps over it in silence.
  Bad,
};

constexpr bool is_name(TokenKind kind) {
  return kind >= TokenKind::Identifier && kind <= TokenKind::After;
}
constexpr bool is_keyword(TokenKind kind) {
  return kind >= TokenKind::If && kind <= TokenKind::Let;
}

/// Can a value end here? Decides what `-` and `(` behind it mean.
constexpr bool ends_value(TokenKind kind) {
  using enum TokenKind;
  return is_name(kind) || kind == True || kind == False || (kind >= Integer && kind <= TextBlock) ||
         kind == StringTail || kind == CloseBrace || kind == CloseBracket || kind == CloseParen;
}

constexpr bool opens(TokenKind kind) {
  using enum TokenKind;
  return kind == OpenBrace || kind == OpenBracket || kind == CallParen || kind == GroupParen ||
         kind == StringHead;
}

constexpr bool closes(TokenKind kind) {
  using enum TokenKind;
  return kind == CloseBrace || kind == CloseBracket || kind == CloseParen || kind == StringTail;
}

struct Token {
  TokenKind kind;
  bool starts_line = false;  // nothing but space before it on its line
  bool broken = false;       // a literal that was reported: its value is unknown
  bool reported = false;     // the parser reported that it does not fit
  bool repaired = false;     // a bracket that opens, and whose closing one was missing
  std::uint32_t begin;       // bytes, half-open
  std::uint32_t end;
  std::uint32_t line = 0;    // from 0
  std::uint32_t indent = 0;  // bytes of space at the start of its line
  std::string text;          // of literals: decoded text, digits without `_`
};

/// An empty token of the kind directly behind another one.
inline Token behind(TokenKind kind, const Token& before) {
  return {.kind = kind,
          .begin = before.end,
          .end = before.end,
          .line = before.line,
          .indent = before.indent,
          .text = {}};
}

/// `// …` or `/// …`
struct CommentPlace {
  source::Span span;
  bool is_doc;
  std::uint32_t next;  // where the next token begins
};

struct Tokens {
  std::vector<Token> tokens;  // the last is EndOfFile
  std::vector<CommentPlace> comments;
};

}  // namespace stackc::parse
