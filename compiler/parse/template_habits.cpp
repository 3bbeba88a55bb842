#include "compiler/parse/template_habits.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>

namespace stackc::parse {
namespace {

using diag::Prose;
using enum TokenKind;

/// `{{ … }}` by its tokens, and the text between the braces without its dashes.
struct Action {
  std::size_t begin, end;
  std::string_view text;

  bool starts_with(std::string_view word) const {
    return text.starts_with(word) && (text.size() == word.size() || text[word.size()] == ' ');
  }
  bool opens_block() const {
    constexpr std::array blocks{"if", "range", "with", "define", "block"};
    return std::ranges::any_of(blocks, [&](const char* word) { return starts_with(word); });
  }
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view dashes_and_space = "- \t";
  const std::size_t begin = text.find_first_not_of(dashes_and_space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(dashes_and_space) + 1 - begin);
}

class TemplateReader {
 public:
  TemplateReader(const source::SourceFile& file, std::vector<Token>& tokens, Reports& reports)
      : file_(file), tokens_(tokens), reports_(reports) {}

  void run() {
    std::size_t first = 0;
    while (first < tokens_.size() && !read_action(first)) ++first;
    if (first == tokens_.size()) return;
    std::vector<Token> kept(tokens_.begin(), tokens_.begin() + static_cast<std::ptrdiff_t>(first));
    for (std::size_t i = first; i < tokens_.size();) {
      const std::optional<Action> action = read_action(i);
      if (!action) {
        kept.push_back(std::move(tokens_[i++]));
        continue;
      }
      report(*action);
      if (i > 0 && stands_for_value(tokens_[i - 1].kind)) {
        Token value = tokens_[i];
        value.kind = String;
        value.broken = true;
        value.end = tokens_[action->end - 1].end;
        kept.push_back(std::move(value));
      }
      i = action->end;
    }
    tokens_ = std::move(kept);
  }

 private:
  bool adjacent(std::size_t first, TokenKind kind) const {
    return first + 1 < tokens_.size() && tokens_[first].kind == kind &&
           tokens_[first + 1].kind == kind && tokens_[first].end == tokens_[first + 1].begin;
  }

  static bool stands_for_value(TokenKind before) {
    return before == Colon || before == Assign || before == Comma || before == OpenBracket ||
           before == CallParen || before == Then || before == Else || before == Arrow;
  }

  /// Two braces that touch also start a record in a comprehension, `[for x in xs {{ key: x }}]`;
  /// but a record holds colons, and an action on a line of its own or for a value seldom does.
  std::optional<Action> read_action(std::size_t index) const {
    const bool can_start =
        adjacent(index, OpenBrace) && index > 0 &&
        (tokens_[index].starts_line || stands_for_value(tokens_[index - 1].kind));
    if (!can_start) return std::nullopt;
    const TokenKind first = tokens_[index + 2].kind;
    const bool is_template = first == Dot || first == Bad || first == Negate || first == Minus;
    std::size_t end = index + 2;
    for (; !adjacent(end, CloseBrace); ++end) {
      const Token& token = tokens_[end];
      const bool is_record = token.kind == Colon && !is_template;
      if (token.kind == EndOfFile || token.line != tokens_[index].line || is_record) return {};
    }
    if (end == index + 2) return std::nullopt;
    const std::uint32_t begin = tokens_[index + 1].end;
    return Action{index, end + 2, trimmed(file_.text().substr(begin, tokens_[end].begin - begin))};
  }

  /// A block of `{{ if … }}` or `{{ range … }}` is one mistake, up to its `{{ end }}`.
  void report(const Action& action) {
    const bool is_new = open_blocks_ == 0;
    if (action.opens_block()) ++open_blocks_;
    if (action.starts_with("end") && open_blocks_ > 0) --open_blocks_;
    if (!is_new) return;
    const source::Span span{file_.id(), tokens_[action.begin].begin, tokens_[action.end - 1].end};
    const std::string found(file_.text().substr(span.begin, span.end - span.begin));
    reports_.report(span, diag::Unexpected, Prose{"`" + found + "`"}, Prose{"a value or an entry"})
        .hint(hint(action, found));
  }

  static std::string hint(const Action& action, const std::string& found) {
    if (action.starts_with("if") || action.starts_with("with"))
      return "a condition is written `if … { key: value }`";
    if (action.starts_with("range")) return "a list is made with `[for item in list { … }]`";
    if (action.opens_block()) return "a part with a name is written `let name = …`";
    if (!action.text.starts_with('.') && !action.text.starts_with('$'))
      return fmt::format("a text stands in double quotes: `\"{}\"`", found);
    std::string_view name = action.text.substr(0, action.text.find(' '));
    constexpr std::array prefixes{".Values.", "$.Values.", "$.", ".", "$"};
    for (const std::string_view prefix : prefixes) {
      if (!name.starts_with(prefix)) continue;
      name.remove_prefix(prefix.size());
      break;
    }
    if (name.empty()) return "a value is written by its name alone";
    std::string ours(name);
    // As the operator's own templates call what is `cluster`, `controlPlane` and `infraCluster`.
    constexpr std::array live_objects{"Cluster.", "ControlPlane.", "InfraCluster."};
    if (std::ranges::any_of(live_objects, [&](const char* root) { return ours.starts_with(root); }))
      ours.front() = static_cast<char>(ours.front() - 'A' + 'a');
    return fmt::format("a value is written by its name alone: `{}`", ours);
  }

  const source::SourceFile& file_;
  std::vector<Token>& tokens_;
  Reports& reports_;
  int open_blocks_ = 0;
};

}  // namespace

void replace_templates(const source::SourceFile& file, std::vector<Token>& tokens,
                       Reports& reports) {
  TemplateReader(file, tokens, reports).run();
}

}  // namespace stackc::parse
