#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "compiler/check/conformer.h"
#include "compiler/check/facts.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {

using diag::Prose;
using ir::ExprRef;
using types::Kind;
using types::Type;

namespace {

/// Items of a kind that the list does not hold: one mistake, however many there are.
std::vector<ExprRef> unfit_items(const ir::ListLiteral& literal, const Type& expected) {
  std::vector<ExprRef> unfit;
  for (const auto& item : literal.items) {
    if (expected.element && !kinds_fit(item.value->type->kind, expected.element->kind))
      unfit.push_back(item.value);
  }
  return unfit;
}

/// What makes an item the same as another: the whole of it in a set, its keys in a list that is a
/// map.
std::optional<std::string> identity(ExprRef item, const Type& list) {
  const auto value = constant_value(item);
  if (list.unique) return value ? std::optional(to_json(*value)) : std::nullopt;
  const auto* record = item->as<ir::RecordLiteral>();
  if (list.list_keys.empty() || record == nullptr) return std::nullopt;
  std::string text;
  for (const std::string& key : list.list_keys) {
    const auto entry = std::ranges::find(record->entries, key, &ir::RecordLiteral::Entry::name);
    if (entry == record->entries.end() || entry->condition) return std::nullopt;
    const auto part = constant_value(entry->value);
    if (!part) return std::nullopt;
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, to_json(*part));
  }
  return text;
}

}  // namespace

ExprRef Conformer::list_literal(ExprRef found, const ir::ListLiteral& literal,
                                const Type& expected) {
  if (expected.kind != Kind::List) return mismatch(found, expected);
  std::vector<ir::ListLiteral::Item> items;
  items.reserve(literal.items.size());
  std::vector<ExprRef> unfit = unfit_items(literal, expected);
  for (const auto& item : literal.items) {
    const bool fits = std::ranges::find(unfit, item.value) == unfit.end();
    items.push_back({item.condition,
                     fits ? visit(item.value, expected.element) : build_.poison(item.value->span)});
  }
  if (!unfit.empty()) {
    const ExprRef first = unfit.front();
    unfit.erase(unfit.begin());
    mismatch(first, *expected.element, unfit);
  }
  check_size(found, expected);
  check_not_empty(found, literal, expected);
  check_duplicates(literal, expected);
  const bool as_written = std::ranges::equal(
      items, literal.items, {}, &ir::ListLiteral::Item::value, &ir::ListLiteral::Item::value);
  return as_written ? found : build_.list(std::move(items), found->span);
}

void Conformer::check_size(ExprRef found, const Type& expected) {
  const Type& actual = *found->type;
  if (expected.min && actual.max && *actual.max < *expected.min) {
    sink_.report(literal_place(found), diag::OutsideType,
                 Prose{fmt::format("the list has {} items, at least {} are needed", *actual.max,
                                   *expected.min)});
  } else if (expected.max && actual.min && *actual.min > *expected.max) {
    sink_.report(literal_place(found), diag::OutsideType,
                 Prose{fmt::format("the list has {} items, at most {} are allowed", *actual.min,
                                   *expected.max)});
  }
}

void Conformer::check_not_empty(ExprRef found, const ir::ListLiteral& literal,
                                const Type& expected) {
  if (expected.min.value_or(0) < 1 || literal.items.empty()) return;
  std::vector<ExprRef> conditions;
  for (const auto& item : literal.items) conditions.push_back(item.condition);
  if (exhaustive(conditions)) return;
  sink_.report(literal_place(found), diag::OutsideType,
               Prose{fmt::format("the list has no items on some paths, at least {} are needed",
                                 *expected.min)});
}

void Conformer::check_duplicates(const ir::ListLiteral& literal, const Type& expected) {
  std::vector<std::pair<std::string, const ir::ListLiteral::Item*>> seen;
  for (const auto& item : literal.items) {
    const auto key = identity(item.value, expected);
    if (!key) continue;
    const auto first = std::ranges::find_if(seen, [&](const auto& other) {
      return other.first == *key && !exclusive(other.second->condition, item.condition);
    });
    if (first != seen.end()) {
      sink_
          .report(place_of(item.value->span), diag::DuplicateKey,
                  Prose{fmt::format("{} `{}`", expected.unique ? "are" : "have", *key)})
          .label(first->second->value->span, diag::AlsoHere);
      continue;
    }
    seen.emplace_back(*key, &item);
  }
}

ExprRef Conformer::comprehension(ExprRef found, const ir::Comprehension& each,
                                 const Type& expected) {
  if (expected.kind != Kind::List) return mismatch(found, expected);
  // The language has no maps of at most so many entries, so nobody could do better.
  const bool any_size = each.source->type->kind == Kind::Map && expected.min.value_or(0) == 0;
  if (!any_size && !bounds_within(*found->type, expected)) return wrong_size(found, expected);
  if (expected.unique && !found->type->unique && found->type->max.value_or(2) > 1) {
    return unfit_list(found, "the list may hold an item twice, and must be a set",
                      "go through a list that is declared as `[…](unique)`, and make of each item "
                      "a text with the item in it");
  }
  if (found->type->max.value_or(2) > 1) check_keys(each, expected);
  ir::Comprehension result = each;
  loops_.emplace_back(path_of(each.item), each.source);
  result.body = visit(each.body, expected.element);
  loops_.pop_back();
  return build_.node(result, found->type, found->stage, found->span);
}

/// A key that all items would have. Of those behind an `if` there may be one alone.
void Conformer::check_keys(const ir::Comprehension& each, const Type& expected) {
  if (expected.list_keys.empty() || each.condition != nullptr) return;
  const auto key = identity(each.body, expected);
  if (!key) return;
  const auto& entries = each.body->as<ir::RecordLiteral>()->entries;
  const auto first =
      std::ranges::find(entries, expected.list_keys.front(), &ir::RecordLiteral::Entry::name);
  sink_
      .report(place_of(first->value->span), diag::DuplicateKey,
              Prose{fmt::format("have `{}`", *key)})
      .note("`for` makes an item of each, and all of them have it");
}

ExprRef Conformer::unfit_list(ExprRef found, std::string what, std::string way_out) {
  if (is_told(found->span)) return build_.poison(found->span);
  sink_.report(place_of(found->span), diag::OutsideType, Prose{std::move(what)})
      .note(std::move(way_out));
  return build_.poison(found->span);
}

ExprRef Conformer::wrong_size(ExprRef found, const Type& expected) {
  const Type& actual = *found->type;
  const bool too_many = expected.max && actual.max.value_or(*expected.max + 1) > *expected.max;
  const std::string most = actual.max ? fmt::format("{}", *actual.max) : "any number of";
  return unfit_list(
      found,
      too_many
          ? fmt::format("the list may have {} items, at most {} are allowed", most, *expected.max)
          : fmt::format("the list may have {} items, at least {} are needed",
                        actual.min.value_or(0), *expected.min),
      fmt::format("it may have as many as what `for` goes through, and fewer behind an `if`; "
                  "`[…]({}..{})` declares such a list",
                  expected.min.value_or(0) > 0 ? fmt::format("{}", *expected.min) : "",
                  expected.max ? fmt::format("{}", *expected.max) : ""));
}

}  // namespace stackc::check
