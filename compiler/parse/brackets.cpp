#include "compiler/parse/brackets.h"

#include <algorithm>

#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/parse.h"

namespace stackc::parse {
namespace {

using diag::Code;

/// How many brackets of a file have no partner, by plain matching.
struct Surplus {
  std::size_t open = 0;
  std::size_t closed = 0;
};

Surplus count_surplus(const std::vector<Token>& tokens) {
  Surplus surplus;
  std::vector<TokenKind> awaited;
  for (const Token& token : tokens) {
    if (opens(token.kind)) awaited.push_back(closer_of(token.kind));
    if (!closes(token.kind)) continue;
    const auto partner = std::ranges::find(awaited.rbegin(), awaited.rend(), token.kind);
    if (partner == awaited.rend()) {
      ++surplus.closed;
    } else {
      surplus.open += static_cast<std::size_t>(partner - awaited.rbegin());
      awaited.erase(partner.base() - 1, awaited.end());
    }
  }
  surplus.open += awaited.size();
  return surplus;
}

class Balancer {
 public:
  Balancer(const source::SourceFile& file, std::vector<Token> tokens, Reports& reports)
      : file_(file), in_(std::move(tokens)), reports_(reports), surplus_(count_surplus(in_)) {}

  Balanced run();

 private:
  const Token& top() const { return out_.tokens[open_.back()]; }
  void push(Token token) { out_.tokens.push_back(std::move(token)); }
  void push_partner(Token token);
  bool is_wrong_kind(const Token& closer) const;
  void open(Token token);
  void close(Token token);
  void close_missing(const Token& before);
  bool was_meant_to_end(const Token& next) const;
  bool is_surplus(const Token& closer) const;
  void drop(const Token& token);

  const source::SourceFile& file_;
  std::vector<Token> in_;
  Reports& reports_;
  Surplus surplus_;  // still to be found
  Balanced out_;
  std::vector<std::size_t> open_;  // indexes in out_
};

Balanced Balancer::run() {
  out_.tokens.reserve(in_.size());
  // A text block without end has swallowed the brackets behind it, and was reported.
  const bool swallowed = in_.size() > 1 && in_[in_.size() - 2].kind == TokenKind::TextBlock &&
                         in_[in_.size() - 2].broken && in_[in_.size() - 2].end == in_.back().begin;
  for (Token& token : in_) {
    if (!swallowed) {
      while (was_meant_to_end(token)) close_missing(token);
    }
    if (opens(token.kind)) {
      open(std::move(token));
    } else if (closes(token.kind)) {
      close(std::move(token));
    } else if (token.kind == TokenKind::EndOfFile) {
      while (!open_.empty()) {
        if (swallowed) surplus_.open = 0;
        close_missing(token);
      }
      push(std::move(token));
    } else {
      push(std::move(token));
    }
  }
  out_.link();
  return std::move(out_);
}

void Balancer::open(Token token) {
  open_.push_back(out_.tokens.size());
  push(std::move(token));
}

void Balancer::close(Token token) {
  if (is_wrong_kind(token)) {
    --surplus_.open;
    --surplus_.closed;
    out_.wrong_pairs.push_back({open_.back(), out_.tokens.size()});
    return push_partner(std::move(token));
  }
  if (is_surplus(token)) return drop(token);
  const auto matches = [&](std::size_t index) {
    return closer_of(out_.tokens[index].kind) == token.kind;
  };
  if (std::ranges::none_of(open_, matches)) return drop(token);
  while (closer_of(top().kind) != token.kind) close_missing(token);
  push_partner(std::move(token));
}

void Balancer::push_partner(Token token) {
  push(std::move(token));
  open_.pop_back();
}

/// A bracket that is closed by one of another kind, where the lines say that the two belong
/// together.
bool Balancer::is_wrong_kind(const Token& closer) const {
  if (surplus_.open == 0 || surplus_.closed == 0 || open_.empty()) return false;
  if (closer_of(top().kind) == closer.kind || top().kind == TokenKind::StringHead ||
      closer.kind == TokenKind::StringTail)
    return false;
  return closer.line == top().line || (closer.starts_line && closer.indent == top().indent);
}

/// Only for a file that lacks a closing bracket: a line that is indented no deeper than the line of
/// the open bracket does not belong into it (unless it is its closing one).
bool Balancer::was_meant_to_end(const Token& next) const {
  if (surplus_.open == 0 || open_.empty() || !next.starts_line || next.kind == TokenKind::EndOfFile)
    return false;
  if (next.line == top().line) return false;
  if (closes(next.kind)) return next.indent < top().indent;
  return next.indent <= top().indent;
}

/// Only for a file with a closing bracket too many: one whose line is not indented like that of its
/// partner.
bool Balancer::is_surplus(const Token& closer) const {
  if (surplus_.closed == 0) return false;
  return open_.empty() || (closer.line != top().line && closer.indent != top().indent);
}

void Balancer::close_missing(const Token& before) {
  const Token& opener = top();
  if (surplus_.open > 0) {
    --surplus_.open;
    const std::string_view sign = file_.text().substr(opener.begin, opener.end - opener.begin);
    const Token& last = out_.tokens.back();
    const bool is_paren = closer_of(opener.kind) == TokenKind::CloseParen;
    const bool is_list = closer_of(opener.kind) == TokenKind::CloseBracket;
    const std::string closing(is_paren ? ")" : is_list ? "]" : "}");
    auto report = reports_.report({file_.id(), opener.begin, opener.end}, diag::MissingBrace,
                                  Code{std::string(sign)});
    // Where the two are on one line, the caret shows enough.
    if (last.line != opener.line)
      report.label({file_.id(), last.begin, last.end}, diag::MissingHere, Code{closing});
  }
  const std::uint32_t place = out_.tokens.back().end;
  out_.tokens[open_.back()].repaired = true;
  push_partner({.kind = closer_of(opener.kind),
                .begin = place,
                .end = place,
                .line = before.line,
                .indent = before.indent,
                .text = {}});
}

void Balancer::drop(const Token& token) {
  if (surplus_.closed > 0) --surplus_.closed;
  out_.surplus.push_back({file_.id(), token.begin, token.end});
}

}  // namespace

TokenKind closer_of(TokenKind opener) {
  if (opener == TokenKind::OpenBrace) return TokenKind::CloseBrace;
  if (opener == TokenKind::OpenBracket) return TokenKind::CloseBracket;
  if (opener == TokenKind::StringHead) return TokenKind::StringTail;
  return TokenKind::CloseParen;
}

void Balanced::link() {
  partner.assign(tokens.size(), none);
  enclosing.assign(tokens.size(), none);
  outer.assign(tokens.size(), none);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (opens(tokens[i].kind)) {
      outer[i] = open.empty() ? none : open.back();
      open.push_back(i);
    }
    enclosing[i] = open.empty() ? none : open.back();
    if (!closes(tokens[i].kind) || open.empty()) continue;
    partner[i] = open.back();
    partner[open.back()] = i;
    outer[i] = outer[open.back()];
    open.pop_back();
  }
}

