#include "compiler/parse/recovery.h"

#include <algorithm>

#include "compiler/parse/mistake.h"
#include "compiler/parse/repair.h"
#include "grammar/Stack.h"

namespace stackc::parse {
namespace {

using grammar::Stack;

TokenKind kind_of(const Balanced& balanced, std::size_t index) {
  return index < balanced.tokens.size() ? balanced.tokens[index].kind : TokenKind::EndOfFile;
}

bool starts_value(TokenKind kind) {
  using enum TokenKind;
  return is_name(kind) || kind == True || kind == False || kind == Integer || kind == Decimal ||
         kind == String || kind == TextBlock || kind == StringHead || kind == OpenBrace ||
         kind == OpenBracket || kind == GroupParen || kind == Not || kind == Negate ||
         kind == Has || kind == If || kind == Match;
}

bool starts_module_item(TokenKind kind) {
  using enum TokenKind;
  return kind == Import || kind == Type || kind == Let || kind == Provider || kind == StackWord ||
         kind == At;
}

bool starts_stack_item(TokenKind kind) {
  using enum TokenKind;
  return kind == At || kind == Kubernetes || kind == Variable || kind == Let || kind == Type ||
         kind == Targets || kind == Infrastructure || kind == ControlPlane || kind == Workers ||
         kind == Addon || kind == Stages || kind == Image || kind == Images;
}

bool starts_arm(TokenKind kind) {
  using enum TokenKind;
  return kind == Underscore || kind == String || kind == Integer || kind == Decimal ||
         kind == Negate || kind == True || kind == False;
}

bool is_item_list(std::size_t rule) {
  return rule == Stack::RuleModuleFile || rule == Stack::RuleStackBody ||
         rule == Stack::RuleGroupBody || rule == Stack::RuleStagesBody ||
         rule == Stack::RuleStepList || rule == Stack::RuleTypeFields ||
         rule == Stack::RuleMatchBody || rule == Stack::RuleRecord ||
         rule == Stack::RuleListExpression || rule == Stack::RuleListBlock;
}

bool is_item(std::size_t rule) {
  return rule == Stack::RuleModuleItem || rule == Stack::RuleStackItem ||
         rule == Stack::RuleSection || rule == Stack::RuleStage || rule == Stack::RuleStageStep ||
         rule == Stack::RuleTypeField || rule == Stack::RuleMatchArm || rule == Stack::RuleEntry ||
         rule == Stack::RuleListItem;
}

/// Can a token start an item of the list?
bool starts_item(std::size_t list, TokenKind kind) {
  using enum TokenKind;
  if (list == Stack::RuleModuleFile) return starts_module_item(kind);
  if (list == Stack::RuleStackBody) return starts_stack_item(kind);
  if (list == Stack::RuleGroupBody || list == Stack::RuleStagesBody)
    return is_name(kind) || kind == At;
  if (list == Stack::RuleStepList) return is_name(kind);
  if (list == Stack::RuleTypeFields) return is_name(kind) || kind == String || kind == At;
  if (list == Stack::RuleMatchBody) return starts_arm(kind);
  if (list == Stack::RuleRecord) return is_name(kind) || kind == String || kind == If;
  return starts_value(kind) || (list == Stack::RuleListExpression && kind == For);
}

}  // namespace

antlr4::Token* Recovery::recoverInline(antlr4::Parser* parser) {
  throw antlr4::InputMismatchException(parser);
}

void Recovery::reportError(antlr4::Parser* parser, const antlr4::RecognitionException&) {
  if (unwinding_) return;
  unwinding_ = true;
  report(parser);
}

void Recovery::recover(antlr4::Parser* parser, std::exception_ptr error) {
  antlr4::ParserRuleContext& rule = *parser->getContext();
  if (rule.getRuleIndex() == Stack::RuleModuleFile) return;
  if (!is_item(rule.getRuleIndex())) {
    // The exception keeps its caller from labelling it; so that what is known of it is not lost, it
    // becomes a child.
    static_cast<antlr4::ParserRuleContext*>(rule.parent)->addChild(&rule);
    std::rethrow_exception(error);
  }
  unwinding_ = false;
  skip_to_next(parser, static_cast<const antlr4::ParserRuleContext&>(*rule.parent),
               rule.start->getTokenIndex());
}

void Recovery::sync(antlr4::Parser* parser) {
  const antlr4::ParserRuleContext& rule = *parser->getContext();
  if (!is_item_list(rule.getRuleIndex())) return;
  antlr4::TokenStream& stream = *parser->getTokenStream();
  while (!fits(rule, stream.index())) {
    const std::size_t here = stream.index();
    report(parser);
    if (was_misread(rule, here)) {
      // The name before was taken for a value, but it starts the next item.
      balanced_.tokens[here - 1].broken = true;
      last_misread_ = here - 1;
      stream.seek(here - 1);
      return;
    }
    skip_to_next(parser, rule, here);
    if (kind_of(balanced_, stream.index()) == TokenKind::Comma) stream.seek(stream.index() + 1);
  }
}

/// May the token stand where an item of the list can start or has just ended?
bool Recovery::fits(const antlr4::ParserRuleContext& rule, std::size_t index) const {
  const TokenKind kind = kind_of(balanced_, index);
  // Brackets are balanced, so that a closing one is that of the list.
  if (starts_item(rule.getRuleIndex(), kind) || closes(kind) || kind == TokenKind::EndOfFile)
    return true;
  const bool after_item =
      index > rule.start->getTokenIndex() + 1 && kind_of(balanced_, index - 1) != TokenKind::Comma;
  return kind == TokenKind::Comma && after_item && rule.getRuleIndex() != Stack::RuleModuleFile;
}

/// Is the name before a token the start of an item whose predecessor lacks its value? Each name
/// counts once, so that the parser always gets on.
bool Recovery::was_misread(const antlr4::ParserRuleContext& rule, std::size_t index) const {
  if (index < 2 || index - 1 <= last_misread_) return false;
  return name_for_value(balanced_.tokens, index) &&
         starts_item(rule.getRuleIndex(), balanced_.tokens[index - 1].kind);
}

void Recovery::report(antlr4::Parser* parser) {
  const std::size_t here = parser->getInputStream()->index();
  if (is_consequence(here) || reports_.exhausted()) return;
  Stack::build_tables();
  const Place place{file_, balanced_, here, *parser->getContext(), parser->getExpectedTokens()};
  if (!lacks_value(place) && !is_reserved_form(place)) {
    if (auto repair = may_repair_ ? find_repair(place) : std::nullopt) {
      report_repaired(place, *parser, *repair, told_);
      throw *std::move(repair);
    }
  }
  balanced_.tokens[here].reported = true;
  report_mistake(place, *parser, reports_);
}

/// Is what stands here told already?
bool Recovery::is_consequence(std::size_t index) const {
  const Token& token = balanced_.tokens[index];
  const bool before_broken =  // `values:` before lines as YAML has them
      token.kind == TokenKind::Colon && balanced_.tokens[index + 1].broken;
  return token.kind == TokenKind::Bad || token.broken || before_broken || follows_surplus(index) ||
         balanced_.in_repaired(index);
}

/// Was a closing bracket dropped directly before? It is reported, and what is missing there is part
/// of that mistake.
bool Recovery::follows_surplus(std::size_t index) const {
  const std::uint32_t begin = index > 0 ? balanced_.tokens[index - 1].end : 0;
  const std::uint32_t end = balanced_.tokens[index].begin;
  return std::ranges::any_of(balanced_.surplus, [&](const source::Span& span) {
    return begin <= span.begin && span.end <= end;
  });
}

/// After a mistake a line counts as the start of an item only if its second token says so too. The
/// forms reserved for later count as well: each is a mistake of its own.
bool Recovery::surely_starts_item(std::size_t list, std::size_t index) const {
  using enum TokenKind;
  const Token& token = balanced_.tokens[index];
  const TokenKind next = kind_of(balanced_, index + 1);
  if (!token.starts_line) return false;
  if (list == Stack::RuleModuleFile || list == Stack::RuleStackBody) {
    const std::string_view text = file_.text().substr(token.begin, token.end - token.begin);
    const bool reserved =
        list == Stack::RuleModuleFile ? text == "test" || text == "rule" : text == "conforms";
    return (reserved || starts_item(list, token.kind)) && next != Colon && next != Dot;
  }
  if (!starts_item(list, token.kind)) return false;
  if (list == Stack::RuleGroupBody) return token.kind == At || next == OpenBrace;
  if (list == Stack::RuleStagesBody || list == Stack::RuleTypeFields)
    return token.kind == At || next == Colon;
  if (list == Stack::RuleRecord) return token.kind == If || next == Colon;
  return list == Stack::RuleMatchBody;
}

/// Does a line start exactly below the one that starts with the mistaken item? Then it is the next
/// item, right or wrong. Fields where sections should stand are one mistake.
bool Recovery::stands_below(std::size_t list, std::size_t item, std::size_t index) const {
  const auto is_field = [&](std::size_t at) {
    return kind_of(balanced_, at + 1) == TokenKind::Colon;
  };
  if (list == Stack::RuleGroupBody && is_field(item) && is_field(index)) return false;
  const Token& first = balanced_.tokens[item];
  const Token& token = balanced_.tokens[index];
  return first.starts_line && token.starts_line && token.kind != TokenKind::Else &&
         token.indent == first.indent && token.line > first.line;
}

void Recovery::skip_to_next(antlr4::Parser* parser, const antlr4::ParserRuleContext& list,
                            std::size_t from) {
  const std::size_t end = balanced_.tokens.size() - 1;
  const bool in_brackets = list.getRuleIndex() != Stack::RuleModuleFile;
  const std::size_t close =
      in_brackets ? std::min(balanced_.partner[list.start->getTokenIndex()], end) : end;
  const std::size_t here = parser->getInputStream()->index();
  std::size_t next = from;
  while (next < close) {
    const bool separates = in_brackets && kind_of(balanced_, next) == TokenKind::Comma &&
                           !balanced_.tokens[next].broken;
    const bool resumes = separates || surely_starts_item(list.getRuleIndex(), next) ||
                         stands_below(list.getRuleIndex(), from, next);
    if (next >= here && next > from && resumes) break;
    next = opens(kind_of(balanced_, next)) ? balanced_.partner[next] + 1 : next + 1;
  }
  parser->getInputStream()->seek(reports_.exhausted() ? end : std::min(next, close));
}

}  // namespace stackc::parse
