#pragma once

#include <exception>

#include "compiler/parse/brackets.h"
#include "grammar/antlr.h"

namespace stackc::parse {

/// Reports what the generated parser stumbles over, and resumes at the next item of the innermost
/// list of items: one mistake, one report. Relies on balanced brackets.
class Recovery : public antlr4::ANTLRErrorStrategy {
 public:
  /// With `may_repair`, throws a Repair where there is one, after a report to `told`; everything
  /// else goes to `reports`.
  Recovery(const source::SourceFile& file, Balanced& balanced, Reports& told, Reports& reports,
           bool may_repair)
      : file_(file), balanced_(balanced), told_(told), reports_(reports), may_repair_(may_repair) {}

  void reset(antlr4::Parser*) override {}
  void reportMatch(antlr4::Parser*) override {}
  bool inErrorRecoveryMode(antlr4::Parser*) override { return unwinding_; }
  /// A token of the wrong kind: never guessed, always thrown.
  antlr4::Token* recoverInline(antlr4::Parser* parser) override;
  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override;
  /// In a rule for an item: skips to where the next one starts. In others: lets the exception pass
  /// on.
  void recover(antlr4::Parser* parser, std::exception_ptr error) override;
  /// Called before each item of a list: skips what starts none.
  void sync(antlr4::Parser* parser) override;

 private:
  void report(antlr4::Parser* parser);
  bool is_consequence(std::size_t index) const;
  bool fits(const antlr4::ParserRuleContext& list, std::size_t index) const;
  bool was_misread(const antlr4::ParserRuleContext& list, std::size_t index) const;
  bool stands_below(std::size_t list, std::size_t item, std::size_t index) const;
  bool follows_surplus(std::size_t index) const;
  bool surely_starts_item(std::size_t list, std::size_t index) const;
  void skip_to_next(antlr4::Parser* parser, const antlr4::ParserRuleContext& list,
                    std::size_t from);

  const source::SourceFile& file_;
  Balanced& balanced_;  // names that were misread are marked as broken
  Reports& told_;
  Reports& reports_;
  bool may_repair_;
  bool unwinding_ = false;  // the error was reported, the rule that can resume is not reached yet
  std::size_t last_misread_ = 0;
};

}  // namespace stackc::parse
