#include "compiler/parse/advice.h"

#include <fmt/core.h>

#include <algorithm>

namespace stackc::parse {
namespace {

using grammar::Stack;
using enum TokenKind;

constexpr std::string_view list_is_made = "a list is made with `[for item in list { … }]`";
constexpr std::string_view value_is_chosen = "a value is chosen with `if … then … else …`";

Advice hint(std::string_view text) {
  return {std::string(text)};
}

Advice advice_on_word(const Place& place) {
  const std::string_view text = place.text();
  const TokenKind kind = place.token().kind;
  const bool choice = kind == If || kind == TokenKind::Match;
  if (choice && place.expects(Stack::Integer))
    return hint("put this in parentheses to use it here");
  const bool behind_item = !place.token().starts_line && place.index > 0 &&
                           ends_value(place.balanced.tokens[place.index - 1].kind);
  if (kind == If && behind_item) return hint(value_is_chosen);
  if (kind == TokenKind::For && behind_item) return hint(list_is_made);
  if (is_keyword(kind))
    return hint(place.expects(Stack::Identifier) ? "this is a keyword; it cannot be a name" : "");
  if (text == "and") return {"did you mean `&&`?", "&&"};
  if (text == "or") return {"did you mean `||`?", "||"};
  if (text == "not" && behind_item) return {"did you mean `!=`?", "!="};
  if (text == "not") return {"did you mean `!`?", "!"};
  if (place.text_before() == "not") return hint("did you mean `!`?");
  if (text == "elif" || text == "elsif") return {"did you mean `else if`?", "else if"};
  if (kind == Version) return hint("outside of `kubernetes` a version is a string in quotes");
  return {};
}

// ---- types ----

/// The name that ends before the place, with its module.
std::string name_before(const Place& place) {
  const bool qualified = place.text_before(2) == ".";
  return qualified ? fmt::format("{}.{}", place.text_before(3), place.text_before())
                   : std::string(place.text_before());
}

Advice advice_on_bounds(const Place& place) {
  const TokenKind kind = place.token().kind;
  if (place.in(Stack::RuleListType) && kind == Comma)
    return hint("the bounds of a list stand behind it: `[T](1..10)`");
  const bool lacks_range = place.in(Stack::RuleTypeArgument) && place.expects(Stack::Range);
  const auto& tokens = place.balanced.tokens;
  const bool has_both = (kind == Comma || is_name(kind)) && tokens[place.index + 1].kind == Integer;
  if (lacks_range && has_both) {
    return {fmt::format("a range is written `{}..{}`", place.text_before(),
                        place.text_of(tokens[place.index + 1]))};
  }
  if (lacks_range) {
    const std::string_view bound = place.text_before();
    return {fmt::format("at most is written `..{}`, at least `{}..`", bound, bound)};
  }
  const bool is_named = kind == Range && place.text_before(2) == ":";
  if (is_named && tokens[place.index + 1].kind == Integer) {
    return {fmt::format("a range has no name: `{}..{}`", place.text_before(),
                        place.text_of(tokens[place.index + 1]))};
  }
  if (place.in(Stack::RuleTypeArguments) && kind == String)
    return hint("an argument is a range, `unique`, or `pattern: …` and `format: …` of a text");
  if (place.in(Stack::RuleTypeArguments))
    return hint("a range is written `1..63`, open on a side without its number");
  return {};
}

/// `Optional(T)` and `Optional[T]`: is the place in or before the brackets?
bool wraps_optional(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const TokenKind kind = place.token().kind;
  const bool opens_here = kind == OpenBracket || kind == Less;
  const std::size_t open = opens_here ? place.index : place.balanced.enclosing[place.index];
  if (open == Balanced::none || open == 0) return false;
  const bool in_type = opens_here || place.within(Stack::RuleTypeArguments);
  const std::string_view name = place.text_of(tokens[open - 1]);
  return in_type && (name == "Optional" || name == "optional" || name == "Maybe");
}

Advice advice_on_type(const Place& place) {
  const TokenKind kind = place.token().kind;
  const auto& tokens = place.balanced.tokens;
  if (place.in(Stack::RuleTypeField) && kind == Comma && place.text_before() == "String")
    return hint("the type of a map is written `{String: T}`");
  if (kind == CloseBracket && place.text_before() == "[" &&
      place.within(Stack::RuleTypeAlternative))
    return hint("the type of a list is written `[T]`");
  if (place.in(Stack::RuleParameter) && place.expects(Stack::Colon))
    return {fmt::format("a parameter declares its type: `{}: String`", place.text_before())};
  const bool behind_name = place.in(Stack::RuleStackBody) && !place.token().starts_line;
  const bool is_bracket = kind == Less || kind == OpenBracket || kind == OpenBrace;
  if (wraps_optional(place)) return hint("what may be absent has a `?` behind its type");
  if (!behind_name || !is_bracket) return advice_on_bounds(place);
  if (kind == OpenBracket && tokens[place.index + 1].kind == CloseBracket)
    return {fmt::format("the type of a list is written `[{}]`", name_before(place))};
  const TokenKind first = tokens[place.index + 1].kind;
  if (first == Integer || first == Range)
    return {fmt::format("the bounds of a type stand in parentheses: `{}(…)`", name_before(place))};
  if (kind == OpenBrace) return {};
  return hint("the type of a list is written `[T]`, that of a map `{String: T}`");
}

// ---- values ----

/// The text from the place up to where a word ends.
std::string_view word_at(const Place& place) {
  const std::string_view rest = place.file.text().substr(place.token().begin);
  return rest.substr(0, rest.find_first_of(" \t\r\n,;{}[]()"));
}

/// A value as other languages write it.
Advice advice_on_foreign_value(const Place& place) {
  const TokenKind kind = place.token().kind;
  const auto& tokens = place.balanced.tokens;
  const bool value_starts = place.expects(Stack::Identifier) && place.expects(Stack::OpenBracket);
  if (kind == Slash && (value_starts || place.in(Stack::RuleTypeArgument)))
    return {fmt::format("a text stands in double quotes: `\"{}\"`", word_at(place))};
  const bool before_name = place.index + 1 < tokens.size() && is_name(tokens[place.index + 1].kind);
  if (kind == Dot && before_name && !ends_value(tokens[place.index - 1].kind))
    return {fmt::format("a value is written by its name alone: `{}`", word_at(place).substr(1))};
  const bool is_mark = kind == Star || kind == At || kind == Percent;
  if (is_mark && value_starts && before_name)
    return {fmt::format("a value is written by its name alone: `{}`",
                        place.text_of(tokens[place.index + 1]))};
  if (kind == Less && value_starts && word_at(place).starts_with("<<"))
    return hint("a text of several lines stands between `\"\"\"`");
  const bool made_by_function = kind == Arrow && place.within(Stack::RuleArguments);
  if (made_by_function) return hint(list_is_made);
  if (kind == Arrow && (place.in(Stack::RuleStackBody) || place.in(Stack::RuleModuleFile)))
    return hint("a function is written `let name(parameter: Type) = value`");
  return {};
}

/// `${{ name }}` in a text, where the inner braces are read as a record.
Advice advice_on_doubled_braces(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const std::size_t open = place.balanced.enclosing[place.index];
  if (open == Balanced::none || open == 0 || tokens[open].kind != OpenBrace) return {};
  const TokenKind before = tokens[open - 1].kind;
  if (before != StringHead && before != StringMiddle) return {};
  const std::string_view rest = place.file.text().substr(tokens[open + 1].begin);
  return {fmt::format("a value is put into a text by `${{{}}}`",
                      rest.substr(0, rest.find_first_of(" }\r\n\"")))};
}

/// `key.part: value`, `key: function argument`, or `key` alone.
Advice advice_on_entry(const Place& place) {
  if (!place.in(Stack::RuleEntry) || !place.expects(Stack::Colon) || place.index == 0) return {};
  const Token& key = place.balanced.tokens[place.index - 1];
  const bool behind_value =
      place.index > 1 && !key.starts_line && is_name(place.balanced.tokens[place.index - 2].kind);
  const bool is_alone = closes(place.token().kind) || place.token().kind == Comma;
  if (!behind_value && is_alone && is_name(key.kind))
    return {fmt::format("a field has its value behind it: `{}: {}`", place.text_before(),
                        place.text_before())};
  if (!behind_value && place.token().kind != Dot) return {};
  if (behind_value) {
    return {
        fmt::format("what a function takes stands in parentheses: `{}(…)`", place.text_before(2))};
  }
  const std::string_view rest = place.file.text().substr(key.begin);
  return {fmt::format("a key with a dot stands in double quotes: `\"{}\"`",
                      rest.substr(0, rest.find_first_of(": \t\r\n")))};
}

Advice advice_on_condition(const Place& place) {
  if (place.in(Stack::RuleConditional) && place.expects(Stack::Else))
    return hint("`if … then` needs an `else`");
  if (place.in(Stack::RuleConditional) && place.expects(Stack::Then)) return hint(value_is_chosen);
  const bool lacks_block = place.in(Stack::RuleRecord) && !place.is_body() &&
                           place.expects(Stack::OpenBrace) && place.rule.parent != nullptr;
  if (!lacks_block) return {};
  const auto& entry = static_cast<const antlr4::ParserRuleContext&>(*place.rule.parent);
  const std::size_t start = entry.start->getTokenIndex();
  const auto& tokens = place.balanced.tokens;
  const bool behind_value =
      start > 0 && !tokens[start].starts_line && ends_value(tokens[start - 1].kind);
  return hint(behind_value ? "a field under a condition is written `if … { key: value }`" : "");
}

// ---- items ----

Advice advice_on_step(const Place& place) {
  if (!place.in(Stack::RuleStepList)) return {};
  if (place.token().kind == OpenBrace)
    return hint("an add-on waits with `before { … }` or `after { … }`");
  if (place.token().kind == Dot) return hint("a stage takes the name that stands behind `addon`");
  return {};
}

/// One image for several, or the other way around.
Advice advice_on_images(const Place& place) {
  if (place.within(Stack::RuleImage) && place.expects(Stack::OpenBrace) &&
      place.text_before() == "]")
    return hint("a list of images is written `images [ … ]`");
  if (place.in(Stack::RuleStackBody) && place.token().kind == OpenBrace &&
      place.text_before(2) == "images")
    return hint("one image is written `image \"name\" { … }`");
  return {};
}

/// The name of an annotation with something behind it on its line, which in a record type is read
/// as the next field; empty if there is none.
std::string_view annotation_without_parentheses(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const auto is_said = [&](std::size_t index) {
    return index > 1 && tokens[index - 2].kind == At && !tokens[index].starts_line;
  };
  if (is_said(place.index)) return place.text_before();
  const bool is_text =
      place.in(Stack::RuleTypeField) && place.index > 0 && tokens[place.index - 1].kind == String;
  return is_text && is_said(place.index - 1) ? place.text_before(2) : std::string_view{};
}

/// `infrastructure openstack { … }`.
Advice advice_on_named_section(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const TokenKind kind = place.token().kind;
  const bool is_named = place.index > 0 && place.expects(OpenBrace) &&
                        (is_name(kind) || kind == String) && !place.token().starts_line &&
                        tokens[place.index + 1].kind == OpenBrace;
  const TokenKind section = is_named ? tokens[place.index - 1].kind : EndOfFile;
  const bool has_no_name = section == Infrastructure || section == Targets ||
                           section == ControlPlane || section == Stages;
  return has_no_name ? Advice{fmt::format("`{}` has no name", place.text_before())} : Advice{};
}

/// `addons.cilium "1.18.9"`.
bool lacks_parentheses(const Place& place) {
  const TokenKind kind = place.token().kind;
  const bool is_value = kind == String || kind == StringHead;
  const bool is_behind = place.index > 0 && !place.token().starts_line &&
                         is_name(place.balanced.tokens[place.index - 1].kind);
  return is_value && is_behind &&
         (place.in(Stack::RuleStackBody) || place.in(Stack::RuleModuleFile) ||
          (place.within(Stack::RuleAddOn) && place.expects(Stack::OpenBrace)));
}

Advice advice_on_item(const Place& place) {
  if (lacks_parentheses(place))
    return {
        fmt::format("what a function takes stands in parentheses: `{}(…)`", name_before(place))};
  if (Advice advice = advice_on_named_section(place); !advice.hint.empty()) return advice;
  const TokenKind kind = place.token().kind;
  const std::string_view before = place.text_before(2);
  const bool has_blank = kind == Identifier && !place.token().starts_line &&
                         (before == "workers" || before == "addon");
  if (has_blank)
    return {fmt::format("a name has no blanks: `{}-{}`", place.text_before(), place.text())};
  const bool in_let = place.in(Stack::RuleLetDeclaration) && place.expects(Stack::Assign);
  if (in_let && (kind == OpenBracket || is_name(kind)) && before == "let")
    return {fmt::format("a function is written `let {}(parameter: Type) = value`",
                        place.text_before())};
  if (kind == OpenBrace && place.text_before() == "workers")
    return hint("workers have a name: `workers default-worker { … }`");
  if (const std::string_view name = annotation_without_parentheses(place); !name.empty())
    return {fmt::format("what an annotation says stands in parentheses: `@{}(…)`", name)};
  if (!place.in(Stack::RuleKubernetesLine)) return {};
  if (kind == Identifier) return hint("a version is written without `v`");
  if (kind == Assign || kind == Colon || kind == String)
    return hint("a version has neither sign nor quotes: `kubernetes 1.34.7 { … }`");
  return hint("a version names the patch release too");
}

/// `replicas: 3` where only the sections of machines stand.
Advice advice_on_field_of_group(const Place& place) {
  const bool in_section =
      place.is_body() &&
      static_cast<const antlr4::ParserRuleContext&>(*place.rule.parent).getRuleIndex() ==
          Stack::RuleSection;
  if (in_section && place.within(Stack::RuleAddOn) && place.text_before() != "values")
    return hint("values of the chart stand in `values { … }`");
  const auto& tokens = place.balanced.tokens;
  const bool is_machine = in_section && place.within(Stack::RuleGroup);
  if (!is_machine || place.index + 1 >= tokens.size() || tokens[place.index + 1].kind == OpenBrace)
    return {};
  if (place.text_before() == "replicas")
    return hint("each Cluster says itself how many machines it has");
  return hint("here stand sections alone: `machine { … }`, `kubeadm { … }`");
}

/// Nothing but the end of the brackets follows.
bool tokens_end(const Place& place) {
  return place.index + 1 < place.balanced.tokens.size() &&
         closes(place.balanced.tokens[place.index + 1].kind);
}

Advice advice_on_colon(const Place& place) {
  if (place.within(Stack::RuleComprehension) && place.expects(Stack::CloseBrace))
    return hint("a record has its own braces: `[for x in xs { { key: x } }]`");
  const bool in_list = place.in(Stack::RuleListExpression) || place.in(Stack::RuleListBlock) ||
                       place.within(Stack::RuleListItem);
  if (in_list) return hint("a record in a list has its own braces: `{ { key: value } }`");
  if (place.in(Stack::RuleMatchBody)) return hint("a record has its own braces: `{ key: value }`");
  if (place.in(Stack::RuleArguments) && tokens_end(place))
    return {fmt::format("a text stands in double quotes: `\"{}:\"`", place.text_before())};
  if (place.in(Stack::RuleArguments)) return hint("what a function takes has no names");
  const std::string_view rest = place.file.text().substr(place.token().end);
  if (rest.starts_with("//")) return hint("a text stands in double quotes, an address too");
  if (Advice advice = advice_on_field_of_group(place); !advice.hint.empty()) return advice;
  if (place.expects(Stack::OpenBrace)) return {"a section has no colon", ""};
  if (!place.expects(Stack::Assign)) return {};
  constexpr std::string_view declared = "a declared name gets its value with `=`";
  return place.in(Stack::RuleVariableDeclaration) ? hint(declared)
                                                  : Advice{std::string(declared), "="};
}

Advice advice_on_mark(const Place& place) {
  const TokenKind kind = place.token().kind;
  if (kind == Colon) {
    if (Advice advice = advice_on_colon(place); !advice.hint.empty()) return advice;
  }
  if (kind == Assign && place.expects(Stack::Colon)) {
    if (place.in(Stack::RuleVariableDeclaration))
      return hint("a variable declares its type: `variable name: String = …`");
    return {"a value follows its key behind `:`", ":"};
  }
  if (kind == Assign && place.is_body()) return {"a section has no `=`", ""};
  if (kind == OpenBrace && place.expects(Stack::Colon))
    return hint("a record follows its key behind `:`");
  if (kind == Assign && place.expects(Stack::Arrow))
    return {"an arm is written `pattern => value`", "=>"};
  const TokenKind next =
      place.balanced.tokens[std::min(place.index + 1, place.balanced.tokens.size() - 1)].kind;
  if (kind == Question && next == Dot)
    return hint("use it inside `if has … { … }`, or say what else with `??`");
  if (kind == Question && next == Colon) return hint("what else is said with `??`");
  if (kind == In && place.index > 0 && ends_value(place.balanced.tokens[place.index - 1].kind))
    return hint("`contains(list, part)` tests whether a part is in a list");
  if (kind == Question) return hint(value_is_chosen);
  return {};
}

}  // namespace

Advice advice_on(const Place& place) {
  for (const auto attempt : {advice_on_word, advice_on_step, advice_on_images, advice_on_condition,
                             advice_on_doubled_braces, advice_on_entry, advice_on_type,
                             advice_on_item, advice_on_foreign_value, advice_on_mark}) {
    if (Advice advice = attempt(place); !advice.hint.empty()) return advice;
  }
  return {};
}

}  // namespace stackc::parse
