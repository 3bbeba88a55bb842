#include <algorithm>

#include "compiler/check/conform.h"
#include "compiler/check/elaborator.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {

using diag::Code;
using ir::ExprRef;
using types::Kind;

Typed Elaborator::list(const syntax::List& list, source::Span span, const Context& context) {
  std::vector<ir::ListLiteral::Item> items;
  list_items(list.items, nullptr, context, items);
  return {build_.list(std::move(items), span)};
}

void Elaborator::list_items(const std::vector<syntax::ListItem>& items, ExprRef outer,
                            const Context& context, std::vector<ir::ListLiteral::Item>& result) {
  for (const syntax::ListItem& item : items) {
    if (item.value) {
      const ExprRef element = value(*item.value, nullptr, context);
      check_whole_line({element}, item.value->span, context);
      if (known(outer) != false) result.push_back({known(outer) ? nullptr : outer, element});
      continue;
    }
    const ExprRef test = condition(*item.condition, context);
    note_follow_up(item.otherwise);
    note_branches(item);
    const ExprRef then = build_.both(outer, test, item.span);
    list_items(item.then, then, with(context, test, true), result);
    const ExprRef otherwise = build_.both(outer, build_.negation(test, item.span), item.span);
    list_items(item.otherwise, otherwise, with(context, test, false), result);
  }
}

Typed Elaborator::record(const syntax::Record& record, source::Span span, const Context& context) {
  std::vector<ir::RecordLiteral::Entry> entries;
  entries.reserve(record.entries.size());
  record_entries(record.entries, nullptr, context, entries);
  return {build_.record(merge(std::move(entries)), span)};
}

void Elaborator::record_entries(const std::vector<syntax::Entry>& entries, ExprRef outer,
                                const Context& context,
                                std::vector<ir::RecordLiteral::Entry>& result) {
  for (const syntax::Entry& entry : entries) {
    if (entry.name) {
      const Typed typed = expression(*entry.value, nullptr, context);
      check_whole_line(typed, entry.value->span, context);
      check_named_value(entry.name->text, *entry.value, context);
      if (entry.name->text.find_first_of("./") != std::string::npos)
        written_texts_.add(entry.name->span, entry.name->text);
      warn_if_empty(typed, *entry.value, context);
      // A field whose value may be absent is there exactly when the value is.
      ExprRef applies = outer;
      if (typed.optional && !typed.poisoned())
        applies = build_.both(outer, build_.present(typed.expr, entry.span), entry.span);
      if (known(applies) == false) continue;
      result.push_back(
          {entry.name->text, entry.name->span, known(applies) ? nullptr : applies, typed.expr});
      continue;
    }
    const ExprRef test = condition(*entry.condition, context);
    note_follow_up(entry.otherwise);
    note_branches(entry);
    if (test->type->kind == Kind::Poison) continue;
    record_entries(entry.then, build_.both(outer, test, entry.span), with(context, test, true),
                   result);
    record_entries(entry.otherwise,
                   build_.both(outer, build_.negation(test, entry.span), entry.span),
                   with(context, test, false), result);
  }
}

std::optional<ir::RecordLiteral::Entry> Elaborator::merge_records(
    const ir::RecordLiteral::Entry& a, const ir::RecordLiteral::Entry& b) {
  const auto* left = a.value->as<ir::RecordLiteral>();
  const auto* right = b.value->as<ir::RecordLiteral>();
  if (left == nullptr || right == nullptr) return std::nullopt;
  std::vector<ir::RecordLiteral::Entry> entries;
  const auto add = [&](const ir::RecordLiteral& literal, ExprRef applies) {
    for (const auto& entry : literal.entries) {
      entries.push_back(
          {entry.name, entry.span, build_.both(applies, entry.condition, entry.span), entry.value});
    }
  };
  add(*left, a.condition);
  add(*right, b.condition);
  return ir::RecordLiteral::Entry{a.name, a.span, nullptr,
                                  build_.record(merge(std::move(entries)), a.value->span)};
}

namespace {

/// The same record under two names: all of its fields would be written twice.
bool is_one_record(ExprRef a, ExprRef b) {
  const auto* left = a->as<ir::RecordLiteral>();
  const auto* right = b->as<ir::RecordLiteral>();
  if (!left || !right || left->entries.empty() || right->entries.empty()) return false;
  return left->entries.front().span == right->entries.front().span;
}

}  // namespace

std::vector<ir::RecordLiteral::Entry> Elaborator::merge(
    std::vector<ir::RecordLiteral::Entry> entries) {
  auto merged_end = entries.begin();
  for (auto& entry : entries) {
    if (is_too_much_work(entry.span)) break;
    const auto clash = std::find_if(entries.begin(), merged_end, [&](const auto& other) {
      if (other.name != entry.name) return false;
      ++steps_;
      return !exclusive(other.condition, entry.condition);
    });
    const bool one = clash != merged_end && is_one_record(clash->value, entry.value);
    if (clash == merged_end) {
      if (&*merged_end != &entry) *merged_end = std::move(entry);
      ++merged_end;
    } else if (auto merged = one ? std::nullopt : merge_records(*clash, entry)) {
      *clash = std::move(*merged);
    } else if (entry.value->type->kind != Kind::Poison &&
               clash->value->type->kind != Kind::Poison) {
      sink_.report(entry.span, diag::WrittenTwice, Code{entry.name})
          .label(clash->span, diag::AlsoHere)
          .note(
              entry.condition
                  ? "their conditions can hold together; use `else`, or make one exclude the other"
              : one ? "both are the same record"
                    : "only records are merged");
    }
  }
  entries.erase(merged_end, entries.end());
  return entries;
}

}  // namespace stackc::check
