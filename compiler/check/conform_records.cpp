#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "compiler/base/text.h"
#include "compiler/check/conformer.h"
#include "compiler/check/facts.h"
#include "compiler/check/meant.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using ir::ExprRef;
using types::Kind;
using types::Type;
using types::TypeRef;

namespace {

bool holds(source::Span whole, source::Span part) {
  return whole.file == part.file && whole.begin <= part.begin && part.end <= whole.end;
}

std::vector<ExprRef> conditions_of(const ir::RecordLiteral& literal, std::string_view name) {
  std::vector<ExprRef> conditions;
  for (const auto& entry : literal.entries) {
    if (entry.name == name) conditions.push_back(entry.condition);
  }
  return conditions;
}

}  // namespace

ExprRef Conformer::record_literal(ExprRef found, const ir::RecordLiteral& literal,
                                  const Type& expected) {
  if (expected.kind != Kind::Record && expected.kind != Kind::Map) return mismatch(found, expected);
  std::vector<ExprRef> values;  // null for an unknown field
  values.reserve(literal.entries.size());
  std::vector<const ir::RecordLiteral::Entry*> unknown;
  around_.push_back(&expected);
  for (const auto& entry : literal.entries) {
    TypeRef type = expected.element;
    if (expected.kind == Kind::Record) {
      const types::Field* field = expected.find(entry.name);
      if (field == nullptr && !expected.open) {
        unknown.push_back(&entry);
        values.push_back(nullptr);
        continue;
      }
      type = field ? field->type : nullptr;
    }
    values.push_back(visit(entry.value, type));
  }
  around_.pop_back();
  if (!unknown.empty()) unknown_fields(found, literal, unknown, expected);
  if (expected.kind == Kind::Map) check_entries(found, literal, expected);
  std::vector<std::string> missing;
  if (expected.kind == Kind::Record && unknown.empty())
    missing = check_presence(found, literal, expected);
  const bool as_written = missing.empty() && std::ranges::equal(values, literal.entries, {}, {},
                                                                &ir::RecordLiteral::Entry::value);
  return as_written ? found : rebuilt(found, literal, values, missing);
}

ExprRef Conformer::rebuilt(ExprRef found, const ir::RecordLiteral& literal,
                           const std::vector<ExprRef>& values,
                           const std::vector<std::string>& missing) {
  std::vector<ir::RecordLiteral::Entry> entries;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& entry = literal.entries[i];
    if (values[i]) entries.push_back({entry.name, entry.span, entry.condition, values[i]});
  }
  for (const std::string& name : missing)
    entries.push_back({name, found->span, nullptr, build_.poison(found->span)});
  return build_.record(std::move(entries), found->span);
}

void Conformer::check_entries(ExprRef found, const ir::RecordLiteral& literal,
                              const Type& expected) {
  const auto certain =
      std::ranges::count(literal.entries, nullptr, &ir::RecordLiteral::Entry::condition);
  if (!expected.max || certain <= *expected.max) return;
  sink_.report(literal_place(found), diag::OutsideType,
               Prose{fmt::format("the record has {} entries, at most {} are allowed", certain,
                                 *expected.max)});
}

void Conformer::unknown_fields(ExprRef found, const ir::RecordLiteral& literal,
                               const Entries& unknown, const Type& expected) {
  Entries together;
  for (const auto* entry : unknown) {
    if (is_told(entry->span)) continue;
    const bool is_here = entry->span == place_of(entry->span);
    const Nearest near = is_here ? meant_field(*entry, expected) : Nearest{};
    if (!near.empty()) {
      auto report = sink_.report(entry->span, diag::UnknownField, Code{entry->name},
                                 Code{types::describe(expected)});
      report.suggest(near);
      say_which_fields(report, expected, 8);
      continue;
    }
    if (!together.empty() && entry != together.back() + 1) {
      misplaced_fields(found, literal, together, expected);
      together.clear();
    }
    together.push_back(entry);
  }
  if (!together.empty()) misplaced_fields(found, literal, together, expected);
}

void Conformer::misplaced_fields(ExprRef found, const ir::RecordLiteral& literal,
                                 const Entries& together, const Type& expected) {
  const auto& first = *together.front();
  // A record that is written elsewhere and fits in nothing is wrong where it is used.
  const bool whole = together.size() == literal.entries.size() && !holds(found->span, first.span);
  const source::Span place = place_of(whole ? found->span : first.span);
  auto report =
      sink_.report(place, diag::UnknownField, Code{first.name}, Code{types::describe(expected)});
  if (first.span != place) report.label(first.span, diag::WrittenHere);
  for (const auto* entry : together) {
    const bool is_other = entry != &first && place_of(entry->span) != place;
    if (is_other && !whole) report.label(entry->span, diag::AlsoHere);
    say_where_it_belongs(report, *entry, expected, around_);
  }
  say_which_fields(report, expected, 16);
}

std::vector<std::string> Conformer::check_presence(ExprRef found, const ir::RecordLiteral& literal,
                                                   const Type& expected) {
  std::vector<std::string> missing;
  for (const types::Field& field : expected.fields) {
    if (!field.required) continue;
    const auto conditions = conditions_of(literal, field.name);
    if (conditions.empty()) {
      missing.push_back(field.name);
      sink_.report(literal_place(found), diag::MissingField, Code{field.name},
                   Code{types::describe(expected)});
    } else if (!exhaustive(conditions)) {
      const auto entry =
          std::ranges::find(literal.entries, field.name, &ir::RecordLiteral::Entry::name);
      const source::Span whole = literal_place(found);
      sink_.report(holds(whole, entry->span) ? entry->span : whole, diag::MaybeMissingField,
                   Code{field.name}, Code{types::describe(expected)});
    }
  }
  for (const auto& group : expected.exactly_one_of) check_one_of(found, literal, group, true);
  for (const auto& group : expected.at_least_one_of) check_one_of(found, literal, group, false);
  return missing;
}

void Conformer::check_one_of(ExprRef found, const ir::RecordLiteral& literal,
                             const std::vector<std::string>& group, bool at_most_one) {
  const std::vector<std::string_view> names(group.begin(), group.end());
  std::vector<const ir::RecordLiteral::Entry*> given;
  std::vector<ExprRef> conditions;
  for (const auto& entry : literal.entries) {
    if (std::ranges::find(group, entry.name) == group.end()) continue;
    for (const auto* other : given) {
      if (!at_most_one || other->name == entry.name || exclusive(other->condition, entry.condition))
        continue;
      sink_
          .report(place_of(entry.span), diag::ExactlyOneField, Prose{quoted_list(names)},
                  Prose{quoted_list({other->name, entry.name})})
          .label(other->span, diag::AlsoHere);
      return;
    }
    given.push_back(&entry);
    conditions.push_back(entry.condition);
  }
  if (exhaustive(conditions)) return;
  auto report = sink_.report(literal_place(found), diag::ExactlyOneField, Prose{quoted_list(names)},
                             Prose{given.empty() ? "none" : "none on some paths"});
  const auto absent = std::ranges::find_if(given, [](const ir::RecordLiteral::Entry* entry) {
    const auto* present = entry->condition ? entry->condition->as<ir::Present>() : nullptr;
    return present && path_of(present->operand) == path_of(entry->value);
  });
  if (absent != given.end()) {
    report.note(fmt::format("`{0}` may be absent: use the record inside `if has {0} {{ … }}`",
                            shown_path((*absent)->value)));
  }
}

}  // namespace stackc::check
