#include <algorithm>
#include <charconv>

#include "compiler/diag/catalogue/parse.h"
#include "compiler/parse/tree.h"

/// Expressions.
namespace stackc::parse {

using diag::Code;
using syntax::Expr;
using syntax::ExprPtr;

namespace {

ExprPtr make(source::Span span, auto node) {
  return std::make_unique<Expr>(Expr{std::move(node), span});
}

/// Levels of binary operators, from loose to tight.
constexpr int comparison_level = 2;
constexpr int tightest_level = 5;

struct Operator {
  TokenKind kind;
  syntax::Binary::Op op;
  int level;
};

constexpr Operator operators[] = {
    {TokenKind::Or, syntax::Binary::Op::Or, 0},
    {TokenKind::And, syntax::Binary::Op::And, 1},
    {TokenKind::Equal, syntax::Binary::Op::Eq, comparison_level},
    {TokenKind::NotEqual, syntax::Binary::Op::Ne, comparison_level},
    {TokenKind::Less, syntax::Binary::Op::Lt, comparison_level},
    {TokenKind::LessEqual, syntax::Binary::Op::Le, comparison_level},
    {TokenKind::Greater, syntax::Binary::Op::Gt, comparison_level},
    {TokenKind::GreaterEqual, syntax::Binary::Op::Ge, comparison_level},
    {TokenKind::Coalesce, syntax::Binary::Op::Coalesce, 3},
    {TokenKind::Plus, syntax::Binary::Op::Add, 4},
    {TokenKind::Minus, syntax::Binary::Op::Sub, 4},
    {TokenKind::Star, syntax::Binary::Op::Mul, tightest_level},
    {TokenKind::Slash, syntax::Binary::Op::Div, tightest_level},
    {TokenKind::Percent, syntax::Binary::Op::Mod, tightest_level},
};

/// Counts nesting for as long as it lives.
class Deeper {
 public:
  Deeper(int& depth, std::size_t by) : depth_(depth), by_(static_cast<int>(by)) { depth_ += by_; }
  ~Deeper() { depth_ -= by_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  int& depth_;
  int by_;
};

}  // namespace

/// Operands and operators of one operation, from left to right.
struct TreeBuilder::Chain {
  const std::vector<Grammar::OperandContext*>& operands;
  const std::vector<Grammar::BinaryOperatorContext*>& operators;
  std::size_t next = 0;  // operand, and the operator behind it

