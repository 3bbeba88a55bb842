#include "compiler/parse/wrong_brackets.h"

#include <algorithm>
#include <array>

#include "compiler/diag/catalogue/parse.h"

namespace stackc::parse {
namespace {

using Pair = Balanced::WrongPair;

/// Each pair is read twice; a file with more of them is guessed at.
constexpr std::size_t most_tried = 4;
constexpr std::size_t most_tokens_tried = 50'000;

/// The two ways to read a pair: by the kind of its opening bracket as it is written, and by the one
/// that fits its closing bracket.
struct Readings {
  TokenKind as_opened, as_closed;
};

Readings readings(const Balanced& balanced, const Pair& pair) {
  const auto& tokens = balanced.tokens;
  const auto opener_for = [&](TokenKind closer) {
    if (closer == TokenKind::CloseBrace) return TokenKind::OpenBrace;
    if (closer == TokenKind::CloseBracket) return TokenKind::OpenBracket;
    const bool is_call = pair.opener > 0 && is_name(tokens[pair.opener - 1].kind) &&
                         tokens[pair.opener - 1].end == tokens[pair.opener].begin;
    return is_call ? TokenKind::CallParen : TokenKind::GroupParen;
  };
  return {tokens[pair.opener].kind, opener_for(tokens[pair.closer].kind)};
}

void read_as(TokenKind opener, const Pair& pair, Balanced& balanced) {
  balanced.tokens[pair.opener].kind = opener;
  balanced.tokens[pair.closer].kind = closer_of(opener);
}

/// Which of two readings is likely, without looking at what it would mean.
TokenKind guess(const Readings& readings, const Balanced& balanced, const Pair& pair) {
  const bool has_keys = balanced.tokens[pair.opener + 2].kind == TokenKind::Colon;
  if (has_keys && readings.as_closed == TokenKind::OpenBrace) return readings.as_closed;
  // Parentheses around one value, unlike other brackets, change nothing, and few write them.
  return readings.as_opened == TokenKind::GroupParen ? readings.as_closed : readings.as_opened;
}

/// The sign of a bracket, as `{`.
std::string_view sign(TokenKind kind) {
  constexpr std::array<std::pair<TokenKind, std::string_view>, 7> signs{
      {{TokenKind::OpenBrace, "{"},
       {TokenKind::CloseBrace, "}"},
       {TokenKind::OpenBracket, "["},
       {TokenKind::CloseBracket, "]"},
       {TokenKind::CallParen, "("},
       {TokenKind::GroupParen, "("},
       {TokenKind::CloseParen, ")"}}};
  return std::ranges::find(signs, kind, &std::pair<TokenKind, std::string_view>::first)->second;
}

void report(const source::SourceFile& file, const Token& token, TokenKind was, Reports& reports) {
  const source::Span span{file.id(), token.begin, token.end};
  const std::string meant(sign(token.kind));
  reports
      .report(span, diag::Unexpected, diag::Prose{"`" + std::string(sign(was)) + "`"},
              diag::Prose{"`" + meant + "`"})
      .fix({"Replace with `" + meant + "`", {{span, meant}}});
}

}  // namespace

void settle_wrong_brackets(const source::SourceFile& file, Balanced& balanced,
                           const CountErrors& count_errors, Reports& reports) {
  if (balanced.wrong_pairs.empty()) return;
  const std::vector<Token> written = balanced.tokens;
  std::vector<Readings> known;
  for (const Pair& pair : balanced.wrong_pairs) {
    known.push_back(readings(balanced, pair));
    read_as(guess(known.back(), balanced, pair), pair, balanced);
  }
  const bool too_large = balanced.tokens.size() > most_tokens_tried;
  const std::size_t tried = too_large ? 0 : std::min(most_tried, known.size());
  for (std::size_t i = 0; i < tried; ++i) {
    const Pair& pair = balanced.wrong_pairs[i];
    const auto [as_opened, as_closed] = known[i];
    const TokenKind guessed = balanced.tokens[pair.opener].kind;
    const int errors = count_errors(balanced);
    if (errors == 0) break;
    read_as(guessed == as_opened ? as_closed : as_opened, pair, balanced);
    if (count_errors(balanced) >= errors) read_as(guessed, pair, balanced);
  }
  for (const Pair& pair : balanced.wrong_pairs) {
    for (const std::size_t index : {pair.opener, pair.closer}) {
      const TokenKind was = written[index].kind;
      if (balanced.tokens[index].kind != was) report(file, balanced.tokens[index], was, reports);
    }
  }
}

}  // namespace stackc::parse
