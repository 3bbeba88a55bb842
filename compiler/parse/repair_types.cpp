#include <fmt/core.h>

#include <algorithm>

#include "compiler/parse/repair_parts.h"

/// Types and declarations.
namespace stackc::parse {
namespace {

using enum TokenKind;
using grammar::Stack;

bool ends_type(TokenKind kind) {
  return is_name(kind) || kind == String || kind == CloseParen || kind == CloseBracket ||
         kind == CloseBrace || kind == Question;
}

/// Behind a type on its line, where the next item of a stack or field of a record was expected.
bool is_behind_type(const Place& place) {
  if (place.token().starts_line || !ends_type(place.balanced.tokens[place.index - 1].kind))
    return false;
  if (place.in(Stack::RuleTypeFields)) return true;
  // A type of several lines ends on a line of its own.
  std::size_t first = place.index - 1;
  const auto& tokens = place.balanced.tokens;
  while (first > 0 && (closes(tokens[first].kind) || !tokens[first].starts_line)) {
    const bool skips =
        closes(tokens[first].kind) && place.balanced.partner[first] != Balanced::none;
    first =
        skips && place.balanced.partner[first] > 0 ? place.balanced.partner[first] - 1 : first - 1;
  }
  return (place.in(Stack::RuleStackBody) || place.in(Stack::RuleModuleFile)) &&
         (tokens[first].kind == Variable || tokens[first].kind == Type);
}

/// `"a" || "b"` and `"a", "b"`, where alternatives have one `|` between them.
std::optional<Repair> alternatives(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const Token& token = place.token();
  if (token.kind == TokenKind::Or && is_behind_type(place))
    return replace(place, place.index, {Pipe}, "|");
  const bool is_list = token.kind == String && !token.starts_line && place.index > 1 &&
                       tokens[place.index - 1].kind == Comma &&
                       tokens[place.index - 2].kind == String;
  const bool in_items = place.in(Stack::RuleStackBody) || place.in(Stack::RuleTypeFields) ||
                        place.in(Stack::RuleTypeField);
  if (!is_list || !in_items) return std::nullopt;
  return replace(place, place.index - 1, {Pipe}, "|");
}

/// `: 50`, `:= 50` and `default 50` behind a type.
std::optional<Repair> default_sign(const Place& place) {
  const Token& token = place.token();
  const bool is_word = token.kind == Identifier && place.text() == "default";
  if ((token.kind != Colon && !is_word) || !is_behind_type(place)) return std::nullopt;
  const bool doubled = place.balanced.tokens[place.index + 1].kind == Assign;
  Repair repair = replace(place, place.index, {Assign}, "=", doubled ? 2 : 1);
  repair.hint = "a default follows the type behind `=`";
  return repair;
}

/// `T optional` for `T?`.
std::optional<Repair> optional_word(const Place& place) {
  const bool is_word = place.text() == "optional" && place.token().kind == Identifier;
  if (!is_word || !is_behind_type(place)) return std::nullopt;
  return replace(place, place.index, {Question}, "?");
}

/// Where the type that begins at `index` ends: the token behind it.
std::size_t behind_type(const Place& place, std::size_t index) {
  const auto& tokens = place.balanced.tokens;
  std::size_t end = index;
  while (end < tokens.size()) {
    const Token& token = tokens[end];
    const bool stops = token.kind == Assign || token.kind == Comma || closes(token.kind) ||
                       token.kind == EndOfFile || (end > index && token.starts_line);
    if (stops) return end;
    end = opens(token.kind) && place.balanced.partner[end] != Balanced::none
              ? place.balanced.partner[end] + 1
              : end + 1;
  }
  return end;
}

/// `name?: T` and `optional name: T`.
std::optional<Repair> optional_mark(const Place& place) {
  const bool is_declaration =
      place.in(Stack::RuleTypeField) || place.in(Stack::RuleVariableDeclaration);
  if (!is_declaration || !place.expects(TokenKind::Colon)) return std::nullopt;
  const auto& tokens = place.balanced.tokens;
  const bool is_mark = place.token().kind == Question && tokens[place.index + 1].kind == Colon;
  const bool is_word = place.text_before() == "optional" && is_name(place.token().kind) &&
                       tokens[place.index + 1].kind == Colon;
  if (!is_mark && !is_word) return std::nullopt;
  const std::size_t wrong = is_mark ? place.index : place.index - 1;
  const std::size_t end = behind_type(place, place.index + 2);
  return Repair{{{wrong, 1, {}}, {end, 0, {behind(Question, tokens[end - 1])}}},
                place.index,
                "what may be absent has a `?` behind its type: `name: T?`",
                ""};
}

/// `@example "x"`.
std::optional<Repair> bare_annotation(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const TokenKind kind = place.token().kind;
  const bool is_literal = kind == String || kind == Integer || kind == True || kind == False;
  if (place.index < 2 || tokens[place.index - 2].kind != At || place.token().starts_line ||
      !is_literal)
    return std::nullopt;
  return Repair{{{place.index, 0, {behind(CallParen, tokens[place.index - 1])}},
                 {place.index + 1, 0, {behind(CloseParen, place.token())}}},
                place.index,
                "",
                ""};
}

/// `import lib.net` and `import ./lib/net.stack`.
std::optional<Repair> path_without_quotes(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const TokenKind kind = place.token().kind;
  const bool is_of_path = kind == Dot || kind == Range || kind == Slash;
  if (!is_of_path || place.index == 0 || place.token().starts_line) return std::nullopt;
  const bool is_first = tokens[place.index - 1].kind == Import;
  if (!is_first && (place.index == 1 || tokens[place.index - 2].kind != Import))
    return std::nullopt;
  const std::size_t import = place.index - (is_first ? 1 : 2);
  std::size_t end = place.index;
  while (tokens[end].kind != EndOfFile && tokens[end].kind != As && !tokens[end].starts_line) ++end;
  const std::size_t begin = tokens[import + 1].begin;
  std::string path(place.file.text().substr(begin, tokens[end - 1].end - begin));
  if (path.find('/') == path.npos) std::ranges::replace(path, '.', '/');
  if (!path.ends_with(".stack")) path += ".stack";
  while (tokens[end].kind != EndOfFile && !tokens[end].starts_line) ++end;
  return Repair{{{import, end - import, {}}},
                place.index,
                fmt::format("a file is named by its path: `import \"{}\"`", path),
                ""};
}

}  // namespace

/// `import a, b` and `from a import b`.
std::optional<Repair> repair_import(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  if (auto repair = path_without_quotes(place)) return repair;
  if (!place.in(Stack::RuleModuleFile) && !place.in(Stack::RuleModuleItem)) return std::nullopt;
  const bool behind_import = place.token().kind == Comma && place.index > 1 &&
                             tokens[place.index - 2].kind == Import &&
                             is_name(tokens[place.index + 1].kind);
  if (behind_import) {
    return Repair{{{place.index, 1, {made(Import, place.token())}}},
                  place.index,
                  "each module has an `import` of its own",
                  ""};
  }
  if (place.token().kind != From || !is_name(tokens[place.index + 1].kind)) return std::nullopt;
  std::size_t end = place.index + 2;
  while (tokens[end].kind != EndOfFile && !tokens[end].starts_line) ++end;
  std::size_t named = place.index + 1;
  const std::string_view from = place.text_of(tokens[named]);
  const bool is_library = from == "std" || from == "stdlib" || from == "stackc";
  if (is_library && named + 2 < end && tokens[named + 1].kind == Import) named += 2;
  const std::string_view module = place.text_of(tokens[named]);
  return Repair{{{place.index, named - place.index, {made(Import, place.token())}},
                 {named + 1, end - named - 1, {}}},
                place.index,
                fmt::format("write `import {}`, and `{}.name` for what is in it", module, module),
                ""};
}

std::optional<Repair> repair_type(const Place& place) {
  for (const auto attempt :
       {alternatives, default_sign, optional_word, optional_mark, bare_annotation}) {
    if (auto repair = attempt(place)) return repair;
  }
  return std::nullopt;
}

}  // namespace stackc::parse
