#include "compiler/parse/mistake.h"

#include <fmt/core.h>

#include <optional>

#include "compiler/base/text.h"
#include "compiler/diag/catalogue/parse.h"
#include "grammar/Stack.h"

namespace stackc::parse {
namespace {

using diag::Code;
using diag::Prose;
using grammar::Stack;
using source::Span;

/// Everything known about one mistake.
struct Place {
  const source::SourceFile& file;
  const Token& token;
  const antlr4::ParserRuleContext& rule;  // the innermost
  std::string_view before;                // text of the token before
  antlr4::misc::IntervalSet expected;

  bool in(std::size_t index) const { return rule.getRuleIndex() == index; }
  bool expects(std::size_t type) const { return expected.contains(type); }
  std::string_view text() const { return file.text().substr(token.begin, token.end - token.begin); }
  Span span() const { return {file.id(), token.begin, token.end}; }
  /// Is the parser in this rule or one that it is part of?
  bool within(std::size_t index) const {
    for (const antlr4::tree::ParseTree* node = &rule; node != nullptr; node = node->parent) {
      if (static_cast<const antlr4::ParserRuleContext*>(node)->getRuleIndex() == index) return true;
    }
    return false;
  }
};

std::string join_expected(const Place& place, const antlr4::dfa::Vocabulary& names) {
  std::vector<std::string> parts;
  for (const ssize_t type : place.expected.toList()) {
    if (type < 0) {
      parts.emplace_back("the end of the file");
      continue;
    }
    std::string literal = names.getLiteralName(static_cast<std::size_t>(type));
    if (literal.size() > 2) literal = literal.substr(1, literal.size() - 2);
    if (literal.empty()) literal = type == Stack::String ? "a string" : "a number";
    parts.push_back(literal.starts_with("a ") ? literal : "`" + literal + "`");
  }
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == parts.size() ? " or " : ", ") + parts[i];
  }
  return text;
}

/// What a list of items takes, by its rule; empty for other rules.
std::string items_of(std::size_t rule) {
  switch (rule) {  // rules of the grammar, not an enum of ours
    case Stack::RuleModuleFile:
      return "`import`, `type`, `let`, `provider` or `stack`";
    case Stack::RuleStackBody:
      return "an item of a stack or `}`";
    case Stack::RuleGroupBody:
      return "a section or `}`";
    case Stack::RuleStagesBody:
      return "a hook or `}`";
    case Stack::RuleStepList:
      return "the name of an add-on or `]`";
    case Stack::RuleTypeFields:
      return "a field or `}`";
    case Stack::RuleMatchBody:
      return "a pattern or `}`";
    case Stack::RuleRecord:
      return "an entry or `}`";
    case Stack::RuleListExpression:
      return "a value or `]`";
    case Stack::RuleListBlock:
      return "a value or `}`";
    case Stack::RuleArguments:
      return "a value or `)`";
    case Stack::RuleParameters:
      return "a parameter or `)`";
    default:
      return "";
  }
}

std::string expected_phrase(const Place& place, const antlr4::Parser& parser) {
  const bool behind_item = place.in(Stack::RuleModuleFile) && !place.token.starts_line;
  if (behind_item) return "an operator or the next line";
  if (std::string items = items_of(place.rule.getRuleIndex());
      !items.empty() && place.expected.size() != 1)
    return items;
  const bool type_position =
      place.in(Stack::RuleTypeAlternative) && place.expects(Stack::OpenBracket);
  if (type_position) return "a type";
  if (place.in(Stack::RuleMatchArm) && place.expects(Stack::True))
    return "a pattern (a literal or `_`)";
  if (place.in(Stack::RulePattern)) return "a literal";
  if (place.in(Stack::RuleTypeArgument)) return "a range, a name or a value";
  if (place.expects(Stack::Identifier) && place.expects(Stack::OpenBracket)) return "a value";
  if (place.expects(Stack::Version)) return "a version of three numbers such as `1.34.7`";
  if (place.in(Stack::RuleModuleItem)) return "`import`, `type`, `let`, `provider` or `stack`";
  if (place.expects(Stack::Identifier))
    return place.expects(Stack::String) ? "a name or a string" : "a name";
  return join_expected(place, parser.getVocabulary());
}

/// What to write instead.
struct Advice {
  std::string_view hint;                             // empty: there is none
  std::optional<std::string_view> replacement = {};  // of the token that was found
};

Advice advice_on_word(const Place& place) {
  const std::string_view text = place.text();
  const bool choice = place.token.kind == TokenKind::If || place.token.kind == TokenKind::Match;
  if (choice && place.expects(Stack::Integer)) return {"put this in parentheses to use it here"};
  if (is_keyword(place.token.kind))
    return {place.expects(Stack::Identifier) ? "this is a keyword; it cannot be a name" : ""};
  if (text == "and") return {"did you mean `&&`?", "&&"};
  if (text == "or") return {"did you mean `||`?", "||"};
  if (text == "not") return {"did you mean `!`?", "!"};
  if (place.before == "not") return {"did you mean `!`?"};
  if (text == "elif" || text == "elsif") return {"did you mean `else if`?", "else if"};
  if (place.token.kind == TokenKind::Version)
    return {"outside of `kubernetes` a version is a string in quotes"};
  return {};
}

