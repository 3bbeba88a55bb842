#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "compiler/diag/catalogue/parse.h"
#include "compiler/parse/mistake.h"
#include "compiler/parse/tree.h"

/// Types.
namespace stackc::parse {

using diag::Prose;
using syntax::TypeExpr;
using syntax::TypePtr;

namespace {

std::string hint_for_alternative(std::string_view text) {
  constexpr std::array nothing{"null", "Null", "None", "nil", "undefined"};
  if (std::ranges::find(nothing, text) != nothing.end())
    return "what may be absent has a `?` behind its type";
  // The names of types begin with a capital letter or their module.
  const bool is_word =
      text[0] >= 'a' && text[0] <= 'z' && text.find_first_of(".([{") == std::string_view::npos;
  if (!is_word) return "";
  return fmt::format("a text stands in double quotes: `\"{}\"`", text);
}

}  // namespace

TypePtr TreeBuilder::type(const Grammar::TypeExpressionContext* rule, Span otherwise) {
  if (rule == nullptr)
    return std::make_unique<TypeExpr>(TypeExpr{syntax::TypeHole{}, false, otherwise});
  TypePtr base;
  std::vector<syntax::Name> values;
  bool is_broken = false;
  for (const auto* each : rule->alternatives) {
    if (each->text != nullptr) {
      values.push_back({token(each->text).text, span(each->text)});
    } else if (base == nullptr) {
      base = alternative(*each);
    } else {
      reports_
          .report(span(*each), diag::Unexpected, Prose{"a second type"},
                  Prose{"a string: the alternatives of a type are texts"})
          .hint(hint_for_alternative(
              file_.text().substr(span(*each).begin, span(*each).end - span(*each).begin)));
      is_broken = true;
    }
  }
  auto result = std::make_unique<TypeExpr>(TypeExpr{syntax::TypeHole{}, false, otherwise});
  if (is_broken) {
    result->node = syntax::TypeHole{};
  } else if (base == nullptr) {
    result->node = syntax::EnumType{std::move(values)};
  } else if (values.empty()) {
    result = std::move(base);
  } else {
    result->node = syntax::UnionType{std::move(base), std::move(values)};
  }
  result->optional = rule->optional != nullptr;
  result->span = span(*rule);
  return result;
}

TypePtr TreeBuilder::alternative(const Grammar::TypeAlternativeContext& rule) {
  auto result = std::make_unique<TypeExpr>(TypeExpr{syntax::TypeHole{}, false, span(rule)});
  if (rule.named != nullptr && token(rule.start).broken)
    return result;  // the start of the next line
  if (rule.named != nullptr) {
    result->node = named_type(*rule.named);
  } else if (rule.list != nullptr) {
    TypePtr element = type(rule.list->element, result->span);
    result->node = syntax::ListType{std::move(element), type_arguments(rule.list->args)};
  } else if (rule.fields != nullptr) {
    result = record_type(*rule.fields, std::move(result));
  }
  return result;
}

syntax::NamedType TreeBuilder::named_type(const Grammar::NamedTypeContext& rule) {
  syntax::NamedType named{.module = std::nullopt, .name = *name(rule.first), .arguments = {}};
  if (rule.second != nullptr) {
    named.module = std::move(named.name);
    named.name = *name(rule.second);
  }
  named.arguments = type_arguments(rule.args);
  return named;
}

/// `{String: T}` is a map: one field without default whose name is that of the type of keys.
TypePtr TreeBuilder::record_type(const Grammar::RecordTypeContext& rule, TypePtr result) {
  syntax::RecordType record;
  for (const auto* item : rule.body->items) {
    if (std::optional<syntax::TypeField> field = type_field(*item))
      record.fields.push_back(*std::move(field));
  }
  const bool is_map = record.fields.size() == 1 && record.fields[0].name.text == "String" &&
                      token(rule.body->items[0]->start).kind == TokenKind::Identifier &&
                      record.fields[0].default_value == nullptr;
  if (is_map) {
    result->node = syntax::MapType{std::move(record.fields[0].type), type_arguments(rule.args)};
    return result;
  }
  if (rule.args != nullptr) {
    reports_.report(span(*rule.args), diag::Unexpected,
                    Prose{describe_found(file_, token(rule.args->start))},
                    Prose{"nothing more: only maps (`{String: T}`) and lists take arguments"});
  }
  result->node = std::move(record);
  return result;
}

std::optional<syntax::TypeField> TreeBuilder::type_field(const Grammar::TypeFieldContext& rule) {
  syntax::Leading before = leading(rule, rule.annotations);
  const std::optional<syntax::Name> label = key(rule.label, rule.text);
  if (!label) return std::nullopt;
  syntax::TypeField field{.doc = std::move(before.doc),
                          .annotations = std::move(before.annotations),
                          .comments = std::move(before.comments),
                          .name = *label,
                          .type = type(rule.declared, span(rule)),
                          .default_value = nullptr,
                          .span = source::join(label->span, span(rule))};
  if (rule.value != nullptr) field.default_value = expression(rule.value, field.span);
  return field;
}

std::vector<syntax::TypeArgument> TreeBuilder::type_arguments(
    const Grammar::TypeArgumentsContext* rule) {
  std::vector<syntax::TypeArgument> result;
  if (rule == nullptr) return result;
  for (const auto* item : rule->items) result.push_back(type_argument(*item));
  for (const auto* comma : rule->commas) {
    const Token& next = balanced_.tokens[comma->getTokenIndex() + 1];
    if (next.kind != TokenKind::Comma) continue;
    reports_.report(span(next), diag::Unexpected, Prose{"`,`"},
                    Prose{"a range, a name or a value"});
  }
  return result;
}

syntax::TypeArgument TreeBuilder::type_argument(const Grammar::TypeArgumentContext& rule) {
  syntax::TypeArgument argument{.name = name(rule.label),
                                .value = nullptr,
                                .low = nullptr,
                                .high = nullptr,
                                .is_range = rule.range != nullptr,
                                .span = span(rule)};
  if (rule.value != nullptr) argument.value = expression(rule.value, argument.span);
  if (rule.low != nullptr) argument.low = bound(*rule.low);
  if (rule.high != nullptr) argument.high = bound(*rule.high);
  return argument;
}

}  // namespace stackc::parse
