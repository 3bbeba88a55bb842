#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "compiler/parse/repair_parts.h"

/// Values as other languages write them.
namespace stackc::parse {
namespace {

using enum TokenKind;
using grammar::Stack;

bool touches(const Token& before, const Token& token) {
  return before.end == token.begin;
}

/// `record["field"]`.
std::optional<Repair> member_in_brackets(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const Token& before = tokens[place.index - 1];
  if (place.token().kind != OpenBracket || !touches(before, place.token()) ||
      !ends_value(before.kind) || place.balanced.partner[place.index] != place.index + 2)
    return std::nullopt;
  const Token& member = tokens[place.index + 1];
  constexpr std::string_view word =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  const bool is_word = member.kind == String && !member.broken && !member.text.empty() &&
                       member.text.find_first_not_of(word) == std::string::npos;
  if (!is_word) return std::nullopt;
  return Repair{{{place.index, 3, {made(Dot, place.token()), unquoted(member)}}},
                place.index,
                fmt::format("a field of a record is read with `.{}`", member.text),
                ""};
}

/// `list[0]` and `record.list[0]`.
std::optional<Repair> item_by_number(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const std::size_t bracket = place.index;
  const bool is_index = place.token().kind == OpenBracket && is_name(tokens[bracket - 1].kind) &&
                        touches(tokens[bracket - 1], place.token()) &&
                        tokens[bracket + 1].kind == Integer &&
                        place.balanced.partner[bracket] == bracket + 2;
  if (!is_index) return std::nullopt;
  std::size_t first = bracket - 1;
  while (first > 2 && tokens[first - 1].kind == Dot && is_name(tokens[first - 2].kind)) first -= 2;
  Token unknown = made(String, tokens[first]);
  unknown.broken = true;
  return Repair{
      {{first, bracket + 3 - first, {unknown}}}, bracket, std::string(no_item_by_number), ""};
}

/// `function[argument]`.
std::optional<Repair> call_in_brackets(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const Token& before = tokens[place.index - 1];
  const bool is_call = place.token().kind == OpenBracket && touches(before, place.token()) &&
                       is_name(before.kind) && !place.within(Stack::RuleTypeAlternative) &&
                       !place.in(Stack::RuleStackBody) && !place.in(Stack::RuleLetDeclaration);
  const std::size_t close = place.balanced.partner[place.index];
  if (!is_call || close == Balanced::none || close == place.index + 1) return std::nullopt;
  if (!is_name(tokens[place.index + 1].kind)) return std::nullopt;
  return Repair{{{place.index, 1, {made(CallParen, place.token())}},
                 {close, 1, {made(CloseParen, tokens[close])}}},
                place.index,
                "what a function takes stands in parentheses",
                ""};
}

/// `for each x in xs`.
std::optional<Repair> for_each(const Place& place) {
  const bool is_loop = place.within(Stack::RuleComprehension) && place.expects(TokenKind::In);
  if (!is_loop || place.text_before() != "each") return std::nullopt;
  return Repair{{{place.index - 1, 1, {}}}, place.index, "`for` has no `each`", ""};
}

/// `case "a" =>`, `a =>` and `default =>`.
std::optional<Repair> pattern(const Place& place) {
  const bool in_match = place.in(Stack::RuleMatchBody) || place.in(Stack::RuleMatchArm);
  const auto& tokens = place.balanced.tokens;
  const Token& token = place.token();
  const bool is_word = (is_name(token.kind) && token.kind != Underscore) || token.kind == Else;
  if (!in_match || !is_word || place.expects(TokenKind::Arrow)) return std::nullopt;
  const Token& next = tokens[place.index + 1];
  if (place.text() == "case" && (next.kind == String || next.kind == Integer))
    return Repair{{{place.index, 1, {}}}, place.index, "an arm starts with its value", ""};
  if (next.kind != TokenKind::Arrow) return std::nullopt;
  constexpr std::array others{"default", "else", "otherwise", "other"};
  if (std::ranges::find(others, place.text()) != others.end())
    return replace(place, place.index, {Underscore}, "_");
  const std::string quoted = fmt::format("\"{}\"", place.text());
  Token text = made(String, token);
  text.text = place.text();
  return Repair{{{place.index, 1, {std::move(text)}}},
                place.index,
                fmt::format("did you mean `{}`?", quoted),
                quoted};
}

/// `--name: value`, as on a command line.
std::optional<Repair> dashed_key(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const bool in_record = place.in(Stack::RuleRecord) || place.in(Stack::RuleEntry);
  std::size_t key = place.index;
  while (tokens[key].kind == Negate && touches(tokens[key], tokens[key + 1])) ++key;
  if (!in_record || key == place.index || !is_name(tokens[key].kind) ||
      tokens[key + 1].kind != Colon)
    return std::nullopt;
  return Repair{{{place.index, key - place.index, {}}},
                place.index,
                fmt::format("a key is written without dashes: `{}`", place.text_of(tokens[key])),
                ""};
}

/// `f"text"`.
std::optional<Repair> letter_before_text(const Place& place) {
  const Token& before = place.balanced.tokens[place.index - 1];
  const bool is_text = place.token().kind == String || place.token().kind == StringHead;
  if (!is_text || before.kind != Identifier || !touches(before, place.token()) ||
      before.end - before.begin > 2)
    return std::nullopt;
  Token text = place.token();
  text.broken = true;
  return Repair{{{place.index - 1, 2, {std::move(text)}}},
                place.index,
                "a text starts with its quotes, and `${…}` puts a value into it",
                ""};
}

/// `for (x in xs)`.
std::optional<Repair> loop_in_parentheses(const Place& place) {
  const bool is_paren = place.token().kind == GroupParen || place.token().kind == CallParen;
  if (!is_paren || place.text_before() != "for") return std::nullopt;
  return Repair{{{place.index, 1, {}}, {place.balanced.partner[place.index], 1, {}}},
                place.index,
                "`for` has no parentheses",
                ""};
}

/// `v1.10` without quotes.
std::optional<Repair> bare_version(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const bool is_number = place.token().kind == Integer || place.token().kind == Decimal ||
                         place.token().kind == Version;
  if (!is_number || place.index < 2 || tokens[place.index - 1].kind != Dot ||
      tokens[place.index - 2].kind != Identifier ||
      !touches(tokens[place.index - 2], tokens[place.index - 1]))
    return std::nullopt;
  Token text = made(String, tokens[place.index - 2]);
  text.end = place.token().end;
  text.text = place.text_of(text);
  const std::string quoted = fmt::format("\"{}\"", text.text);
  return Repair{{{place.index - 2, 3, {std::move(text)}}},
                place.index,
                fmt::format("a text stands in double quotes: `{}`", quoted),
                ""};
}

}  // namespace

std::optional<Repair> repair_value(const Place& place) {
  for (const auto attempt :
       {member_in_brackets, item_by_number, call_in_brackets, for_each, pattern, dashed_key,
        letter_before_text, loop_in_parentheses, bare_version}) {
    if (auto repair = attempt(place)) return repair;
  }
  return std::nullopt;
}

}  // namespace stackc::parse
