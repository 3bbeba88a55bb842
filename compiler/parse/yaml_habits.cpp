#include "compiler/parse/yaml_habits.h"

#include <algorithm>

namespace stackc::parse {
namespace {

using diag::Code;
using diag::Prose;
using enum TokenKind;

class YamlReader {
 public:
  YamlReader(const source::SourceFile& file, std::vector<Token>& tokens, Reports& reports)
      : file_(file), tokens_(tokens), reports_(reports) {}

  void run() {
    std::size_t first = 0;
    while (first < tokens_.size() && !is_list(first) && !is_record(first)) ++first;
    if (first == tokens_.size()) return;
    std::vector<Token> kept(tokens_.begin(), tokens_.begin() + static_cast<std::ptrdiff_t>(first));
    for (std::size_t i = first; i < tokens_.size();) {
      if (is_list(i)) {
        i = replace(i, kept);
      } else if (is_record(i)) {
        reports_.report(span(tokens_[i - 1]), diag::MissingValue, Code{":"})
            .hint("a record stands in braces: `{ key: value }`");
        if (const std::size_t end = end_of_block(i); closes_record(end, i)) {
          kept.push_back(behind(OpenBrace, tokens_[i - 1]));
          kept.push_back(std::move(tokens_[i++]));
        } else {
          i = replace(i, kept, end);
        }
      } else {
        kept.push_back(std::move(tokens_[i++]));
      }
    }
    tokens_ = std::move(kept);
  }

 private:
  source::Span span(const Token& token) const { return {file_.id(), token.begin, token.end}; }
  TokenKind kind(std::size_t index) const {
    return index < tokens_.size() ? tokens_[index].kind : EndOfFile;
  }

  bool is_behind_colon(std::size_t index) const {
    return index > 0 && tokens_[index - 1].kind == Colon;
  }

  /// `- item`, on the line of the key or below it.
  bool is_list(std::size_t index) const {
    if (!is_behind_colon(index)) return false;
    const Token& dash = tokens_[index];
    if ((dash.kind != Negate && dash.kind != Minus) || kind(index + 1) == EndOfFile) return false;
    const Token& item = tokens_[index + 1];
    const bool number = item.kind == Integer || item.kind == Decimal;
    const bool apart = item.begin > dash.end;
    return apart && (dash.starts_line || !number) &&
           (!dash.starts_line || dash.indent >= tokens_[index - 1].indent);
  }

  /// `key:` that is indented deeper than the line with the colon before.
  bool is_record(std::size_t index) const {
    if (!is_behind_colon(index)) return false;
    const Token& key = tokens_[index];
    return key.starts_line && key.indent > tokens_[index - 1].indent &&
           (is_name(key.kind) || key.kind == String) && kind(index + 1) == Colon;
  }

  /// The first token that is not indented as deep as the one at `index`, or the end of the line of
  /// a list that starts behind its key.
  std::size_t end_of_block(std::size_t index) const {
    const Token& first = tokens_[index];
    const bool is_dash = first.kind == Negate || first.kind == Minus;
    std::size_t end = index + 1;
    for (int open = 0; kind(end) != EndOfFile; ++end) {
      const Token& token = tokens_[end];
      if (token.starts_line) {
        const bool next_item = is_dash && first.starts_line && token.indent == first.indent &&
                               (token.kind == Negate || token.kind == Minus);
        const bool deeper = first.starts_line ? token.indent > first.indent ||
                                                    (!is_dash && token.indent == first.indent)
                                              : token.indent > first.indent;
        if (open <= 0 && !next_item && (!deeper || closes(token.kind))) return end;
      }
      open += opens(token.kind) ? 1 : closes(token.kind) ? -1 : 0;
      if (open < 0) return end;
    }
    return end;
  }

  /// Does a brace follow that closes a record of which only the opening brace is missing?
  bool closes_record(std::size_t end, std::size_t first) const {
    return kind(end) == CloseBrace && tokens_[end].starts_line &&
           tokens_[end].indent == tokens_[first - 1].indent &&
           tokens_[end].line > tokens_[first].line;
  }

  std::size_t replace(std::size_t index, std::vector<Token>& kept) {
    reports_.report(span(tokens_[index]), diag::Unexpected, Prose{"`-`"}, Prose{"a value"})
        .hint("a list is written `[a, b]`");
    return replace(index, kept, end_of_block(index));
  }

  std::size_t replace(std::size_t index, std::vector<Token>& kept, std::size_t end) {
    Token value = tokens_[index];
    value.kind = String;
    value.broken = true;
    value.end = tokens_[end - 1].end;
    kept.push_back(std::move(value));
    return end;
  }

  const source::SourceFile& file_;
  std::vector<Token>& tokens_;
  Reports& reports_;
};

std::size_t end_of_line(std::string_view text, std::size_t from) {
  std::size_t end = std::min(text.find('\n', from), text.size());
  if (end > from && text[end - 1] == '\r') --end;
  return end;
}

}  // namespace

std::size_t end_of_yaml_text(std::string_view text, std::size_t begin, std::size_t indent) {
  std::size_t end = end_of_line(text, begin);
  while (end < text.size()) {
    const std::size_t line = text.find('\n', end) + 1;
    if (line == 0) break;
    const std::size_t first = text.find_first_not_of(" \t", line);
    const bool is_blank = first == std::string_view::npos || text[first] == '\n';
    if (!is_blank && first - line <= indent) break;
    end = end_of_line(text, line);
  }
  return end;
}

void replace_yaml(const source::SourceFile& file, std::vector<Token>& tokens, Reports& reports) {
  YamlReader(file, tokens, reports).run();
}

}  // namespace stackc::parse
