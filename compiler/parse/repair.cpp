#include "compiler/parse/repair.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "compiler/base/text.h"
#include "compiler/parse/repair_parts.h"
#include "compiler/parse/words.h"

namespace stackc::parse {

Token made(TokenKind kind, const Token& from) {
  Token token = from;
  token.kind = kind;
  token.text.clear();
  return token;
}

Repair replace(const Place& place, std::size_t index, const std::vector<TokenKind>& kinds,
               std::string_view shown, std::size_t erased) {
  TokenEdit edit{index, erased, {}};
  for (const TokenKind kind : kinds)
    edit.tokens.push_back(made(kind, place.balanced.tokens[index]));
  return {{std::move(edit)}, index, fmt::format("did you mean `{}`?", shown), std::string(shown)};
}

Token unquoted(const Token& string) {
  Token token = made(TokenKind::Identifier, string);
  ++token.begin;
  --token.end;
  return token;
}

namespace {

using enum TokenKind;
using grammar::Stack;

Repair insert(const Place& place, TokenKind kind) {
  const Token& before = place.balanced.tokens[place.index - 1];
  return {{{place.index, 0, {behind(kind, before)}}}, place.index, "", ""};
}

// ---- words ----

/// What a word of another language, or of ours in another place, stands for.
struct ForeignWord {
  std::string_view word;
  std::vector<TokenKind> kinds;
  std::string_view ours;
};

const std::vector<ForeignWord>& foreign_words() {
  static const std::vector<ForeignWord> words{
      {"and", {And}, "&&"},
      {"AND", {And}, "&&"},
      {"or", {Or}, "||"},
      {"OR", {Or}, "||"},
      {"not", {Not}, "!"},
      {"NOT", {Not}, "!"},
      {"is", {Equal}, "=="},
      {"eq", {Equal}, "=="},
      {"ne", {NotEqual}, "!="},
      {"gt", {Greater}, ">"},
      {"ge", {GreaterEqual}, ">="},
      {"lt", {Less}, "<"},
      {"le", {LessEqual}, "<="},
      {"elif", {Else, If}, "else if"},
      {"elsif", {Else, If}, "else if"},
      {"elseif", {Else, If}, "else if"},
      {"when", {If}, "if"},
      {"switch", {Match}, "match"},
      {"foreach", {For}, "for"},
      {"of", {In}, "in"},
      {"var", {Variable}, "variable"},
      {"param", {Variable}, "variable"},
      {"parameter", {Variable}, "variable"},
      {"input", {Variable}, "variable"},
      {"def", {Let}, "let"},
      {"const", {Let}, "let"},
      {"function", {Let}, "let"},
      {"func", {Let}, "let"},
      {"fn", {Let}, "let"},
      {"fun", {Let}, "let"},
      {"val", {Let}, "let"},
      {"local", {Let}, "let"},
      {"k8s", {Kubernetes}, "kubernetes"},
      {"infra", {Infrastructure}, "infrastructure"},
      {"cluster", {Infrastructure}, "infrastructure"},
      {"chart", {Addon}, "addon"},
      {"machineDeployment", {Workers}, "workers"},
      {"machine-deployment", {Workers}, "workers"},
      {"nodePool", {Workers}, "workers"},
      {"node-pool", {Workers}, "workers"},
      {"nodes", {Workers}, "workers"},
      {"master", {ControlPlane}, "control-plane"},
      {"otherwise", {Else}, "else"},
      {"include", {Import}, "import"},
      {"use", {Import}, "import"},
      {"require", {Import}, "import"},
  };
  return words;
}

/// An operator could stand here: what the parser expects does not tell, once it has decided that
/// the value ends.
bool is_behind_value(const Place& place) {
  return place.index > 0 && ends_value(place.balanced.tokens[place.index - 1].kind) &&
         (place.expects(OpenBrace) || place.expects(Then) || place.expects(TokenKind::Or));
}

/// `or` before a text or a number, which are no conditions.
bool says_what_else(const Place& place, std::size_t index) {
  const auto& tokens = place.balanced.tokens;
  const TokenKind next = tokens[index + 1].kind;
  const bool is_value = next == String || next == StringHead || next == Integer;
  return is_value && place.text_of(tokens[index]) == "or" && !place.within(Stack::RuleCondition);
}

/// `var name = …`: a variable has a type, and what gets its value without one is a `let`.
bool is_let(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  return place.text() == "var" && place.expects(Let) && place.index + 2 < tokens.size() &&
         tokens[place.index + 2].kind == Assign;
}

/// The word of the language that the misspelt token is likely to be, among those that fit.
std::optional<Repair> respell(const Place& place) {
  const Token& token = place.token();
  if (!is_name(token.kind) && !is_keyword(token.kind)) return std::nullopt;
  if (place.text() == "not" && is_behind_value(place))
    return replace(place, place.index, {NotEqual}, "!=");
  std::vector<std::string_view> fitting;
  for (const auto& [word, kind] : words) {
    // Where every name fits, a word of the language is nothing special; and one that starts a value
    // was read as a name before.
    const bool starts_value = kind == If || kind == For || kind == True || kind == False;
    const bool fits =
        place.expects(kind) && !starts_value && (!is_name(kind) || !place.expects(Identifier));
    if (fits) fitting.push_back(word);
  }
  if (is_let(place)) return replace(place, place.index, {Let}, "let");
  for (const ForeignWord& foreign : foreign_words()) {
    const bool is_operator = foreign.kinds[0] >= Or;
    const bool fits = is_operator ? is_behind_value(place) : place.expects(foreign.kinds[0]);
    if (foreign.word != place.text() || !fits) continue;
    const bool negated = foreign.ours == "==" && place.index + 1 < place.balanced.tokens.size() &&
                         place.text_of(place.balanced.tokens[place.index + 1]) == "not";
    if (negated) return replace(place, place.index, {NotEqual}, "!=", 2);
    return replace(place, place.index, foreign.kinds, foreign.ours);
  }
  std::string_view near = nearest(place.text(), fitting).name;
  const Token& next = place.balanced.tokens[place.index + 1];
  const bool is_part_of_name = next.kind == From;  // `addon metrics server from`
  const bool stands_between =
      !token.starts_line && !next.starts_line && is_name(next.kind) && !is_part_of_name;
  if (near.empty() && fitting.size() == 1 && place.expected.size() == 1 && stands_between)
    near = fitting[0];
  if (near.empty()) return std::nullopt;
  return replace(place, place.index, {kind_of_word(near)}, near);
}

/// Between an add-on of a stage and a record stands `before` or `after`; another word was read as
/// the next add-on.
std::optional<Repair> word_of_step(const Place& place) {
  if (!place.in(Stack::RuleStepList) || place.token().kind != OpenBrace || place.index < 2)
    return std::nullopt;
  const auto& tokens = place.balanced.tokens;
  const bool is_between = is_name(tokens[place.index - 1].kind) &&
                          is_name(tokens[place.index - 2].kind) &&
                          tokens[place.index - 1].line == tokens[place.index - 2].line;
  if (!is_between) return std::nullopt;
  const bool is_after = nearest(place.text_of(tokens[place.index - 1]), {"after"}).only;
  return is_after ? replace(place, place.index - 1, {After}, "after")
                  : replace(place, place.index - 1, {Before}, "before");
}

/// `image [ … ]`, which is known at the end of the list only.
std::optional<Repair> several_images(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  if (!place.within(Stack::RuleImage) || !place.expects(OpenBrace) ||
      tokens[place.index - 1].kind != CloseBracket)
    return std::nullopt;
  std::size_t open = place.index - 1;
  for (int depth = 0; open > 0; --open) {
    if (tokens[open].kind == CloseBracket) ++depth;
    if (tokens[open].kind == OpenBracket && --depth == 0) break;
  }
  if (open == 0 || tokens[open - 1].kind != Image) return std::nullopt;
  return replace(place, open - 1, {Images}, "images");
}

/// A misspelt word was taken for a name, and what follows it does not fit.
std::optional<Repair> respell_before(const Place& place) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(2, place.index); ++back) {
    const std::size_t index = place.index - back;
    const Token& token = place.balanced.tokens[index];
    if (token.kind != Identifier || token.line != place.token().line) continue;
    const std::string_view text = place.text_of(token);
    if (says_what_else(place, index)) return replace(place, index, {Coalesce}, "??");
    for (const ForeignWord& foreign : foreign_words()) {
      const bool fits = foreign.word == text && !is_name(foreign.kinds[0]) &&
                        foreign.kinds[0] != Let && foreign.kinds[0] != In;
      if (fits) return replace(place, index, foreign.kinds, foreign.ours);
    }
    constexpr std::size_t shortest = 3;  // of what is likely to be a word that was misspelt
    const std::string_view near = text.size() < shortest
                                      ? std::string_view{}
                                      : nearest(text, {"if", "match", "has", "for"}).name;
    if (near.empty()) continue;
    return replace(place, index, {kind_of_word(near)}, near);
  }
  return std::nullopt;
}

