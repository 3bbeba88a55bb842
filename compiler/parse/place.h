#pragma once

#include <string_view>

#include "compiler/parse/brackets.h"
#include "grammar/Stack.h"

namespace stackc::parse {

/// Everything known about one mistake.
struct Place {
  const source::SourceFile& file;
  const Balanced& balanced;
  std::size_t index;                      // of the token that does not fit
  const antlr4::ParserRuleContext& rule;  // the innermost
  antlr4::misc::IntervalSet expected;

  const Token& token() const { return balanced.tokens[index]; }
  bool in(std::size_t rule_index) const { return rule.getRuleIndex() == rule_index; }
  bool expects(std::size_t type) const { return expected.contains(type); }
  bool expects(TokenKind kind) const { return expects(static_cast<std::size_t>(kind)); }
  /// Is it where the record of a section, a field or a declaration should begin, and not the block
  /// of a condition?
  bool is_body() const {
    if (!in(grammar::Stack::RuleRecord) || rule.parent == nullptr) return false;
    const auto& parent = static_cast<const antlr4::ParserRuleContext&>(*rule.parent);
    return parent.getRuleIndex() != grammar::Stack::RuleConditionalEntry;
  }
  std::string_view text() const { return text_of(token()); }
  std::string_view text_of(const Token& token) const {
    return file.text().substr(token.begin, token.end - token.begin);
  }
  /// Text of the token that stands so many before; empty if there is none.
  std::string_view text_before(std::size_t distance = 1) const {
    return distance > index ? std::string_view{} : text_of(balanced.tokens[index - distance]);
  }
  source::Span span() const { return span_of(token()); }
  source::Span span_of(const Token& token) const { return {file.id(), token.begin, token.end}; }
  /// Is the parser in this rule or one that it is part of?
  bool within(std::size_t rule_index) const {
    for (const antlr4::tree::ParseTree* node = &rule; node != nullptr; node = node->parent) {
      if (static_cast<const antlr4::ParserRuleContext*>(node)->getRuleIndex() == rule_index)
        return true;
    }
    return false;
  }
};

}  // namespace stackc::parse
