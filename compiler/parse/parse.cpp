#include "compiler/parse/parse.h"

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diag/catalogue/parse.h"
#include "compiler/parse/lexer.h"
#include "compiler/parse/recovery.h"
#include "compiler/parse/repair.h"
#include "compiler/parse/template_habits.h"
#include "compiler/parse/tree.h"
#include "compiler/parse/wrong_brackets.h"
#include "compiler/parse/yaml_habits.h"

namespace stackc::parse {
namespace {

using grammar::Stack;

// The order of TokenKind is that of grammar/StackTokens.tokens.
static_assert(static_cast<std::size_t>(TokenKind::Identifier) == Stack::Identifier);
static_assert(static_cast<std::size_t>(TokenKind::After) == Stack::After);
static_assert(static_cast<std::size_t>(TokenKind::If) == Stack::If);
static_assert(static_cast<std::size_t>(TokenKind::Let) == Stack::Let);
static_assert(static_cast<std::size_t>(TokenKind::Integer) == Stack::Integer);
static_assert(static_cast<std::size_t>(TokenKind::StringTail) == Stack::StringTail);
static_assert(static_cast<std::size_t>(TokenKind::OpenBrace) == Stack::OpenBrace);
static_assert(static_cast<std::size_t>(TokenKind::Range) == Stack::Range);
static_assert(static_cast<std::size_t>(TokenKind::Minus) == Stack::Minus);
static_assert(static_cast<std::size_t>(TokenKind::Coalesce) == Stack::Coalesce);
static_assert(static_cast<std::size_t>(TokenKind::Bad) == Stack::Bad);

constexpr std::size_t largest_file = std::size_t{4} << 20;

/// Our tokens as ANTLR wants them, without text and place: the tree finds ours by index. ANTLR's
/// own stream would copy each and look it up through several casts.
class TokenFeed : public antlr4::TokenStream {
 public:
  explicit TokenFeed(const std::vector<Token>& tokens) {
    marks_.reserve(tokens.size());
    for (const Token& token : tokens) {
      const bool last = token.kind == TokenKind::EndOfFile;
      marks_.emplace_back(last ? antlr4::Token::EOF : static_cast<std::size_t>(token.kind));
      marks_.back().setTokenIndex(marks_.size() - 1);
    }
  }

  antlr4::Token* LT(ssize_t k) override {
    // Behind the current token for negative k; the rules of the grammar look no further back than
    // one.
    const std::size_t wanted =
        k > 0 ? index_ + static_cast<std::size_t>(k) - 1 : index_ - (index_ > 0 ? 1 : 0);
    return &marks_[std::min(wanted, marks_.size() - 1)];
  }
  std::size_t LA(ssize_t k) override { return LT(k)->getType(); }
  void consume() override { index_ = std::min(index_ + 1, marks_.size() - 1); }
  antlr4::Token* get(std::size_t index) const override { return &marks_.at(index); }
  std::size_t index() override { return index_; }
  void seek(std::size_t index) override { index_ = index; }
  std::size_t size() override { return marks_.size(); }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  std::string getSourceName() const override { return {}; }
  std::string getText(const antlr4::misc::Interval&) override { return {}; }
  std::string getText() override { return {}; }
  std::string getText(antlr4::RuleContext*) override { return {}; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }

 private:
  mutable std::vector<antlr4::CommonToken> marks_;  // ANTLR asks for them as not const
  std::size_t index_ = 0;
};

/// Says what makes a file unreadable as a whole.
bool refuse(const source::SourceFile& file, Reports& reports) {
  const std::string_view text = file.text();
  const auto count = [](std::size_t number) {
    return diag::Count{static_cast<std::int64_t>(number)};
  };
  if (text.size() > largest_file) {
    reports.report({file.id(), 0, 0}, diag::FileTooLarge, count(text.size()), count(largest_file));
    return true;
  }
  if (const std::size_t bad = find_invalid_utf8(text); bad != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(bad);
    reports.report({file.id(), at, at + 1}, diag::InvalidUtf8, count(bad + 1));
    return true;
  }
  return false;
}

void report_surplus(const source::SourceFile& file, const Balanced& balanced, Reports& reports) {
  for (const source::Span extra : balanced.surplus) {
    reports.report(
        extra, diag::ExtraBrace,
        diag::Code{std::string(file.text().substr(extra.begin, extra.end - extra.begin))});
  }
}

/// Reads the tokens; where a small change of them makes sense of a mistake, reports it and starts
/// again with the change.
syntax::Module read(const source::SourceFile& file, Balanced& balanced,
                    const std::vector<CommentPlace>& comments, Reports& reports, diag::Sink& sink) {
  constexpr int most_repairs = 20;
  constexpr std::size_t most_repaired_tokens = 50'000;
  for (int repairs = 0;; ++repairs) {
    const bool may_repair =
        repairs < most_repairs && balanced.tokens.size() <= most_repaired_tokens;
    TokenFeed feed(balanced.tokens);
    Stack parser(&feed);
    parser.setBuildParseTree(false);  // the labels of the grammar are all we need
    parser.removeErrorListeners();
    diag::Sink found;
    Reports found_reports(found, reports);
    parser.setErrorHandler(
        std::make_shared<Recovery>(file, balanced, reports, found_reports, may_repair));
    try {
      const Stack::ModuleFileContext* rule = parser.moduleFile();
      sink.add_all(found);
      Reports more(sink, found_reports);
      // Where something else is wrong, a bracket too many may be a part of it.
      if (found_reports.count() == 0) report_surplus(file, balanced, more);
      return TreeBuilder(file, balanced, comments, more).module(*rule);
    } catch (const Repair& repair) {
      apply(repair, balanced);
    }
  }
}

syntax::Module empty(const source::SourceFile& file) {
  return {.file = file.id(), .imports = {}, .declarations = {}, .trailing_comments = {}};
}

}  // namespace

syntax::Module parse(const source::SourceFile& file, diag::Sink& sink) {
  Reports reports(sink, file);
  if (refuse(file, reports)) return empty(file);
  Tokens lexed = lex(file, reports);
  if (lexed.tokens.size() > most_tokens || too_deep(file, lexed.tokens, reports)) {
    return empty(file);
  }
  replace_templates(file, lexed.tokens, reports);
  replace_yaml(file, lexed.tokens, reports);
  Balanced balanced = balance(file, std::move(lexed.tokens), reports);
  const auto count_errors = [&](Balanced tokens) {
    diag::Sink found;
    Reports found_reports(found, file);
    read(file, tokens, lexed.comments, found_reports, found);
    return static_cast<int>(found.sorted().size());
  };
  settle_wrong_brackets(file, balanced, count_errors, reports);
  return read(file, balanced, lexed.comments, reports, sink);
}

}  // namespace stackc::parse