bool Balanced::in_repaired(std::size_t index) const {
  for (std::size_t group = enclosing[index]; group != none; group = outer[group]) {
    if (tokens[group].repaired) return true;
  }
  return false;
}

Balanced balance(const source::SourceFile& file, std::vector<Token> tokens, Reports& reports) {
  return Balancer(file, std::move(tokens), reports).run();
}

bool too_deep(const source::SourceFile& file, const std::vector<Token>& tokens, Reports& reports) {
  // Per open bracket the number of `if` and `match` that nest in one another there; the parser
  // recurses for each.
  std::vector<int> chains{0};
  int depth = 0;
  TokenKind previous = TokenKind::EndOfFile;
  for (const Token& token : tokens) {
    int& chain = chains.back();
    const bool starts_entry = token.kind == TokenKind::If && previous == TokenKind::CloseBrace;
    const bool separates = token.kind == TokenKind::Comma || token.kind == TokenKind::Colon ||
                           token.kind == TokenKind::Assign || token.kind == TokenKind::Arrow;
    if (separates || starts_entry) {
      depth -= chain;
      chain = 0;
    }
    if (token.kind == TokenKind::If || token.kind == TokenKind::Match) {
      ++chain;
      ++depth;
    }
    if (opens(token.kind)) {
      chains.push_back(0);
      ++depth;
    } else if (closes(token.kind) && chains.size() > 1) {
      depth -= chains.back() + 1;
      chains.pop_back();
    }
    if (depth > deepest_nesting) {
      reports.report({file.id(), token.begin, token.end}, diag::NestingTooDeep,
                     diag::Count{deepest_nesting});
      return true;
    }
    previous = token.kind;
  }
  return false;
}

}  // namespace stackc::parse
