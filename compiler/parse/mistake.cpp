#include "compiler/parse/mistake.h"

#include <fmt/core.h>

#include "compiler/diag/catalogue/parse.h"
#include "compiler/parse/advice.h"

namespace stackc::parse {
namespace {

using diag::Code;
using diag::Prose;
using grammar::Stack;
using source::Span;

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
  const bool behind_item = place.in(Stack::RuleModuleFile) && !place.token().starts_line;
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

void give(const Advice& advice, const Place& place, const Token& wrong,
          diag::ReportBuilder& report) {
  report.hint(advice.hint);
  if (!advice.replacement) return;
  const std::string replacement(*advice.replacement);
  const std::string title = replacement.empty() ? fmt::format("Remove `{}`", place.text_of(wrong))
                                                : fmt::format("Replace with `{}`", replacement);
  Span replaced = place.span_of(wrong);
  // A colon stands right behind its key.
  if (replacement == ":" && &wrong == &place.token() && place.index > 0)
    replaced.begin = place.balanced.tokens[place.index - 1].end;
  report.fix({title, {{replaced, replacement}}});
}

/// Signs and words that a value or a type follows.
bool wants_value(const Token& token) {
  using enum TokenKind;
  const bool is_operator = token.kind >= Minus && token.kind <= Coalesce;
  return token.kind == Colon || token.kind == Assign || token.kind == Dot || token.kind == From ||
         token.kind == Arrow || token.kind == Then || token.kind == Else || token.kind == In ||
         token.kind == Has || token.kind == Not || is_operator;
}

/// What should have been the end of a condition was read as the block behind it, or the block of
/// the next line as the value that is missing.
const Token* condition_without_end(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  if (place.in(Stack::RuleConditional) && place.expects(Stack::Then)) {
    const std::size_t start = place.rule.start->getTokenIndex();
    // What a declaration is given can stand on the next line; `if` starts no declaration.
    const bool is_next_entry = start > 0 && tokens[start].starts_line &&
                               wants_value(tokens[start - 1]) &&
                               tokens[start - 1].kind != TokenKind::Assign;
    return is_next_entry ? &tokens[start - 1] : nullptr;
  }
  const bool lacks_block = place.expects(Stack::OpenBrace) && !place.expects(Stack::Integer);
  if (!lacks_block || place.index == 0) return nullptr;
  const std::size_t open = place.balanced.partner[place.index - 1];
  const bool is_block = tokens[place.index - 1].kind == TokenKind::CloseBrace && open > 0;
  if (!is_block) return nullptr;
  const Token& before = tokens[open - 1];
  return before.kind == TokenKind::If || wants_value(before) ? &before : nullptr;
}

/// The sign or word with nothing behind it on its line.
const Token* sign_without_value(const Place& place) {
  const auto& tokens = place.balanced.tokens;
  const bool nothing_follows = place.index > 0 && wants_value(tokens[place.index - 1]) &&
                               place.expects(Stack::OpenBracket) &&
                               (place.token().starts_line || closes(place.token().kind));
  if (nothing_follows) return &tokens[place.index - 1];
  if (const Token* sign = condition_without_end(place)) return sign;
  return name_for_value(tokens, place.index) ? &tokens[place.index - 2] : nullptr;
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

bool is_reserved_form(const Place& place) {
  const std::string_view text = place.text();
  if (place.token().kind != TokenKind::Identifier) return false;
  if (text == "extends") return place.in(Stack::RuleStackDeclaration);
  if (text == "conforms") return place.in(Stack::RuleStackBody);
  return (text == "test" || text == "rule") && place.in(Stack::RuleModuleFile);
}

bool name_for_value(const std::vector<Token>& tokens, std::size_t index) {
  if (index < 2) return false;
  const bool is_pattern =
      tokens[index].kind == TokenKind::Arrow && tokens[index - 1].kind == TokenKind::String;
  return wants_value(tokens[index - 2]) && (is_name(tokens[index - 1].kind) || is_pattern) &&
         tokens[index - 1].starts_line && !tokens[index].starts_line;
}

/// Where a mistake is told, and what is said to be there. What lacks its end is told where it
/// stops, not where the next line begins.
struct Told {
  Span span;
  std::string found;
};

Told told_at(const Place& place, const Token& wrong) {
  const bool is_found = &wrong == &place.token();
  const bool between_items = !items_of(place.rule.getRuleIndex()).empty() &&
                             place.rule.start->getTokenIndex() < place.index;
  if (!is_found || place.index == 0 || !wrong.starts_line || between_items ||
      place.in(Stack::RuleModuleFile) || place.in(Stack::RuleModuleItem) ||
      place.in(Stack::RuleStackItem))
    return {place.span_of(wrong), describe_found(place.file, wrong)};
  return {place.span_of(place.balanced.tokens[place.index - 1]), "the end of the line"};
}

bool lacks_value(const Place& place) {
  return sign_without_value(place) != nullptr;
}

void report_mistake(const Place& place, const antlr4::Parser& parser, Reports& reports) {
  if (is_reserved_form(place)) {
    reports.report(place.span(), diag::ReservedForm, Code{std::string(place.text())});
    return;
  }
  if (const Token* sign = sign_without_value(place)) {
    reports.report(place.span_of(*sign), diag::MissingValue,
                   Code{std::string(place.text_of(*sign))});
    return;
  }
  const Told told = told_at(place, place.token());
  auto report = reports.report(told.span, diag::Unexpected, Prose{told.found},
                               Prose{expected_phrase(place, parser)});
  give(advice_on(place), place, place.token(), report);
}

void report_repaired(const Place& place, const antlr4::Parser& parser, const Repair& repair,
                     Reports& reports) {
  const Token& wrong = place.balanced.tokens[repair.place];
  if (repair.ends_early) {
    reports
        .report(place.span_of(wrong), diag::Unexpected, Prose{"the end of the line"},
                Prose{"`" + repair.replacement + "`"})
        .fix({fmt::format("Insert `{}`", repair.replacement),
              {{{place.file.id(), wrong.end, wrong.end}, " " + repair.replacement}}});
    return;
  }
  const std::string expected =
      repair.place == place.index ? expected_phrase(place, parser) : "`" + repair.replacement + "`";
  // A word that stands for another is wrong where it stands, also at the start of a line.
  const bool is_word = !repair.hint.empty() && is_name(wrong.kind);
  const Told told = is_word ? Told{place.span_of(wrong), describe_found(place.file, wrong)}
                            : told_at(place, wrong);
  auto report = reports.report(told.span, diag::Unexpected, Prose{told.found}, Prose{expected});
  const bool is_found = repair.place == place.index;
  Advice advice = is_found ? advice_on(place) : Advice{};
  if (!repair.hint.empty()) advice.hint = repair.hint;
  if (!repair.replacement.empty()) advice.replacement = repair.replacement;
  give(advice, place, wrong, report);
}

}  // namespace stackc::parse
