#include "compiler/cel/condition.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "compiler/cel/lexer.h"
#include "compiler/cel/vocabulary.h"

namespace stackc::cel {
namespace {

constexpr std::size_t max_depth = 64;      // of parentheses and the like; cel-go stops at 250
constexpr std::size_t max_size = 100'000;  // as in cel-go

struct Part {
  Gives gives = Gives::Unknown;
  bool is_select = false;  // it ends with a field: `a.b`
  bool is_key = false;     // an object
  bool is_any = false;  // a field of an object itself, which the operator declares as of type Any
};

bool is_one_of(const auto& words, std::string_view word) {
  return !word.empty() && std::ranges::find(words, word) != words.end();
}

/// Reads a condition from left to right. After the first problem it stands at the end, where no
/// rule goes on: of nothing that follows is it certain what was meant.
class Parser {
 public:
  Parser(std::string_view text, const std::vector<std::string_view>& keys)
      : text_(text), tokens_(lex(text)), names_(keys) {}

  std::optional<Problem> condition() {
    const Token first = token();
    const Part whole = expression();
    if (token().kind != TokenKind::End) unexpected("an operator or the end");
    must_be_boolean(whole, first);
    return std::move(problem_);
  }

 private:
  const Token& token() const { return tokens_[at_]; }
  const Token& next() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  bool is(std::string_view symbol) const {
    return token().kind == TokenKind::Symbol && token().text == symbol;
  }
  bool accept(std::string_view symbol) {
    if (!is(symbol)) return false;
    ++at_;
    return true;
  }
  void expect(std::string_view symbol) {
    if (!accept(symbol)) unexpected(fmt::format("`{}`", symbol));
  }

  void stop(Problem::Kind kind, std::size_t begin, std::size_t end, std::string text) {
    if (!problem_) {
      const std::string_view meant = in_cel(text_.substr(begin, end - begin));
      problem_ = Problem{kind, begin, end, std::move(text), meant};
    }
    at_ = tokens_.size() - 1;
  }
  void stop(Problem::Kind kind, const Token& at, std::string text) {
    stop(kind, at.begin, at.begin + at.text.size(), std::move(text));
  }
  void unexpected(std::string_view expected) {
    const std::string found =
        token().kind == TokenKind::End ? "the end" : fmt::format("`{}`", token().text);
    stop(Problem::Kind::Syntax, token(), fmt::format("found {}, expected {}", found, expected));
  }

  std::size_t end_of_last() const {
    return at_ == 0 ? 0 : tokens_[at_ - 1].begin + tokens_[at_ - 1].text.size();
  }
  void must_be_boolean(const Part& part, const Token& first) {
    if (part.gives == Gives::Other)
      stop(Problem::Kind::NotBoolean, first.begin, end_of_last(), "this");
  }

  Part expression() {
    if (++depth_ > max_depth) {
      stop(Problem::Kind::Syntax, token(), fmt::format("nested deeper than {} levels", max_depth));
    }
    const Token first = token();
    Part result = logic("||");
    if (is("?")) {
      must_be_boolean(result, first);
      accept("?");
      result = logic("||");
      expect(":");
      const Part otherwise = expression();
      result = {.gives = result.gives == otherwise.gives ? result.gives : Gives::Unknown};
    }
    --depth_;
    return result;
  }

  Part logic(std::string_view symbol) {
    const bool is_or = symbol == "||";
    const Token first = token();
    Part result = is_or ? logic("&&") : binary(0);
    while (is(symbol)) {
      must_be_boolean(result, first);
      accept(symbol);
      const Token next = token();
      must_be_boolean(is_or ? logic("&&") : binary(0), next);
      result = {.gives = Gives::Boolean};
    }
    return result;
  }

  Part binary(std::size_t level) {
    if (level == operators.size()) return unary();
    Part result = binary(level + 1);
    while (token().kind == TokenKind::Symbol && is_one_of(operators[level], token().text)) {
      ++at_;
      binary(level + 1);
      result = {.gives = level == 0 ? Gives::Boolean : Gives::Other};
    }
    return result;
  }

