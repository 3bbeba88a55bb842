#include "compiler/parse/lexer.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "compiler/base/ascii.h"
#include "compiler/diag/catalogue/parse.h"
#include "compiler/parse/foreign_marks.h"
#include "compiler/parse/hidden_character.h"
#include "compiler/parse/literals.h"
#include "compiler/parse/merge_conflict.h"
#include "compiler/parse/words.h"
#include "compiler/parse/yaml_habits.h"

namespace stackc::parse {
namespace {

using diag::Code;
using diag::Prose;
using source::Span;

constexpr bool begins_word(char c) {
  return is_letter(c) || c == '_';
}
constexpr bool is_word(char c) {
  return begins_word(c) || is_digit(c);
}

/// Longer marks before their prefixes. `-`, `(` and the braces of interpolations are decided
/// elsewhere.
constexpr std::pair<std::string_view, TokenKind> marks[] = {
    {"=>", TokenKind::Arrow},       {"==", TokenKind::Equal},        {"!=", TokenKind::NotEqual},
    {"<=", TokenKind::LessEqual},   {">=", TokenKind::GreaterEqual}, {"||", TokenKind::Or},
    {"&&", TokenKind::And},         {"??", TokenKind::Coalesce},     {"..", TokenKind::Range},
    {"{", TokenKind::OpenBrace},    {"}", TokenKind::CloseBrace},    {"[", TokenKind::OpenBracket},
    {"]", TokenKind::CloseBracket}, {")", TokenKind::CloseParen},    {",", TokenKind::Comma},
    {":", TokenKind::Colon},        {"=", TokenKind::Assign},        {".", TokenKind::Dot},
    {"|", TokenKind::Pipe},         {"?", TokenKind::Question},      {"@", TokenKind::At},
    {"!", TokenKind::Not},          {"+", TokenKind::Plus},          {"*", TokenKind::Star},
    {"/", TokenKind::Slash},        {"%", TokenKind::Percent},       {"<", TokenKind::Less},
    {">", TokenKind::Greater},
};

class Lexer {
 public:
  Lexer(const source::SourceFile& file, Reports& reports)
      : file_(file.id()), text_(file.text()), reports_(reports), conflict_(file, reports) {}

  Tokens run();

 private:
  /// A string whose interpolation is being read.
  struct OpenString {
    std::uint32_t begin;
    std::size_t head;          // index of its StringHead
    std::uint32_t braces = 0;  // open in the expression
  };

  char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  std::string_view rest() const { return text_.substr(pos_); }
  Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  TokenKind previous() const {
    return out_.tokens.empty() ? TokenKind::Bad : out_.tokens.back().kind;
  }
  bool starts_line() const { return out_.tokens.empty() || out_.tokens.back().line != line_; }

  void skip_blanks();
  void start_line();
  void pass(std::size_t end);
  void comment();
  void token();
  void word();
  void number();
  void minus();
  void parenthesis();
  void brace_in_interpolation();
  void string_piece(std::uint32_t begin, bool is_first);
  void unterminated(std::uint32_t begin, std::size_t first_token);
  void text_block();
  bool is_yaml_text() const;
  void yaml_text();
  void single_quoted();
  bool foreign();
  void unknown_character();
  Token& add(TokenKind kind, std::size_t begin, std::size_t end, std::string text = {});
  void settle_step_words();
  std::size_t end_of_line(std::size_t from) const;
  std::size_t end_of_unterminated(std::size_t begin) const;