/// `else:`; before a colon the word is read as a key.
std::optional<Repair> else_with_colon(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const bool lacks_else = place.expects(Else) && place.text() == "else";
  if (!lacks_else || tokens[place.index + 1].kind != Colon) return std::nullopt;
  Repair repair = replace(place, place.index, {Else}, "else", 2);
  repair.hint = "`else` has no colon";
  repair.replacement.clear();
  return repair;
}

/// A word of the language that is written twice.
std::optional<Repair> doubled_word(const Place& place) {
  const Token& token = place.token();
  const Token& before = place.balanced.tokens[place.index - 1];
  if (!is_keyword(token.kind) || before.kind != token.kind || token.starts_line)
    return std::nullopt;
  return Repair{{{place.index, 1, {}}}, place.index, "it is written twice", ""};
}

/// `name = value` and `name: Type` without the word before them.
std::optional<Repair> missing_word(const Place& place) {
  const bool in_stack = place.in(Stack::RuleStackBody) || place.in(Stack::RuleStackItem);
  const bool in_module = place.in(Stack::RuleModuleFile) || place.in(Stack::RuleModuleItem);
  const Token& token = place.token();
  if ((!in_stack && !in_module) || token.kind != Identifier || !token.starts_line)
    return std::nullopt;
  const std::size_t behind_name = place.index + 1;
  const TokenKind next = place.balanced.tokens[behind_name].kind;
  const bool is_function =
      next == CallParen &&
      place.balanced.tokens[place.balanced.partner[behind_name] + 1].kind == Assign;
  const bool is_let = next == Assign || is_function;
  if (!is_let && (next != Colon || !in_stack)) return std::nullopt;
  Token word = made(is_let ? Let : Variable, token);
  word.end = word.begin;
  const std::string text = fmt::format("{} {}", is_let ? "let" : "variable", place.text());
  return Repair{{{place.index, 0, {std::move(word)}}},
                place.index,
                fmt::format("did you mean `{}`?", text),
                text};
}