  Part unary() {
    if (is("!")) {
      while (is("!")) ++at_;
      const Token first = token();
      must_be_boolean(member(), first);
      return {.gives = Gives::Boolean};
    }
    if (is("-") && !is_signed_number()) {
      while (is("-") && !is_signed_number()) ++at_;
      member();
      return {.gives = Gives::Other};
    }
    return member();
  }

  bool is_signed_number() const {
    return is("-") && (next().kind == TokenKind::Int || next().kind == TokenKind::Double);
  }

  Part member() {
    Part result = primary();
    while (true) {
      if (accept(".")) {
        const Token field = token();
        if (field.kind != TokenKind::Name) {
          unexpected("the name of a field");
          return {};
        }
        ++at_;
        if (is("(")) {
          result = call(field, result);
        } else {
          result = {.is_select = true, .is_any = result.is_key};
        }
      } else if (accept("[")) {
        expression();
        expect("]");
        result = {.is_any = result.is_key};
      } else {
        return result;
      }
    }
  }

  Part primary() {
    const Token first = token();
    switch (first.kind) {
      case TokenKind::Int:
      case TokenKind::Uint:
      case TokenKind::Double:
        ++at_;
        number(first, false);
        return {.gives = Gives::Other};
      case TokenKind::String:
      case TokenKind::Bytes:
        ++at_;
        return {.gives = Gives::Other};
      case TokenKind::Name:
        return name();
      case TokenKind::Symbol:
        return symbol();
      case TokenKind::Unknown:
        stop(Problem::Kind::Syntax, first, fmt::format("nothing begins with `{}`", first.text));
        return {};
      case TokenKind::End:
        unexpected("a value");
        return {};
    }
    return {};
  }

  Part symbol() {
    if (accept("true") || accept("false")) return {.gives = Gives::Boolean};
    if (accept("null")) return {.gives = Gives::Other};
    if (accept("(")) {
      const Part result = expression();
      expect(")");
      return result;
    }
    if (accept("[")) {
      list("]", [&] { expression(); });
      return {.gives = Gives::Other};
    }
    if (accept("{")) {
      list("}", [&] {
        expression();
        expect(":");
        expression();
      });
      return {.gives = Gives::Other};
    }
    if (is(".") && next().kind == TokenKind::Name) {
      ++at_;
      return name();
    }
    if (is_signed_number()) {
      const Token literal = next();
      at_ += 2;
      number(literal, true);
      return {.gives = Gives::Other};
    }
    unexpected("a value");
    return {};
  }

  /// Items with commas between them, and perhaps one behind the last, or one alone.
  void list(std::string_view closing, const auto& item) {
    while (!is(closing) && !is(",")) {
      item();
      if (!accept(",")) break;
      if (is(",")) break;
    }
    if (is(",") && tokens_[at_ - 1].text != ",") ++at_;
    expect(closing);
  }

  void number(const Token& literal, bool is_negative) {
    std::string digits(literal.text);
    if (literal.kind == TokenKind::Uint) digits.pop_back();
    const bool is_hex = literal.kind != TokenKind::Double && digits.starts_with("0x");
    if (is_hex) digits.erase(0, 2);
    if (is_negative) digits.insert(0, "-");
    std::errc error{};
    const char* const begin = digits.data();
    const char* const end = begin + digits.size();
    if (literal.kind == TokenKind::Double) {
      double value = 0;
      // A value too small is 0 and no mistake.
      error = std::from_chars(begin, end, value).ec;
      if (digits.find("e-") != std::string::npos || digits.find("E-") != std::string::npos)
        error = {};
    } else if (literal.kind == TokenKind::Uint) {
      std::uint64_t value = 0;
      error = std::from_chars(begin, end, value, is_hex ? 16 : 10).ec;
    } else {
      std::int64_t value = 0;
      error = std::from_chars(begin, end, value, is_hex ? 16 : 10).ec;
    }
    if (error != std::errc())
      stop(Problem::Kind::Syntax, literal, fmt::format("`{}` is too large", literal.text));
  }