  source::FileId file_;
  std::string_view text_;
  Reports& reports_;
  MergeConflict conflict_;
  Tokens out_;
  std::size_t pos_ = 0;
  std::uint32_t line_ = 0;
  std::uint32_t indent_ = 0;
  int open_brackets_ = 0;
  std::vector<OpenString> open_strings_;
};

Tokens Lexer::run() {
  if (text_.starts_with("\xEF\xBB\xBF")) pos_ = 3;  // a byte order mark
  constexpr std::size_t bytes_of_token = 8;  // fewer than in most sources, with the space around it
  out_.tokens.reserve(std::min(text_.size() / bytes_of_token, most_tokens));
  start_line();
  report_hidden_characters(text_, pos_, file_, reports_);
  while (true) {
    skip_blanks();
    if (pos_ >= text_.size() || reports_.exhausted()) break;
    if (out_.tokens.size() >= most_tokens) {
      reports_.report(span(pos_, pos_), diag::TooManyTokens, diag::Count{most_tokens});
      break;
    }
    token();
  }
  add(TokenKind::EndOfFile, text_.size(), text_.size()).starts_line = true;
  settle_step_words();
  return std::move(out_);
}

void Lexer::start_line() {
  if (const std::size_t resumed = conflict_.skip(pos_); resumed != pos_) pass(resumed);
  std::size_t end = pos_;
  while (at(end) == ' ' || at(end) == '\t') ++end;
  indent_ = static_cast<std::uint32_t>(end - pos_);
}

/// Steps to a later place, maybe on another line.
void Lexer::pass(std::size_t end) {
  line_ += static_cast<std::uint32_t>(std::ranges::count(text_.substr(pos_, end - pos_), '\n'));
  pos_ = end;
}

/// Space, line ends and comments.
void Lexer::skip_blanks() {
  while (pos_ < text_.size()) {
    const char c = text_[pos_];
    if (c == '\n' || rest().starts_with("//")) {
      if (!open_strings_.empty()) {
        unterminated(open_strings_.front().begin, open_strings_.front().head);
      } else if (c == '\n') {
        ++pos_;
        ++line_;
        start_line();
      } else {
        comment();
      }
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++pos_;
    } else {
      return;
    }
  }
  if (!open_strings_.empty()) {
    unterminated(open_strings_.front().begin, open_strings_.front().head);
    skip_blanks();
  }
}

void Lexer::comment() {
  const std::size_t end = end_of_line(pos_);
  const bool is_doc = rest().starts_with("///") && at(pos_ + 3) != '/';
  out_.comments.push_back({span(pos_, end), is_doc, 0});
  pos_ = end;
}

Token& Lexer::add(TokenKind kind, std::size_t begin, std::size_t end, std::string text) {
  const bool first = starts_line();
  open_brackets_ += opens(kind) ? 1 : closes(kind) ? -1 : 0;
  for (auto note = out_.comments.rbegin(); note != out_.comments.rend() && note->next == 0;
       ++note) {
    note->next = static_cast<std::uint32_t>(begin);
  }
  return out_.tokens.emplace_back(Token{.kind = kind,
                                        .starts_line = first,
                                        .begin = static_cast<std::uint32_t>(begin),
                                        .end = static_cast<std::uint32_t>(end),
                                        .line = line_,
                                        .indent = indent_,
                                        .text = std::move(text)});
}

void Lexer::token() {
  const char c = text_[pos_];
  if (begins_word(c)) return word();
  if (is_digit(c)) return number();
  constexpr std::string_view foreign_starts = "/-`$&";
  if (foreign_starts.find(c) != std::string_view::npos && foreign()) return;
  if (c == '"') {
    if (rest().starts_with("\"\"\"")) return text_block();
    const auto begin = static_cast<std::uint32_t>(pos_++);
    return string_piece(begin, true);
  }
  if (c == '-') return minus();
  if (c == '(') return parenthesis();
  if (c == '\'') return single_quoted();
  if (!open_strings_.empty() && (c == '{' || c == '}')) return brace_in_interpolation();
  if ((c == '|' || c == '>') && previous() == TokenKind::Colon && is_yaml_text())
    return yaml_text();
  for (const auto& [mark, kind] : marks) {
    if (c != mark.front() || !rest().starts_with(mark)) continue;
    add(kind, pos_, pos_ + mark.size());
    pos_ += mark.size();
    return;
  }
  unknown_character();
}

void Lexer::word() {
  const std::size_t begin = pos_;
  while (is_word(at(pos_)) || (at(pos_) == '-' && is_word(at(pos_ + 1)))) ++pos_;
  const std::string_view text = text_.substr(begin, pos_ - begin);
  TokenKind kind = kind_of_word(text);
  if (is_keyword(kind)) {
    std::size_t next = pos_;
    while (at(next) == ' ') ++next;
    if (at(next) == ':' || previous() == TokenKind::Dot) kind = TokenKind::Identifier;
  }
  add(kind, begin, pos_);
}

void Lexer::number() {
  const std::size_t begin = pos_;
  const bool is_in_call = previous() == TokenKind::CallParen;  // or in a type
  std::size_t parts = 0;
  const auto digits = [&] {
    while (is_digit(at(pos_)) || (at(pos_) == '_' && is_digit(at(pos_ + 1)))) ++pos_;
    ++parts;
  };
  digits();
  while (at(pos_) == '.' && is_digit(at(pos_ + 1))) {
    ++pos_;
    digits();
  }
  const auto pre_release = [&](char c) { return is_word(c) || c == '-' || c == '.'; };
  if (parts == 3 && at(pos_) == '-' && is_word(at(pos_ + 1))) {
    while (pre_release(at(pos_))) ++pos_;
  }
  const std::size_t end_of_digits = pos_;
  // A date is no subtraction, which has blanks around it.
  while (is_word(at(pos_)) || (at(pos_) == '-' && is_digit(at(pos_ + 1)))) ++pos_;

  std::string text(text_.substr(begin, pos_ - begin));
  const bool leading_zero = parts < 3 && text.size() > 1 && text[0] == '0' && is_digit(text[1]);
  Token& token = add(parts == 1   ? TokenKind::Integer
                     : parts == 2 ? TokenKind::Decimal
                                  : TokenKind::Version,
                     begin, pos_);
  if (pos_ != end_of_digits || parts > 3 || leading_zero) {
    token.broken = true;
    token.kind = TokenKind::String;
    const std::size_t dash = text.find('-');
    const bool is_bounds = is_in_call && dash != text.npos &&
                           text.find_first_not_of("0123456789", dash + 1) == text.npos &&
                           end_of_digits == begin + dash;
    const std::string way_out =
        leading_zero && pos_ == end_of_digits
            ? "it starts with a zero; leave the zero out, or put text in double quotes"
        : is_bounds ? fmt::format("bounds are written `{}..{}`, and a subtraction has blanks",
                                  text.substr(0, dash), text.substr(dash + 1))
                    : "text stands in double quotes";
    auto report =
        reports_.report(span(begin, pos_), diag::MalformedNumber, Code{text}, Prose{way_out});
    if (!is_bounds)
      report.fix({"Put it in double quotes", {{span(begin, pos_), "\"" + text + "\""}}});
    return;
  }
  if (parts < 3) std::erase(text, '_');
  token.text = std::move(text);
}

/// A sign where no value ends before it, or where it starts a line and touches what follows; else a
/// subtraction.
void Lexer::minus() {
  const bool touches = at(pos_ + 1) != ' ' && at(pos_ + 1) != '\n' && at(pos_ + 1) != '\r';
  const bool sign = !ends_value(previous()) || (starts_line() && touches);
  add(sign ? TokenKind::Negate : TokenKind::Minus, pos_, pos_ + 1);
  ++pos_;
}

/// The `(` of a call stands on the line of what is called. Behind the words that take a value, a
/// space makes it a group.
void Lexer::parenthesis() {
  const TokenKind before = previous();
  const bool takes_value =
      before == TokenKind::From || before == TokenKind::Image || before == TokenKind::Images;
  const bool spaced = pos_ > 0 && text_[pos_ - 1] == ' ';
  const bool call = ends_value(before) && !starts_line() && !(takes_value && spaced);
  add(call ? TokenKind::CallParen : TokenKind::GroupParen, pos_, pos_ + 1);
  ++pos_;
}

void Lexer::brace_in_interpolation() {
  OpenString& open = open_strings_.back();
  if (text_[pos_] == '}' && open.braces == 0) {
    const auto begin = static_cast<std::uint32_t>(pos_++);
    const TokenKind before = previous();
    if (before == TokenKind::StringHead || before == TokenKind::StringMiddle) {
      reports_.report(span(begin - 2, pos_), diag::EmptyInterpolation);
      add(TokenKind::String, begin, begin).broken = true;
    }
    return string_piece(begin, false);
  }
  const bool opening = text_[pos_] == '{';
  open.braces += opening ? 1u : ~0u;
  add(opening ? TokenKind::OpenBrace : TokenKind::CloseBrace, pos_, pos_ + 1);
  ++pos_;
}

/// Text up to a closing quote or `${`; `begin` is where its token starts.
void Lexer::string_piece(std::uint32_t begin, bool is_first) {
  const StringPiece piece = read_string_piece(text_, pos_, file_, reports_);
  if (piece.stop == StringPiece::Stop::LineEnd) {
    if (is_first && open_strings_.empty()) return unterminated(begin, out_.tokens.size());
    return unterminated(open_strings_.front().begin, open_strings_.front().head);
  }
  pos_ = piece.end;
  const bool ends = piece.stop == StringPiece::Stop::Quote;
  const TokenKind kind = is_first ? (ends ? TokenKind::String : TokenKind::StringHead)
                                  : (ends ? TokenKind::StringTail : TokenKind::StringMiddle);
  if (is_first && !ends) open_strings_.push_back({begin, out_.tokens.size()});
  if (!is_first && ends) open_strings_.pop_back();
  Token& token = add(kind, begin, pos_, piece.text);
  token.broken = piece.broken;
}

/// Replaces everything since the string began by one broken literal.
void Lexer::unterminated(std::uint32_t begin, std::size_t first_token) {
  out_.tokens.erase(out_.tokens.begin() + static_cast<std::ptrdiff_t>(first_token),
                    out_.tokens.end());
  const bool in_interpolation = !open_strings_.empty();
  open_strings_.clear();
  pos_ = end_of_unterminated(begin);
  reports_.report(span(begin, pos_), diag::UnterminatedString)
      .hint(in_interpolation ? "or `}` is missing behind `${`" : "");
  add(TokenKind::String, begin, pos_).broken = true;
}

/// The quote is missing somewhere on the line. Brackets at the end of the line are taken for code
/// as far as they close what the line opened, and so is one that opens a block; else a missing
/// quote would also be reported as a missing bracket.
std::size_t Lexer::end_of_unterminated(std::size_t begin) const {
  int open = 0;
  for (auto token = out_.tokens.rbegin(); token != out_.tokens.rend() && token->line == line_;
       ++token) {
    open += opens(token->kind) ? 1 : closes(token->kind) ? -1 : 0;
  }
  std::size_t end = end_of_line(begin);
  const auto back_over_space = [&] {
    while (end > begin + 1 &&
           (text_[end - 1] == ' ' || text_[end - 1] == '\t' || text_[end - 1] == '\r'))
      --end;
  };
  back_over_space();
  const auto last = [&] { return end > begin + 1 ? text_[end - 1] : '\0'; };
  if (last() == '{' || last() == '[' || last() == '(') {
    --end;
    back_over_space();
    return end;
  }
  while (last() == ',' || (open > 0 && (last() == '}' || last() == ']' || last() == ')'))) {
    open -= last() == ',' ? 0 : 1;
    --end;
    back_over_space();
  }
  return end;
}

void Lexer::text_block() {
  const TextBlock block = read_text_block(text_, pos_, file_, reports_);
  Token& token = add(TokenKind::TextBlock, pos_, block.end, block.text);
  token.broken = block.broken;
  line_ +=
      static_cast<std::uint32_t>(std::ranges::count(text_.substr(pos_, block.end - pos_), '\n'));
  token.line = line_;  // what follows on the line of the closing quotes is on the line of the block
  pos_ = block.end;
}

/// `|` or `>-` at the end of a line: YAML's text of several lines, which are indented deeper.
bool Lexer::is_yaml_text() const {
  const std::string_view line = text_.substr(pos_, end_of_line(pos_) - pos_);
  return line.find_first_not_of("|>+- ") == std::string_view::npos;
}

void Lexer::yaml_text() {
  const std::size_t begin = pos_;
  reports_
      .report(span(pos_, pos_ + 1), diag::Unexpected,
              Prose{"`" + std::string(1, text_[pos_]) + "`"}, Prose{"a value"})
      .hint("a text of several lines stands between `\"\"\"`");
  const std::size_t end = end_of_yaml_text(text_, pos_, indent_);
  add(TokenKind::String, begin, end).broken = true;
  pass(end);
}

/// What another language writes for a comment, a text or a value.
bool Lexer::foreign() {
  using enum ForeignMark::Meaning;
  const auto mark = foreign_mark(rest(), starts_line(), pos_ > 0 ? text_[pos_ - 1] : '\n');
  if (!mark) return false;
  const std::size_t begin = pos_;
  const std::string shown(rest().substr(0, mark->meaning == Comment ? mark->told : 1));
  const Span told = span(begin, begin + mark->told);
  if (mark->meaning == Comment) {
    reports_.report(told, diag::Unexpected, Prose{"`" + shown + "`"},
                    Prose{"`//` before a comment"});
  } else {
    reports_.report(told, diag::UnexpectedCharacter, Code{shown}).hint(mark->hint);
  }
  pass(begin + mark->length);
  if (mark->meaning == Text) add(TokenKind::String, begin, pos_).broken = true;
  if (mark->meaning == Value && mark->length > 1) add(TokenKind::Bad, begin, pos_);
  return true;
}

void Lexer::single_quoted() {
  const std::size_t line_end = end_of_line(pos_);
  std::size_t close = text_.find('\'', pos_ + 1);
  if (rest().starts_with("'''")) {  // a text block with the wrong quotes
    close = std::min(text_.find("'''", pos_ + 3), text_.find("\"\"\"", pos_ + 3));
    if (close == std::string_view::npos) return unknown_character();
    reports_.report(span(pos_, pos_ + 3), diag::UnexpectedCharacter, Code{"'"})
        .hint("a text block stands between `\"\"\"`");
    add(TokenKind::String, pos_, close + 3).broken = true;
    pass(close + 3);
    return;
  }
  if (close >= line_end) return unknown_character();
  const std::string content(text_.substr(pos_ + 1, close - pos_ - 1));
  auto report = reports_.report(span(pos_, close + 1), diag::UnexpectedCharacter, Code{"'"});
  report.hint("strings stand in double quotes");
  // What is meant is plain, unless it holds what a string in double quotes writes differently.
  const bool is_plain = content.find_first_of("\"\\$") == std::string::npos;
  if (is_plain) {
    report.fix({"Use double quotes", {{span(pos_, close + 1), "\"" + content + "\""}}});
  }
  add(TokenKind::String, pos_, close + 1, content).broken = !is_plain;
  pos_ = close + 1;
}

/// One report and one Bad token for a run of characters that mean nothing.
void Lexer::unknown_character() {
  const std::size_t begin = pos_;
  std::size_t length = 1;
  while ((at(pos_ + length) & 0xC0) == 0x80) ++length;
  const std::string_view character = text_.substr(pos_, length);
  pos_ += length;
  if (!hidden_character(character)) {
    // What looks like a space is told by its number.
    const std::string shown(character == "\u00A0" ? "U+00A0" : character);
    const std::size_t next = text_.find_first_not_of(" \t", pos_);
    const bool goes_on =
        open_brackets_ > 0 && next != text_.npos && text_[next] != '\n' && text_[next] != '\r';
    reports_.report(span(begin, pos_), diag::UnexpectedCharacter, Code{shown})
        .hint(std::string(hint_for(character, goes_on)));
  }
  if (character == ";") {  // between items it stands for a comma, elsewhere for nothing
    if (open_brackets_ > 0) add(TokenKind::Comma, begin, pos_).broken = true;
    return;
  }
  if (character == "#") {
    pos_ = end_of_line(pos_);
    return;
  }
  if (character == "“" || character == "„") {
    constexpr std::string_view closing_quote = "”";
    constexpr std::size_t longest = 4096;  // bytes of such a string; a whole file may be one line
    const std::string_view near = rest().substr(0, longest);
    const std::size_t close = near.substr(0, near.find('\n')).find(closing_quote);
    if (close != std::string_view::npos) pos_ += close + closing_quote.size();
  }
  constexpr std::string_view known_signs = " \t\r\n\"'{}[](),:=.|?@!+-*/%<>&#;";
  const auto known = [&](char c) {
    return is_word(c) || known_signs.find(c) != std::string_view::npos;
  };
  while (pos_ < text_.size() && !known(text_[pos_])) ++pos_;
  add(TokenKind::Bad, begin, pos_);
}

/// `delete`, `before` and `after` mean something only before an add-on's name and before a record.
void Lexer::settle_step_words() {
  for (std::size_t i = 0; i + 1 < out_.tokens.size(); ++i) {
    Token& token = out_.tokens[i];
    const TokenKind next = out_.tokens[i + 1].kind;
    const bool is_step_word = token.kind == TokenKind::Delete || token.kind == TokenKind::Before ||
                              token.kind == TokenKind::After;
    const bool has_meaning =
        token.kind == TokenKind::Delete ? is_name(next) : next == TokenKind::OpenBrace;
    if (is_step_word && !has_meaning) token.kind = TokenKind::Identifier;
  }
}

std::size_t Lexer::end_of_line(std::size_t from) const {
  std::size_t end = std::min(text_.find('\n', from), text_.size());
  if (end > from && text_[end - 1] == '\r') --end;
  return end;
}

}  // namespace

Tokens lex(const source::SourceFile& file, Reports& reports) {
  return Lexer(file, reports).run();
}

}  // namespace stackc::parse