// ---- signs ----

/// `->` is two tokens.
bool is_thin_arrow(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  return (place.token().kind == Minus || place.token().kind == Negate) &&
         tokens[place.index + 1].kind == Greater;
}

std::optional<Repair> resign(const Place& place) {
  const TokenKind kind = place.token().kind;
  const Token& previous = place.balanced.tokens[place.index - 1];
  if (kind == Assign && previous.kind == Colon && place.in(Stack::RuleTypeAlternative) &&
      place.within(Stack::RuleLetDeclaration))
    return replace(place, place.index - 1, {Assign}, "=", 2);
  const bool sign = kind == Assign || kind == Colon || kind == Equal || kind == Arrow;
  if (sign && kind != Arrow && place.expects(TokenKind::Arrow))
    return replace(place, place.index, {Arrow}, "=>");
  if (is_thin_arrow(place) && place.expects(TokenKind::Arrow))
    return replace(place, place.index, {Arrow}, "=>", 2);
  if (kind == Assign && is_behind_value(place) && !place.is_body())
    return replace(place, place.index, {Equal}, "==");
  if (kind == Greater && previous.kind == Less && previous.end == place.token().begin)
    return replace(place, place.index - 1, {NotEqual}, "!=", 2);
  if (kind == Arrow && is_behind_value(place))
    return replace(place, place.index, {GreaterEqual}, ">=");
  const bool colon = place.expects(TokenKind::Colon) && !place.in(Stack::RuleVariableDeclaration) &&
                     !place.in(Stack::RuleLetDeclaration);
  if (sign && colon) {
    Repair repair = replace(place, place.index, {Colon}, ":");
    repair.hint.clear();
    return repair;
  }
  if (sign && place.expects(TokenKind::Assign)) {
    Repair repair = replace(place, place.index, {Assign}, "=");
    repair.hint.clear();
    return repair;
  }
  // `:=`, `= =`: the first is enough.
  const TokenKind before = place.balanced.tokens[place.index - 1].kind;
  const bool doubled =
      sign && kind != Arrow && place.expects(OpenBracket) &&
      (before == Colon || before == Assign || before == Equal || before == NotEqual);
  if (doubled && place.token().begin == previous.end) {
    const bool compares = before == Equal || before == NotEqual;
    return Repair{{{place.index, 1, {}}},
                  place.index,
                  compares ? fmt::format("did you mean `{}`?", place.text_of(previous)) : "",
                  ""};
  }
  return std::nullopt;
}

