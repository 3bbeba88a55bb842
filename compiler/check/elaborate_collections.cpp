#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/check/conform.h"
#include "compiler/check/elaborator.h"
#include "compiler/check/facts.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using ir::ExprRef;
using types::Kind;

// ---- lists
// ----------------------------------------------------------------------------------------------------------

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
    const ExprRef then = build_.both(outer, test, item.span);
    list_items(item.then, then, with(context, test, true), result);
    const ExprRef otherwise = build_.both(outer, build_.negation(test, item.span), item.span);
    list_items(item.otherwise, otherwise, with(context, test, false), result);
  }
}

// ---- records
// --------------------------------------------------------------------------------------------------------

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
  std::vector<ir::RecordLiteral::Entry> result;
  result.reserve(entries.size());
  for (auto& entry : entries) {
    const auto clash = std::ranges::find_if(result, [&](const auto& other) {
      return other.name == entry.name && !exclusive(other.condition, entry.condition);
    });
    const bool one = clash != result.end() && is_one_record(clash->value, entry.value);
    if (clash == result.end()) {
      result.push_back(std::move(entry));
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
  return result;
}

// ---- comprehensions
// -------------------------------------------------------------------------------------------------

namespace {

/// Whether two different values of a loop's name give two different values of `body`, as they do in
/// `"a-${name}"`.
bool differs_with(ExprRef body, ExprRef name) {
  const auto is_name = [id = name->as<ir::Local>()->id](ExprRef expr) {
    const auto* local = expr->as<ir::Local>();
    return local != nullptr && local->id == id;
  };
  if (is_name(body)) return true;
  const auto* text = body->as<ir::Concat>();
  return text != nullptr && std::ranges::count_if(text->parts, is_name) == 1 &&
         std::ranges::all_of(text->parts, [&](ExprRef part) {
           return is_name(part) || part->as<ir::Constant>() != nullptr;
         });
}

}  // namespace

Typed Elaborator::comprehension(const syntax::Comprehension& each, source::Span span,
                                const Context& context) {
  const ExprRef source = value(*each.source, nullptr, context);
  warn_if_empty({source}, *each.source, context);
  const Kind kind = source->type->kind;
  if (kind == Kind::Poison) return poison(span);
  const bool map_like = kind == Kind::Map || kind == Kind::Record;
  if (kind != Kind::List && !map_like) {
    sink_.report(each.source->span, diag::NotIterable, Prose{describe_found(source)});
    return poison(span);
  }
  if (map_like && !each.key) {
    sink_.report(each.item.span, diag::MapNeedsKey);
    return poison(span);
  }
  warn_if_hiding(each.item, context);
  if (each.key) warn_if_hiding(*each.key, context);
  if (source->as<ir::ListLiteral>() || source->as<ir::RecordLiteral>())
    return unrolled(each, source, span, context);
  if (kind == Kind::Record) {
    sink_.report(each.source->span, diag::NotIterable, Prose{describe_found(source)});
    return poison(span);
  }

  const auto local = [&](const syntax::Name& name, types::TypeRef type) {
    return build_.node(ir::Local{build_.exprs().new_local(), name.text}, type, source->stage,
                       name.span);
  };
  const ExprRef item = local(each.item, source->type->element);
  Context inner = context;
  inner.bindings = &bindings_.emplace_back(Binding{inner.bindings, &each.item, {item}});
  ExprRef key = nullptr;
  if (each.key) {
    key = local(*each.key, map_like ? build_.types().string() : build_.types().integer());
    inner.bindings = &bindings_.emplace_back(Binding{inner.bindings, &*each.key, {key}});
  }
  ExprRef filter = nullptr;
  if (each.condition) {
    filter = condition(*each.condition, inner);
    inner = with(inner, filter, true);
    if (known(filter)) filter = *known(filter) ? nullptr : filter;
  }
  const ExprRef body = value(*each.body, nullptr, inner);
  if (body->type->kind == Kind::Poison) return poison(span);
  types::Type type{.kind = Kind::List,
                   .max = source->type->max,
                   .element = body->type,
                   .unique = (source->type->unique && differs_with(body, item)) ||
                             (key && differs_with(body, key))};
  if (filter == nullptr) type.min = source->type->min;
  const ir::Stage stage =
      std::max({source->stage, body->stage, filter ? filter->stage : ir::Stage::Release});
  return {build_.node(ir::Comprehension{source, key, item, filter, body},
                      build_.types().add(std::move(type)), stage, span)};
}

Typed Elaborator::unrolled(const syntax::Comprehension& each, ExprRef source, source::Span span,
                           const Context& context) {
  struct Step {
    ExprRef condition;
    ExprRef key;
    ExprRef value;
  };
  std::vector<Step> steps;
  if (const auto* list = source->as<ir::ListLiteral>()) {
    for (const auto& item : list->items) {
      steps.push_back({item.condition,
                       build_.constant(static_cast<std::int64_t>(steps.size()), span), item.value});
    }
  } else {
    for (const auto& entry : source->as<ir::RecordLiteral>()->entries) {
      steps.push_back({entry.condition, build_.constant(entry.name, entry.span), entry.value});
    }
    // A map is gone through in the order of its keys, whatever the order in the source.
    std::ranges::stable_sort(steps, {}, [](const Step& step) {
      return *step.key->as<ir::Constant>()->value.if_string();
    });
  }
  std::vector<ir::ListLiteral::Item> items;
  ++repeated_;
  for (const Step& step : steps) {
    Context inner = step.condition ? with(context, step.condition, true) : context;
    inner.bindings = &bindings_.emplace_back(Binding{inner.bindings, &each.item, {step.value}});
    if (each.key)
      inner.bindings = &bindings_.emplace_back(Binding{inner.bindings, &*each.key, {step.key}});
    ExprRef applies = step.condition;
    if (each.condition) {
      const ExprRef filter = condition(*each.condition, inner);
      inner = with(inner, filter, true);
      applies = build_.both(applies, filter, span);
    }
    const ExprRef body = value(*each.body, nullptr, inner);
    if (known(applies) != false) items.push_back({known(applies) ? nullptr : applies, body});
  }
  --repeated_;
  return {build_.list(std::move(items), span)};
}

// ---- match
// ----------------------------------------------------------------------------------------------------------

Typed Elaborator::match(const syntax::Match& match, source::Span span, const Context& context) {
  const ExprRef subject = value(*match.subject, nullptr, context);
  const bool is_collection = subject->type->kind == Kind::List ||
                             subject->type->kind == Kind::Map ||
                             subject->type->kind == Kind::Record;
  if (is_collection && !sink_.has_error_at(match.subject->span)) {
    sink_.report(match.subject->span, diag::TypeMismatch, Prose{describe_found(subject)},
                 Prose{"a text, a number or a boolean"});
  }
  const bool broken_subject = is_collection || subject->type->kind == Kind::Poison;
  const types::TypeRef wanted = widest_type(*match.subject, subject, context);
  const auto subject_value = broken_subject ? std::nullopt : constant_value(subject);
  ir::Match result{subject, {}, nullptr};
  std::vector<Value> seen;
  ExprRef chosen = nullptr;
  bool has_otherwise = false;
  bool broken = broken_subject;
  for (const syntax::MatchArm& arm : match.arms) {
    Context inner = context;
    std::vector<Value> values;
    for (const syntax::ExprPtr& pattern : arm.patterns) {
      const auto* literal = pattern->as<syntax::Literal>();
      if (literal == nullptr) {  // the parser has told what is wrong with it
        broken = true;
        continue;
      }
      if (std::ranges::find(seen, literal->value) != seen.end()) {
        sink_.report(pattern->span, diag::DuplicatePattern, Code{to_json(literal->value)});
        broken = true;
      }
      const ExprRef typed = build_.constant(literal->value, pattern->span);
      if (!broken_subject && !subject_value &&
          conform(typed, wanted, build_, sink_)->type->kind == Kind::Poison)
        broken = true;
      seen.push_back(literal->value);
      values.push_back(literal->value);
    }
    if (values.size() == 1) inner.facts = assume_equal(subject, values[0], context.facts, facts_);
    const ExprRef arm_result = value(*arm.result, nullptr, inner);
    if (arm_result->type->kind == Kind::Poison) broken = true;
    const bool takes = subject_value && (arm.patterns.empty() ||
                                         std::ranges::find(values, *subject_value) != values.end());
    if (takes && chosen == nullptr) chosen = arm_result;
    if (has_otherwise) continue;  // never reached
    if (arm.patterns.empty()) {
      has_otherwise = true;
      result.otherwise = arm_result;
    } else {
      result.arms.push_back({std::move(values), arm_result});
    }
  }
  if (broken) return poison(span);
  check_coverage(match, seen, has_otherwise, subject, span);
  note_arms(match, subject, context);
  if (chosen) return {chosen};
  if (result.arms.empty() && result.otherwise) return {result.otherwise};
  if (result.arms.empty() || subject_value) return poison(span);
  std::vector<types::TypeRef> types;
  ir::Stage stage = subject->stage;
  const auto may_give = [&](ExprRef outcome) {
    types.push_back(outcome->type);
    stage = std::max(stage, outcome->stage);
  };
  if (result.otherwise) may_give(result.otherwise);
  for (const auto& arm : result.arms) may_give(arm.result);
  return {build_.node(std::move(result), common_type(types, build_.types()), stage, span)};
}

void Elaborator::check_coverage(const syntax::Match& match, const std::vector<Value>& seen,
                                bool has_otherwise, ExprRef subject, source::Span span) {
  if (has_otherwise) return;
  const auto covered = [&](const Value& value) {
    return std::ranges::find(seen, value) != seen.end();
  };
  std::vector<std::string> missing;
  if (const auto value = constant_value(subject)) {
    if (!covered(*value)) missing.push_back(to_json(*value));
  } else if (subject->type->kind == Kind::Bool) {
    if (!covered(true)) missing.push_back("true");
    if (!covered(false)) missing.push_back("false");
  } else if (!subject->type->values.empty() && !subject->type->or_other_text) {
    for (const std::string& text : subject->type->values) {
      if (!covered(text)) missing.push_back(text);
    }
  } else {
    sink_
        .report(match.subject->span, diag::MatchNotExhaustive,
                Prose{"every value of " + fmt::format("`{}`", types::describe(*subject->type))})
        .note("add an arm `_ => …`");
    return;
  }
  if (missing.empty()) return;
  sink_
      .report(source::Span{span.file, span.begin, match.subject->span.end},
              diag::MatchNotExhaustive, Prose{quoted_list({missing.begin(), missing.end()})})
      .note("add an arm for it, or `_ => …`");
}

}  // namespace stackc::check