  const antlr4::Token* sign() const {
    return next == 0 || next > operators.size() ? nullptr : operators[next - 1]->sign;
  }
};

ExprPtr TreeBuilder::hole(Span span) const {
  return make(span, syntax::Hole{});
}

ExprPtr TreeBuilder::expression(const Grammar::ExpressionContext* rule, Span otherwise) {
  if (rule == nullptr) return hole(otherwise);
  if (rule->cases != nullptr) return match(*rule->cases);
  if (rule->choice == nullptr) return operation({rule->operands, rule->operators}, span(*rule));
  const auto& choice = *rule->choice;
  const Deeper deeper(depth_, 1);
  const Span place = span(choice);
  ExprPtr test = condition(choice.test, place);
  ExprPtr yes = expression(choice.yes, place);
  return make(place,
              syntax::IfThenElse{std::move(test), std::move(yes), expression(choice.no, place)});
}

ExprPtr TreeBuilder::condition(const Grammar::ConditionContext* rule, Span otherwise) {
  if (rule == nullptr) return hole(otherwise);
  if (token(rule->start).kind == TokenKind::OpenBrace) {
    const Span place = span(*rule);
    reports_.report(place, diag::RecordCondition)
        .fix({"Put parentheses around the condition",
              {{{place.file, place.begin, place.begin}, "("},
               {{place.file, place.end, place.end}, ")"}}});
    return hole(otherwise);
  }
  return expression(rule->value, otherwise);
}

ExprPtr TreeBuilder::match(const Grammar::MatchExpressionContext& rule) {
  const Deeper deeper(depth_, 1);
  const Span place = span(rule);
  ExprPtr subject = expression(rule.subject, place);
  syntax::Match match{std::move(subject), {}};
  bool broken = rule.body == nullptr;
  if (!broken) {
    for (const auto* arm : rule.body->arms) {
      std::vector<ExprPtr> patterns;
      for (const auto* each : arm->patterns) patterns.push_back(pattern(*each));
      ExprPtr result = expression(arm->result, span(*arm));
      broken = broken || arm->exception;
      match.arms.push_back({std::move(patterns), std::move(result), span(*arm)});
    }
  }
  // Without one of its arms nothing can be said about it, not even whether it covers every case.
  return broken ? hole(place) : make(place, std::move(match));
}

ExprPtr TreeBuilder::pattern(const Grammar::PatternContext& rule) {
  return rule.number != nullptr ? bound(*rule.number) : literal(token(rule.value));
}

ExprPtr TreeBuilder::bound(const Grammar::BoundContext& rule) {
  const Token& number = token(rule.value);
  if (rule.sign == nullptr) return literal(number);
  ExprPtr value = literal(number, true);
  value->span = span(rule);
  return value;
}

ExprPtr TreeBuilder::operation(Chain chain, Span place) {
  const Deeper deeper(depth_, chain.operators.size());
  if (depth_ > deepest_nesting) {
    reports_.report(place, diag::NestingTooDeep, diag::Count{deepest_nesting});
    return hole(place);
  }
  return chain.operands.empty() ? hole(place) : climb(chain, 0);
}

ExprPtr TreeBuilder::climb(Chain& chain, int level) {
  if (level > tightest_level) return operand(*chain.operands[chain.next++]);
  ExprPtr left = climb(chain, level + 1);
  for (int count = 1;; ++count) {
    const antlr4::Token* sign = chain.sign();
    if (sign == nullptr) return left;
    const Operator* here = std::ranges::find(operators, token(sign).kind, &Operator::kind);
    if (here->level != level) return left;
    const Span op_span = span(sign);
    if (level == comparison_level && count == 2) reports_.report(op_span, diag::ComparisonChain);
    // `a ?? b ?? c` asks for `b` only where `a` is absent, and for `c` where both are.
    const bool from_the_right = here->op == syntax::Binary::Op::Coalesce;
    ExprPtr right = climb(chain, from_the_right ? level : level + 1);
    const Span place = source::join(left->span, right->span);
    left = level == comparison_level && count > 1
               ? hole(place)
               : make(place, syntax::Binary{here->op, op_span, std::move(left), std::move(right)});
  }
}

ExprPtr TreeBuilder::operand(const Grammar::OperandContext& rule) {
  const Deeper deeper(depth_, rule.prefixes.size() + rule.suffixes.size());
  if (depth_ > deepest_nesting) {
    reports_.report(span(rule), diag::NestingTooDeep, diag::Count{deepest_nesting});
    return hole(span(rule));
  }
  std::size_t prefixes = rule.prefixes.size();
  ExprPtr value;
  const bool negative_number = prefixes > 0 && rule.suffixes.empty() && rule.value != nullptr &&
                               token(rule.value).kind <= TokenKind::Decimal &&
                               token(rule.value).kind >= TokenKind::Integer &&
                               token(rule.prefixes.back()).kind == TokenKind::Negate;
  if (negative_number) {
    value = literal(token(rule.value), true);
    value->span = source::join(span(rule.prefixes[--prefixes]), value->span);
  } else {
    value = primary(rule);
  }
  for (const auto* each : rule.suffixes) value = suffix(*each, std::move(value));
  while (prefixes > 0) {
    const Token& sign = token(rule.prefixes[--prefixes]);
    const auto op = sign.kind == TokenKind::Not   ? syntax::Unary::Op::Not
                    : sign.kind == TokenKind::Has ? syntax::Unary::Op::Has
                                                  : syntax::Unary::Op::Negate;
    const Span place = source::join(span(sign), value->span);
    value = make(place, syntax::Unary{op, std::move(value)});
  }
  return value;
}

ExprPtr TreeBuilder::suffix(const Grammar::SuffixContext& rule, ExprPtr base) {
  const Span place = source::join(base->span, span(rule));
  if (rule.args != nullptr) return make(place, syntax::Call{std::move(base), arguments(rule.args)});
  return make(place, syntax::Member{std::move(base), *name(rule.member)});
}

std::vector<ExprPtr> TreeBuilder::arguments(const Grammar::ArgumentsContext* rule) {
  std::vector<ExprPtr> values;
  if (rule == nullptr) return values;
  const Deeper deeper(depth_, 1);
  require_commas(rule->items, "argument");
  for (const auto* item : rule->items) values.push_back(expression(item, span(*item)));
  return values;
}

/// An operand without the signs before and the members and calls behind it.
ExprPtr TreeBuilder::primary(const Grammar::OperandContext& rule) {
  if (rule.value != nullptr) return literal(token(rule.value));
  if (rule.reference != nullptr) {
    syntax::Name word = *name(rule.reference);
    if (token(rule.reference->word).broken) return hole(word.span);  // the start of the next line
    return make(word.span, syntax::NameRef{std::move(word.text)});
  }
  const Deeper deeper(depth_, 1);
  if (rule.text != nullptr) return interpolation(*rule.text);
  if (rule.list != nullptr) return list(*rule.list);
  if (rule.fields != nullptr) return record(rule.fields, span(rule));
  ExprPtr inner = expression(rule.inner, span(rule));
  // With its parentheses: they stand around the inner expression, one token on each side.
  const std::size_t open = rule.inner->start->getTokenIndex() - 1;
  inner->span =
      source::join(span(balanced_.tokens[open]), span(balanced_.tokens[balanced_.partner[open]]));
  return inner;
}

/// The minus sign belongs to the literal, because the smallest integer has no positive counterpart.
ExprPtr TreeBuilder::literal(const Token& mark, bool negative) {
  const Span place = span(mark);
  if (mark.broken) return hole(place);
  if (mark.kind == TokenKind::True || mark.kind == TokenKind::False) {
    return make(place, syntax::Literal{Value(mark.kind == TokenKind::True)});
  }
  if (mark.kind != TokenKind::Integer && mark.kind != TokenKind::Decimal) {
    return make(place, syntax::Literal{Value(mark.text)});
  }
  const std::string text = (negative ? "-" : "") + mark.text;
  const char* end = text.data() + text.size();
  if (mark.kind == TokenKind::Decimal) {
    double number = 0;
    std::from_chars(text.data(), end, number);
    return make(place, syntax::Literal{Value(number)});
  }
  std::int64_t number = 0;
  if (std::from_chars(text.data(), end, number).ec != std::errc{}) {
    const std::string shown = mark.text.size() > 40 ? mark.text.substr(0, 40) + "…" : mark.text;
    reports_.report(place, diag::NumberTooLarge, Code{shown});
    return hole(place);
  }
  return make(place, syntax::Literal{Value(number)});
}

ExprPtr TreeBuilder::interpolation(const Grammar::InterpolationContext& rule) {
  syntax::Interpolation text;
  bool broken = false;
  const auto add_text = [&](const antlr4::Token* mark) {
    const Token& piece = token(mark);
    broken = broken || piece.broken;
    if (piece.text.empty()) return;
    const std::uint32_t stop = piece.kind == TokenKind::StringTail ? 1 : 2;  // `"` or `${`
    const Span place{file_.id(), piece.begin + 1, piece.end - stop};
    text.parts.push_back(make(place, syntax::Literal{Value(piece.text)}));
  };
  add_text(rule.head);
  for (std::size_t i = 0; i < rule.values.size(); ++i) {
    text.parts.push_back(expression(rule.values[i], span(rule)));
    if (i < rule.middles.size()) add_text(rule.middles[i]);
  }
  add_text(rule.tail);
  return broken ? hole(span(rule)) : make(span(rule), std::move(text));
}

ExprPtr TreeBuilder::list(const Grammar::ListExpressionContext& rule) {
  if (rule.loop != nullptr) return comprehension(rule);
  return make(span(rule), syntax::List{list_items(rule.items)});
}

ExprPtr TreeBuilder::comprehension(const Grammar::ListExpressionContext& rule) {
  const auto& loop = *rule.loop;
  std::optional<syntax::Name> first = name(loop.first);
  std::optional<syntax::Name> second = name(loop.second);
  syntax::Comprehension result{.key = std::nullopt,
                               .item = *first,
                               .source = nullptr,
                               .condition = nullptr,
                               .body = nullptr};
  if (second) {
    result.key = std::move(first);
    result.item = *std::move(second);
  }
  result.source = expression(loop.source, span(rule));
  if (loop.test != nullptr) result.condition = condition(loop.test, span(rule));
  result.body = expression(loop.body, span(rule));
  return make(span(rule), std::move(result));
}

std::vector<syntax::ListItem> TreeBuilder::list_items(
    const std::vector<Grammar::ListItemContext*>& rules) {
  require_commas(rules, "item");
  std::vector<syntax::ListItem> items;
  items.reserve(rules.size());
  for (const auto* rule : rules) items.push_back(list_item(*rule));
  return items;
}

syntax::ListItem TreeBuilder::list_item(const Grammar::ListItemContext& rule) {
  syntax::ListItem item{
      .value = nullptr, .condition = nullptr, .then = {}, .otherwise = {}, .span = span(rule)};
  if (rule.exception) {
    item.value = hole(item.span);
  } else if (!rule.operands.empty()) {
    item.value = operation({rule.operands, rule.operators}, item.span);
  } else if (rule.cases != nullptr) {
    item.value = match(*rule.cases);
  } else if (rule.block == nullptr) {
    const Deeper deeper(depth_, 1);
    ExprPtr test = condition(rule.test, item.span);
    ExprPtr yes = expression(rule.yes, item.span);
    item.value = make(item.span, syntax::IfThenElse{std::move(test), std::move(yes),
                                                    expression(rule.no, item.span)});
  } else {
    item.condition = condition(rule.test, item.span);
    item.then = list_items(rule.block->items);
    item.otherwise = list_otherwise(rule.chained, rule.otherwise);
  }
  return item;
}

syntax::ListItem TreeBuilder::list_conditional(const Grammar::ListConditionalContext& rule) {
  syntax::ListItem item{
      .value = nullptr, .condition = nullptr, .then = {}, .otherwise = {}, .span = span(rule)};
  item.condition = condition(rule.test, item.span);
  if (rule.block != nullptr) item.then = list_items(rule.block->items);
  item.otherwise = list_otherwise(rule.chained, rule.otherwise);
  return item;
}

std::vector<syntax::ListItem> TreeBuilder::list_otherwise(
    const Grammar::ListConditionalContext* chained, const Grammar::ListBlockContext* block) {
  if (block != nullptr) return list_items(block->items);
  std::vector<syntax::ListItem> items;
  if (chained != nullptr) items.push_back(list_conditional(*chained));
  return items;
}

ExprPtr TreeBuilder::record(const Grammar::RecordContext* rule, Span otherwise) {
  if (rule == nullptr) return hole(otherwise);
  return make(span(*rule), syntax::Record{entries(rule)});
}

std::vector<syntax::Entry> TreeBuilder::entries(const Grammar::RecordContext* rule) {
  std::vector<syntax::Entry> result;
  if (rule == nullptr) return result;
  result.reserve(rule->entries.size());
  for (const auto* each : rule->entries) {
    if (std::optional<syntax::Entry> next = entry(*each)) result.push_back(*std::move(next));
  }
  return result;
}

std::optional<syntax::Entry> TreeBuilder::entry(const Grammar::EntryContext& rule) {
  const std::uint32_t begin = token(rule.start).begin;
  Remarks remarks = remarks_before(begin, begin);
  std::optional<syntax::Name> label = key(rule.label, rule.text);
  if (rule.branch == nullptr && !label) return std::nullopt;
  syntax::Entry result;
  if (rule.branch != nullptr) {
    result = conditional_entry(*rule.branch);
  } else {
    result = {.name = std::move(label),
              .value = expression(rule.value, span(rule)),
              .condition = nullptr,
              .then = {},
              .otherwise = {},
              .doc = {},
              .comments = {},
              .span = span(rule)};
  }
  result.doc = std::move(remarks.doc);
  result.comments = std::move(remarks.comments);
  return result;
}

syntax::Entry TreeBuilder::conditional_entry(const Grammar::ConditionalEntryContext& rule) {
  syntax::Entry result{.name = std::nullopt,
                       .value = nullptr,
                       .condition = condition(rule.test, span(rule)),
                       .then = entries(rule.block),
                       .otherwise = entries(rule.otherwise),
                       .doc = {},
                       .comments = {},
                       .span = span(rule)};
  if (rule.chained != nullptr) result.otherwise.push_back(conditional_entry(*rule.chained));
  return result;
}

}  // namespace stackc::parse
