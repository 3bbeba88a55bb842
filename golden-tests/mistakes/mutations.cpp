#include "golden-tests/mistakes/mutations.h"

#include <algorithm>
#include <array>

#include "compiler/diag/sink.h"
#include "compiler/parse/lexer.h"
#include "compiler/parse/parse.h"
#include "golden-tests/mistakes/names.h"

namespace stackc::mistakes {
namespace {

using parse::Token;
using parse::TokenKind;

// ---- misspelt names ----

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
char lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// `networkMTU` and `default-worker` become `network_mtu` and `default_worker`.
std::string snake_case(std::string_view word) {
  std::string text;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool starts_part = i > 0 && is_upper(word[i]) && !is_upper(word[i - 1]);
    if (starts_part) text += '_';
    text += word[i] == '-' ? '_' : lower(word[i]);
  }
  return text;
}

/// `cinder-csi` becomes `cinderCsi`.
std::string camel_case(std::string_view word) {
  std::string text;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] == '-' && i + 1 < word.size()) {
      text += upper(word[++i]);
    } else {
      text += word[i];
    }
  }
  return text;
}

std::vector<std::string> misspellings(std::string_view word) {
  const std::size_t middle = word.size() / 2;
  const std::string text(word);
  std::string dropped = text;
  dropped.erase(middle, 1);
  std::string swapped = text;
  std::swap(swapped[middle - 1], swapped[middle]);
  std::string doubled = text;
  doubled.insert(middle, 1, text[middle]);
  std::string first = text;
  first[0] = is_upper(first[0]) ? lower(first[0]) : upper(first[0]);
  std::string number = text;
  if (number.back() == 's')
    number.pop_back();
  else
    number += 's';
  return {dropped, swapped, doubled, first, number, snake_case(word), camel_case(word)};
}

void misspell(const source::SourceFile& file, std::vector<Mutation>& all) {
  diag::Sink sink;
  for (const NamePlace& place : names_of(parse::parse(file, sink))) {
    const std::string_view word =
        file.text().substr(place.span.begin, place.span.end - place.span.begin);
    if (word.size() < 4) continue;
    std::vector<std::string> seen{std::string(word)};
    for (std::string& wrong : misspellings(word)) {
      if (std::ranges::find(seen, wrong) != seen.end()) continue;
      seen.push_back(wrong);
      all.push_back(
          {"misspelt", {place.span.begin, place.span.end, std::move(wrong)}, std::string(word)});
    }
  }
}

// ---- tokens ----

struct Confusion {
  TokenKind kind;
  std::string_view text;
};

/// What other languages write.
constexpr std::array<Confusion, 20> confusions{{
    {TokenKind::Colon, " ="},       {TokenKind::Assign, ":"},       {TokenKind::Assign, ":="},
    {TokenKind::Arrow, "->"},       {TokenKind::Arrow, ":"},        {TokenKind::And, "and"},
    {TokenKind::Or, "or"},          {TokenKind::Equal, "="},        {TokenKind::NotEqual, "<>"},
    {TokenKind::OpenBrace, "["},    {TokenKind::OpenBracket, "{"},  {TokenKind::OpenBracket, "("},
    {TokenKind::CloseBrace, "]"},   {TokenKind::CloseBracket, "}"}, {TokenKind::True, "yes"},
    {TokenKind::False, "False"},    {TokenKind::Comma, ";"},        {TokenKind::Has, "exists"},
    {TokenKind::Else, "otherwise"}, {TokenKind::Then, "do"},
}};

bool is_mark(TokenKind kind) {
  return (kind >= TokenKind::OpenBrace && kind <= TokenKind::Coalesce) || parse::is_keyword(kind) ||
         kind == TokenKind::On || kind == TokenKind::From;
}

void confuse(const source::SourceFile& file, std::vector<Mutation>& all) {
  diag::Sink sink;
  parse::Reports reports(sink, file);
  for (const Token& token : parse::lex(file, reports).tokens) {
    const std::string text(file.text().substr(token.begin, token.end - token.begin));
    if (is_mark(token.kind)) {
      all.push_back({"left_out", {token.begin, token.end, ""}, ""});
      all.push_back({"doubled", {token.end, token.end, " " + text}, ""});
    }
    if (token.kind == TokenKind::String && text.size() > 2) {
      const std::string inner = text.substr(1, text.size() - 2);
      all.push_back({"quotes", {token.begin, token.end, "'" + inner + "'"}, ""});
      all.push_back({"quotes", {token.begin, token.end, "\"" + inner}, ""});
      all.push_back({"quotes", {token.begin, token.end, inner + "\""}, ""});
    }
    for (const Confusion& confusion : confusions) {
      if (confusion.kind == token.kind)
        all.push_back({"confused", {token.begin, token.end, std::string(confusion.text)}, ""});
    }
  }
}

}  // namespace

std::vector<Mutation> mutations_of(const source::SourceFile& file) {
  std::vector<Mutation> all;
  misspell(file, all);
  confuse(file, all);
  std::ranges::stable_sort(all, {}, [](const Mutation& mutation) { return mutation.edit.begin; });
  return all;
}

}  // namespace stackc::mistakes