/// `let name: { … }`: what was read as its type is its value.
std::optional<Repair> value_read_as_type(const Place& place) {
  const TokenKind kind = place.token().kind;
  const bool starts_value = kind == StringHead || kind == If || kind == TokenKind::Match ||
                            kind == Integer || kind == GroupParen || kind == True || kind == False;
  const bool is_value = starts_value && place.balanced.tokens[place.index - 1].kind == Colon &&
                        place.within(Stack::RuleLetDeclaration) && !place.within(Stack::RuleRecord);
  if (is_value) return replace(place, place.index - 1, {Assign}, "=");
  if (!place.in(Stack::RuleLetDeclaration) || !place.expects(TokenKind::Assign) ||
      place.rule.start == nullptr)
    return std::nullopt;
  const std::size_t colon = place.rule.start->getTokenIndex() + 2;
  if (colon >= place.index || place.balanced.tokens[colon].kind != Colon) return std::nullopt;
  return replace(place, colon, {Assign}, "=");
}

/// A sign that is left out between a name and its value.
std::optional<Repair> missing_sign(const Place& place) {
  const Token& token = place.token();
  const bool starts_value = is_name(token.kind) || token.kind == String ||
                            token.kind == StringHead || token.kind == OpenBrace ||
                            token.kind == OpenBracket || token.kind == True ||
                            token.kind == False || token.kind == Integer;
  if (!starts_value || token.starts_line || place.index == 0) return std::nullopt;
  const bool entry = place.in(Stack::RuleEntry) || place.in(Stack::RuleStage);
  if (entry && place.expects(TokenKind::Colon)) return insert(place, Colon);
  if (place.in(Stack::RuleMatchArm) && place.expects(TokenKind::Arrow)) return insert(place, Arrow);
  if (place.in(Stack::RuleLetDeclaration) && place.expects(TokenKind::Assign) &&
      (token.kind == OpenBrace || token.kind == OpenBracket || token.kind == String))
    return insert(place, Assign);
  return std::nullopt;
}

// ---- braces and quotes ----

/// Where a closing bracket that was dropped belongs to an opening one before `index`: the token
/// behind it.
std::optional<std::size_t> surplus_behind(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const std::size_t level = place.balanced.level_behind(place.index - 1);
  for (const source::Span& closer : place.balanced.surplus) {
    if (place.text_of({.kind = CloseBrace, .begin = closer.begin, .end = closer.end, .text = {}}) !=
            "}" ||
        closer.begin < place.token().begin)
      continue;
    const auto next =
        std::ranges::find_if(tokens, [&](const Token& token) { return token.begin >= closer.end; });
    const auto index = static_cast<std::size_t>(next - tokens.begin());
    if (place.balanced.level_behind(index - 1) == level) return index;
  }
  return std::nullopt;
}

std::optional<Repair> missing_opener(const Place& place) {
  const bool only_brace = place.expects(OpenBrace) && !place.expects(Integer);
  if (!only_brace || place.index == 0) return std::nullopt;
  const TokenKind next = place.index + 1 < place.balanced.tokens.size()
                             ? place.balanced.tokens[place.index + 1].kind
                             : EndOfFile;
  const TokenKind kind = place.token().kind;
  if ((kind == Colon || kind == Assign) && next == OpenBrace) {
    return Repair{{{place.index, 1, {}}}, place.index, "", ""};
  }
  const std::optional<std::size_t> close = surplus_behind(place);
  if (!close) return std::nullopt;
  const auto& tokens = place.balanced.tokens;
  return Repair{{{place.index, 0, {behind(OpenBrace, tokens[place.index - 1])}},
                 {*close, 0, {behind(CloseBrace, tokens[*close - 1])}}},
                place.index,
                "",
                ""};
}

/// The lines of a `kubernetes` line or of an add-on without the brace that opens them.
std::optional<Repair> missing_body(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const Token& before = tokens[place.index - 1];
  const bool is_deeper = place.token().starts_line && place.token().indent > before.indent;
  if (!place.in(Stack::RuleStackBody) || !is_deeper || before.kind == CloseBrace)
    return std::nullopt;  // behind a brace stands a whole item
  const std::optional<std::size_t> close = surplus_behind(place);
  if (!close) return std::nullopt;
  return Repair{{{place.index, 0, {behind(OpenBrace, before)}},
                 {*close, 0, {behind(CloseBrace, tokens[*close - 1])}}},
                place.index - 1,
                "",
                "{",
                true};
}

