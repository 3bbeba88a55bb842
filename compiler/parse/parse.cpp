#include "compiler/parse/parse.h"

#include "compiler/base/text.h"
#include "compiler/parse/lexer.h"
#include "compiler/parse/recovery.h"
#include "compiler/parse/tree.h"

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

constexpr std::size_t largest_file = 4 * 1024 * 1024;

/// Gives our tokens to ANTLR. Theirs carry no text and no place: the tree finds ours by index.
class Feed : public antlr4::TokenSource {
 public:
  explicit Feed(const std::vector<Token>& tokens) : tokens_(tokens) {}

  std::unique_ptr<antlr4::Token> nextToken() override {
    const TokenKind kind = tokens_[next_].kind;
    if (kind != TokenKind::EndOfFile) ++next_;
    return std::make_unique<antlr4::CommonToken>(
        kind == TokenKind::EndOfFile ? antlr4::Token::EOF : static_cast<std::size_t>(kind));
  }
  std::size_t getLine() const override { return 0; }
  std::size_t getCharPositionInLine() override { return 0; }
  antlr4::CharStream* getInputStream() override { return nullptr; }
  std::string getSourceName() override { return {}; }
  antlr4::TokenFactory<antlr4::CommonToken>* getTokenFactory() override {
    return antlr4::CommonTokenFactory::DEFAULT.get();
  }

 private:
  const std::vector<Token>& tokens_;
  std::size_t next_ = 0;
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

syntax::Module empty(const source::SourceFile& file) {
  return {.file = file.id(), .imports = {}, .declarations = {}, .trailing_comments = {}};
}

}  // namespace

syntax::Module parse(const source::SourceFile& file, diag::Sink& sink) {
  Reports reports(sink);
  if (refuse(file, reports)) return empty(file);
  Tokens lexed = lex(file, reports);
  if (lexed.tokens.size() > most_tokens || too_deep(file, lexed.tokens, reports)) {
    return empty(file);
  }
  const Balanced balanced = balance(file, std::move(lexed.tokens), reports);

  Feed feed(balanced.tokens);
  antlr4::CommonTokenStream stream(&feed);
  Stack parser(&stream);
  parser.removeErrorListeners();
  const auto recovery = std::make_shared<Recovery>(file, balanced, reports);
  parser.setErrorHandler(recovery);
  const Stack::ModuleFileContext* rule = parser.moduleFile();
  // A missing opening brace is one mistake, not two.
  for (std::size_t i = recovery->missed_openers(); i < balanced.surplus.size(); ++i) {
    const source::Span extra = balanced.surplus[i];
    reports.report(
        extra, diag::ExtraBrace,
        diag::Code{std::string(file.text().substr(extra.begin, extra.end - extra.begin))});
  }
  return Tree(file, balanced, lexed.notes, reports).module(*rule);
}

}  // namespace stackc::parse