Advice advice_on_mark(const Place& place) {
  using enum TokenKind;
  const TokenKind kind = place.token.kind;
  if (place.within(Stack::RuleComprehension) && kind == Colon && place.expects(Stack::CloseBrace)) {
    return {"a record has its own braces: `[for x in xs { { key: x } }]`"};
  }
  if ((place.in(Stack::RuleListBlock) || place.within(Stack::RuleListItem)) && kind == Colon) {
    return {"a record in a list has its own braces: `{ { key: value } }`"};
  }
  if (kind == Colon && place.expects(Stack::OpenBrace)) return {"a section has no colon", ""};
  if (kind == Assign && place.expects(Stack::Colon) && place.in(Stack::RuleVariableDeclaration)) {
    return {"a variable declares its type: `variable name: String = …`"};
  }
  if (kind == Assign && place.expects(Stack::Colon))
    return {"a value follows its key behind `:`", ":"};
  if (kind == Colon && place.expects(Stack::Assign)) {
    const std::string_view hint = "a declared name gets its value with `=`";
    return place.in(Stack::RuleVariableDeclaration) ? Advice{hint} : Advice{hint, "="};
  }
  if (kind == OpenBrace && place.expects(Stack::Colon))
    return {"a record follows its key behind `:`"};
  if (kind == Assign && place.expects(Stack::Arrow))
    return {"an arm is written `pattern => value`", "=>"};
  if (place.in(Stack::RuleConditional) && place.expects(Stack::Else))
    return {"`if … then` needs an `else`"};
  if (place.in(Stack::RuleConditional) && place.expects(Stack::Then))
    return {"a value is chosen with `if … then … else …`"};
  if (kind == Question) return {"a value is chosen with `if … then … else …`"};
  if (place.in(Stack::RuleKubernetesLine)) {
    return {kind == Identifier ? "a version is written without `v`"
                               : "a version names the patch release too"};
  }
  return {};
}

bool is_reserved_form(const Place& place) {
  const std::string_view text = place.text();
  if (place.token.kind != TokenKind::Identifier) return false;
  if (text == "extends") return place.in(Stack::RuleStackDeclaration);
  if (text == "conforms") return place.in(Stack::RuleStackBody);
  return (text == "test" || text == "rule") && place.in(Stack::RuleModuleFile);
}

/// Signs and words that a value or a type follows.
bool wants_value(const Token& token) {
  return token.kind == TokenKind::Colon || token.kind == TokenKind::Assign ||
         token.kind == TokenKind::From;
}

/// The `:`, `=` or `from` with nothing behind it on its line.
const Token* sign_without_value(const Place& place, const std::vector<Token>& tokens,
                                std::size_t index) {
  const bool nothing_follows = index > 0 && wants_value(tokens[index - 1]) &&
                               place.expects(Stack::OpenBracket) &&
                               (place.token.starts_line || closes(place.token.kind));
  if (nothing_follows) return &tokens[index - 1];
  return name_for_value(tokens, index) ? &tokens[index - 2] : nullptr;
}

void give(const Advice& advice, const Place& place, diag::ReportBuilder& report) {
  report.hint(std::string(advice.hint));
  if (!advice.replacement) return;
  const std::string replacement(*advice.replacement);
  const std::string title = replacement.empty() ? fmt::format("Remove `{}`", place.text())
                                                : fmt::format("Replace with `{}`", replacement);
  Span replaced = place.span();
  // A colon stands right behind its key.
  if (replacement == ":") {
    const char* const end_of_key = place.before.data() + place.before.size();
    replaced.begin = static_cast<std::uint32_t>(end_of_key - place.file.text().data());
  }
  report.fix({title, {{replaced, replacement}}});
}

}  // namespace

std::string describe_found(const source::SourceFile& file, const Token& token) {
  constexpr std::size_t longest = 40;
  switch (token.kind) {  // few of many: the others are named by their text
    case TokenKind::EndOfFile:
      return "the end of the file";
    case TokenKind::String:
      return "a string";
    case TokenKind::StringHead:
      return "a string with interpolation";
    case TokenKind::StringMiddle:
    case TokenKind::StringTail:
      return "the end of the interpolation";
    case TokenKind::TextBlock:
      return "a text block";
    default:
      break;
  }
  const std::string_view text = file.text().substr(token.begin, token.end - token.begin);
  return text.size() > longest ? "`" + std::string(text.substr(0, longest)) + "…`"
                               : "`" + std::string(text) + "`";
}

bool name_for_value(const std::vector<Token>& tokens, std::size_t index) {
  return index > 1 && wants_value(tokens[index - 2]) && is_name(tokens[index - 1].kind) &&
         tokens[index - 1].starts_line && !tokens[index].starts_line;
}

void report_mistake(const source::SourceFile& file, const Balanced& balanced, std::size_t index,
                    antlr4::Parser& parser, Reports& reports) {
  const Token& before = balanced.tokens[index > 0 ? index - 1 : 0];
  const Place place{file, balanced.tokens[index], *parser.getContext(),
                    file.text().substr(before.begin, before.end - before.begin),
                    parser.getExpectedTokens()};
  if (is_reserved_form(place)) {
    reports.report(place.span(), diag::ReservedForm, Code{std::string(place.text())});
    return;
  }
  if (const Token* sign = sign_without_value(place, balanced.tokens, index)) {
    const std::string text(file.text().substr(sign->begin, sign->end - sign->begin));
    reports.report({file.id(), sign->begin, sign->end}, diag::MissingValue, Code{text});
    return;
  }
  auto report =
      reports.report(place.span(), diag::Unexpected, Prose{describe_found(file, place.token)},
                     Prose{expected_phrase(place, parser)});
  const Advice advice = advice_on_word(place);
  give(advice.hint.empty() ? advice_on_mark(place) : advice, place, report);
}

}  // namespace stackc::parse