/// The end of `AfterControlPlaneInitialized: [ … ]`, which only a stage of add-ons begins like;
/// nothing if there is none at `index`.
std::optional<std::size_t> end_of_stage(const Place& place, std::size_t index) {
  const auto& tokens = place.balanced.tokens;
  const std::string_view name = place.text_of(tokens[index]);
  const bool is_hook =
      tokens[index].kind == Identifier && (name.starts_with("After") || name.starts_with("Before"));
  if (!is_hook || tokens[index + 1].kind != Colon || tokens[index + 2].kind != OpenBracket)
    return std::nullopt;
  return place.balanced.partner[index + 2] + 1;
}

/// Stages of add-ons without the section around them, or without its first line.
std::optional<Repair> missing_stages(const Place& place) {
  const bool in_stack = place.in(Stack::RuleStackBody) || place.in(Stack::RuleStackItem);
  if (!in_stack || !end_of_stage(place, place.index)) return std::nullopt;
  std::size_t end = place.index;
  while (const auto behind_stage = end_of_stage(place, end)) end = *behind_stage;
  const auto& tokens = place.balanced.tokens;
  const Token& before = tokens[place.index - 1];
  return Repair{{{place.index, 0, {behind(Stages, before), behind(OpenBrace, before)}},
                 {end, 0, {behind(CloseBrace, tokens[end - 1])}}},
                place.index,
                "stages of add-ons stand in `stages { … }`",
                ""};
}

/// Names in quotes, where a name stands without: all of one list.
std::optional<Repair> quoted_name(const Place& place) {
  const bool name_only = place.expects(Identifier) && !place.expects(TokenKind::String);
  if (!name_only || place.token().kind != String || place.token().broken) return std::nullopt;
  Repair repair{{}, place.index, "a name stands without quotes", place.token().text};
  const auto& tokens = place.balanced.tokens;
  const bool in_list = place.in(Stack::RuleStepList) || place.in(Stack::RuleStageStep);
  for (std::size_t i = place.index; i < tokens.size(); ++i) {
    const bool same = tokens[i].kind == String && !tokens[i].broken &&
                      place.balanced.enclosing[i] == place.balanced.enclosing[place.index];
    if (same) {
      repair.edits.push_back({i, 1, {unquoted(tokens[i])}});
    }
    if (!in_list || closes(tokens[i].kind)) break;
  }
  return repair;
}

}  // namespace

/// `export let name`, `optional variable name`.
std::optional<Repair> surplus_word(const Place& place) {
  const bool in_items = place.in(Stack::RuleStackBody) || place.in(Stack::RuleModuleFile) ||
                        place.in(Stack::RuleModuleItem) || place.in(Stack::RuleStackItem);
  const auto& tokens = place.balanced.tokens;
  if (!in_items || place.token().kind != Identifier) return std::nullopt;
  const Token& next = tokens[place.index + 1];
  const bool is_before = (next.kind == Let || next.kind == Variable || next.kind == Type) &&
                         !next.starts_line && place.index + 2 < tokens.size() &&
                         is_name(tokens[place.index + 2].kind);
  if (!is_before) return std::nullopt;
  return Repair{{{place.index, 1, {}}},
                place.index,
                fmt::format("nothing stands before `{}`", place.text_of(next)),
                ""};
}

std::optional<Repair> find_repair(const Place& place) {
  if (auto import = repair_import(place)) return import;
  if (auto surplus = surplus_word(place)) return surplus;
  if (place.index == 0 || place.token().kind == EndOfFile) return respell(place);
  for (const auto attempt :
       {repair_type, repair_value, resign, value_read_as_type, else_with_colon, doubled_word,
        missing_body, missing_stages, word_of_step, several_images, respell, missing_word,
        respell_before, missing_opener, quoted_name, missing_sign}) {
    if (auto repair = attempt(place)) return repair;
  }
  return std::nullopt;
}

void apply(const Repair& repair, Balanced& balanced) {
  auto& tokens = balanced.tokens;
  for (auto edit = repair.edits.rbegin(); edit != repair.edits.rend(); ++edit) {
    const auto first = tokens.begin() + static_cast<std::ptrdiff_t>(edit->index);
    const auto rest = tokens.erase(first, first + static_cast<std::ptrdiff_t>(edit->erased));
    tokens.insert(rest, edit->tokens.begin(), edit->tokens.end());
  }
  balanced.link();
}

}  // namespace stackc::parse