  Part name() {
    const Token first = token();
    ++at_;
    if (is_one_of(reserved, first.text)) {
      stop(Problem::Kind::Syntax, first, fmt::format("`{}` is a reserved word", first.text));
      return {};
    }
    if (is("(")) return call(first, std::nullopt);
    const bool is_key = std::ranges::find(names_, first.text) != names_.end();
    if (!is_key && !is_one_of(type_names, first.text))
      stop(Problem::Kind::UnknownName, first, std::string(first.text));
    // A key is a map, and a type is a type.
    const bool is_bound = std::ranges::find(bound_, first.text) != bound_.end();
    return {.gives = is_bound ? Gives::Unknown : Gives::Other, .is_key = is_key && !is_bound};
  }

  /// `of` is what stands before the dot, if there is one.
  Part call(const Token& name, const std::optional<Part>& of) {
    expect("(");
    const auto* macro = std::ranges::find(macros, name.text, &Macro::name);
    if (of && macro != macros.end()) {
      if (of->is_any) {
        stop(Problem::Kind::Syntax, name,
             fmt::format("`{}` does not go through a field of the object itself; `dyn(…)` around "
                         "the field helps",
                         name.text));
      }
      return comprehension(name, *macro);
    }
    std::size_t arguments = 0;
    Part last;
    if (!is(")")) {
      do {
        last = expression();
        ++arguments;
      } while (accept(","));
    }
    expect(")");
    for (const Function& function : functions) {
      if (function.name != name.text || function.is_member != of.has_value()) continue;
      if (arguments < function.least_arguments || arguments > function.most_arguments) break;
      if (name.text == "has" && !last.is_select)
        stop(Problem::Kind::Syntax, name, "`has` asks for a field, as in `has(nodes.status)`");
      return {.gives = function.gives};
    }
    stop(Problem::Kind::UnknownFunction, name, std::string(name.text));
    return {};
  }

  /// Behind `list.all(`: a name that is known in what follows.
  Part comprehension(const Token& name, const Macro& macro) {
    const Token variable = token();
    if (variable.kind != TokenKind::Name || is_one_of(reserved, variable.text)) {
      unexpected(fmt::format("a name for the items, as in `{}(x, …)`", name.text));
      return {};
    }
    ++at_;
    expect(",");
    names_.push_back(variable.text);
    bound_.push_back(variable.text);
    std::size_t arguments = 1;
    do {
      const Token first = token();
      const Part part = expression();
      const bool is_question = macro.name != "map" || (arguments == 1 && is(","));
      if (is_question) must_be_boolean(part, first);
      ++arguments;
    } while (accept(","));
    names_.pop_back();
    bound_.pop_back();
    if (arguments > macro.most_arguments)
      stop(Problem::Kind::UnknownFunction, name, std::string(name.text));
    expect(")");
    return {.gives = macro.gives};
  }

  std::string_view text_;
  std::vector<Token> tokens_;  // the last one is End
  std::vector<std::string_view> names_;
  std::vector<std::string_view> bound_;  // by comprehensions
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::optional<Problem> problem_;
};

}  // namespace

std::optional<Problem> check_condition(std::string_view expression,
                                       const std::vector<std::string_view>& keys) {
  if (expression.size() > max_size) {
    return Problem{Problem::Kind::Syntax, 0, 0, fmt::format("longer than {} bytes", max_size)};
  }
  return Parser(expression, keys).condition();
}

bool is_name(std::string_view key) {
  const std::vector<Token> tokens = lex(key);
  return tokens.size() == 2 && tokens[0].kind == TokenKind::Name && tokens[0].text == key &&
         !is_one_of(reserved, key);
}

std::vector<std::string_view> function_names() {
  std::vector<std::string_view> names;
  for (const Function& function : functions) names.push_back(function.name);
  for (const Macro& macro : macros) names.push_back(macro.name);
  return names;
}

}  // namespace stackc::cel
