#include "compiler/check/conform.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "compiler/base/text.h"
#include "compiler/check/explain_mismatch.h"
#include "compiler/check/expr_parts.h"
#include "compiler/check/meant.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/type.h"
#include "compiler/types/validate.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using ir::ExprRef;
using types::Kind;
using types::Type;
using types::TypeRef;

namespace {

bool is_scalar(Kind kind) {
  return kind == Kind::Bool || kind == Kind::Int || kind == Kind::Number || kind == Kind::String;
}

/// False if no value of one kind is a value of the other; Any may turn out to be everything.
bool kinds_fit(Kind from, Kind to) {
  if (from == to || from == Kind::Any || from == Kind::Poison) return true;
  switch (to) {
    case Kind::Any:
    case Kind::Poison:
      return true;
    case Kind::IntOrString:
      return from == Kind::Int || from == Kind::String;
    case Kind::Number:
      return from == Kind::Int;
    case Kind::Map:
      return from == Kind::Record;
    case Kind::Record:
      return from == Kind::Map;
    case Kind::Bool:
    case Kind::Int:
    case Kind::String:
    case Kind::List:
      return false;
  }
  return false;
}

/// Whether each branch computes what may not fit: then none is wrong for itself.
bool no_branch_fits(ExprRef found, const Type& expected) {
  return std::ranges::all_of(branches_of(found), [&](ExprRef branch) {
    return is_scalar(branch->type->kind) && !branch->as<ir::Constant>() &&
           !assignable(*branch->type, expected);
  });
}

class Conformer {
 public:
  Conformer(ExprRef whole, ExprBuilder& build, diag::Sink& sink)
      : build_(build), sink_(sink), use_(whole->span) {}

  ExprRef visit(ExprRef found, TypeRef expected) {
    if (expected == nullptr || expected->kind == Kind::Any || expected->kind == Kind::Poison)
      return found;
    if (found->type->kind == Kind::Poison) return found;
    const source::Span outer = std::exchange(use_, place_of(found->span));
    const ExprRef result = fitted(found, expected);
    use_ = outer;
    return result;
  }

 private:
  ExprRef fitted(ExprRef found, TypeRef expected) {
    if (const auto* constant = found->as<ir::Constant>())
      return scalar(found, constant->value, *expected);
    if (const auto* record = found->as<ir::RecordLiteral>())
      return record_literal(found, *record, *expected);
    if (const auto* list = found->as<ir::ListLiteral>())
      return list_literal(found, *list, *expected);
    // A condition can have narrowed the whole to less than its branches are.
    if (is_scalar(found->type->kind) && assignable(*found->type, *expected)) return found;
    const bool chooses = found->as<ir::Conditional>() || found->as<ir::Match>();
    const bool wrong_kind = chooses && !kinds_fit(found->type->kind, expected->kind);
    if (wrong_kind || no_branch_fits(found, *expected)) return mismatch(found, *expected);
    if (const auto* choice = found->as<ir::Conditional>()) {
      const ExprRef then = visit(choice->then, expected);
      return build_.conditional(choice->condition, then, visit(choice->otherwise, expected),
                                found->span);
    }
    if (const auto* match = found->as<ir::Match>()) return match_arms(found, *match, expected);
    if (const auto* each = found->as<ir::Comprehension>())
      return comprehension(found, *each, *expected);
    if (assignable(*found->type, *expected)) return found;
    return mismatch(found, *expected);
  }

  /// What another file holds is blamed where the author's file uses it.
  source::Span place_of(source::Span written) const {
    return written.file == use_.file ? written : use_;
  }

  /// Labels a report about `found` with the place where its value was written, if that is another.
  void label_origin(diag::ReportBuilder& report, ExprRef found) const {
    if (const auto written = build_.origin(found)) {
      report.label(*written, diag::WrittenHere);
    } else if (found->span != place_of(found->span)) {
      report.label(found->span, diag::WrittenHere);
    }
  }

  /// Where the facts of the Kubernetes line say what a value is, or begins with.
  std::optional<source::Span> fact_of(ExprRef found) const {
    const auto written = build_.origin(found);
    const bool is_fact = written && build_.is_fact(*written) && build_.begins_elsewhere(found);
    return is_fact ? written : std::nullopt;
  }

  /// The place of a record or list whose parts are wrong: there they can be put right.
  source::Span literal_place(ExprRef literal) const {
    const auto written = build_.origin(literal);
    return place_of(written ? place_of(*written) : literal->span);
  }

  /// A value that is checked for several lines, branches or calls is wrong once: what the first of
  /// them expected is told.
  bool is_told(source::Span part) const { return sink_.has_error_at(place_of(part)); }

  /// `others` have the same mistake.
  ExprRef mismatch(ExprRef found, const Type& expected, const std::vector<ExprRef>& others = {}) {
    if (is_told(found->span)) return build_.poison(found->span);
    const std::string wanted = describe_expected(expected);
    const source::Span use = place_of(found->span);
    const auto written = build_.origin(found);
    const std::string what = describe_found(found);
    const source::Span first =
        written ? build_.first_misfit(*written, what + " for " + wanted, use) : use;
    auto report = sink_.report(first, diag::TypeMismatch, Prose{what}, Prose{wanted});
    for (const ExprRef other : others) {
      if (place_of(other->span) != first) report.label(place_of(other->span), diag::AlsoHere);
    }
    if (first != use) {
      report.label(use, diag::AlsoHere);
      return build_.poison(found->span);
    }
    label_origin(report, found);
    explain_mismatch(report, found, expected, written_here(found));
    return build_.poison(found->span);
  }

  bool written_here(ExprRef found) const {
    return found->span == place_of(found->span) && !build_.origin(found);
  }

  /// A pattern says to a machine what the doc comment says to people.
  void explain_type(diag::ReportBuilder& report, const Type& expected) const {
    std::string doc = build_.doc_of_type(expected.name);
    std::ranges::replace(doc, '\n', ' ');
    if (!doc.empty()) report.note(fmt::format("`{}`: {}", expected.name, doc));
  }

  ExprRef scalar(ExprRef found, const Value& value, const Type& expected) {
    const auto mismatches = types::validate(value, expected);
    if (mismatches.empty()) return found;
    if (is_told(found->span)) return build_.poison(found->span);
    const Type actual = singleton(value);
    const bool numeric = expected.kind == Kind::Number && actual.kind == Kind::Int;
    const bool either = expected.kind == Kind::IntOrString && actual.kind == Kind::String;
    if (actual.kind != expected.kind && !numeric && !either) return mismatch(found, expected);
    // A long pattern says less than the name of the type.
    const bool named =
        !expected.name.empty() && !expected.pattern.empty() && expected.values.empty();
    const auto fact = fact_of(found);
    if (fact && sink_.has_error_at(*fact)) return build_.poison(found->span);
    auto report =
        sink_.report(fact.value_or(place_of(found->span)), diag::OutsideType,
                     Prose{named ? fmt::format("`{}` is no `{}`", to_json(value), expected.name)
                                 : mismatches.front().message});
    if (fact) {
      report.label(place_of(found->span), diag::UsedHere);
    } else {
      label_origin(report, found);
    }
    if (named) explain_type(report, expected);
    if (expected.format == "date") report.note("a date is written `2026-04-16`");
    if (const std::string* text = value.if_string(); text && !expected.values.empty()) {
      const std::vector<std::string_view> choices(expected.values.begin(), expected.values.end());
      const Nearest near = meant_value(*text, choices);
      if (!near.empty()) {
        report.hint(fmt::format("did you mean `{}`?", near.name));
        if (written_here(found))
          report.fix({fmt::format("Replace with `{}`", near.name),
                      {{found->span, to_json(Value(std::string(near.name)))}},
                      near.only});
      }
    }
    return build_.poison(found->span);
  }

  ExprRef record_literal(ExprRef found, const ir::RecordLiteral& literal, const Type& expected) {
    if (expected.kind != Kind::Record && expected.kind != Kind::Map)
      return mismatch(found, expected);
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

  /// The record with other values, without those that are null, and with broken ones for what is
  /// missing.
  ExprRef rebuilt(ExprRef found, const ir::RecordLiteral& literal,
                  const std::vector<ExprRef>& values, const std::vector<std::string>& missing) {
    std::vector<ir::RecordLiteral::Entry> entries;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto& entry = literal.entries[i];
      if (values[i]) entries.push_back({entry.name, entry.span, entry.condition, values[i]});
    }
    for (const std::string& name : missing)
      entries.push_back({name, found->span, nullptr, build_.poison(found->span)});
    return build_.record(std::move(entries), found->span);
  }

  void check_entries(ExprRef found, const ir::RecordLiteral& literal, const Type& expected) {
    const auto certain =
        std::ranges::count(literal.entries, nullptr, &ir::RecordLiteral::Entry::condition);
    if (!expected.max || certain <= *expected.max) return;
    sink_.report(literal_place(found), diag::OutsideType,
                 Prose{fmt::format("the record has {} entries, at most {} are allowed", certain,
                                   *expected.max)});
  }

  using Entries = std::vector<const ir::RecordLiteral::Entry*>;

  /// Each that is nearly like a field by itself. Others that follow one another belong elsewhere
  /// together, which is one mistake.
  void unknown_fields(ExprRef found, const ir::RecordLiteral& literal, const Entries& unknown,
                      const Type& expected) {
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

  void misplaced_fields(ExprRef found, const ir::RecordLiteral& literal, const Entries& together,
                        const Type& expected) {
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

  static bool holds(source::Span whole, source::Span part) {
    return whole.file == part.file && whole.begin <= part.begin && part.end <= whole.end;
  }

  static std::vector<ExprRef> conditions_of(const ir::RecordLiteral& literal,
                                            std::string_view name) {
    std::vector<ExprRef> conditions;
    for (const auto& entry : literal.entries) {
      if (entry.name == name) conditions.push_back(entry.condition);
    }
    return conditions;
  }

  /// The required fields that are not there, and are told.
  std::vector<std::string> check_presence(ExprRef found, const ir::RecordLiteral& literal,
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
        sink_.report(literal_place(found), diag::MaybeMissingField, Code{field.name},
                     Code{types::describe(expected)});
      }
    }
    for (const auto& group : expected.exactly_one_of) check_one_of(found, literal, group, true);
    for (const auto& group : expected.at_least_one_of) check_one_of(found, literal, group, false);
    return missing;
  }

  void check_one_of(ExprRef found, const ir::RecordLiteral& literal,
                    const std::vector<std::string>& group, bool at_most_one) {
    const std::vector<std::string_view> names(group.begin(), group.end());
    std::vector<const ir::RecordLiteral::Entry*> given;
    std::vector<ExprRef> conditions;
    for (const auto& entry : literal.entries) {
      if (std::ranges::find(group, entry.name) == group.end()) continue;
      for (const auto* other : given) {
        if (!at_most_one || other->name == entry.name ||
            exclusive(other->condition, entry.condition))
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
    sink_.report(literal_place(found), diag::ExactlyOneField, Prose{quoted_list(names)},
                 Prose{given.empty() ? "none" : "none on some paths"});
  }

  ExprRef list_literal(ExprRef found, const ir::ListLiteral& literal, const Type& expected) {
    if (expected.kind != Kind::List) return mismatch(found, expected);
    std::vector<ir::ListLiteral::Item> items;
    items.reserve(literal.items.size());
    std::vector<ExprRef> unfit = unfit_items(literal, expected);
    for (const auto& item : literal.items) {
      const bool fits = std::ranges::find(unfit, item.value) == unfit.end();
      items.push_back({item.condition, fits ? visit(item.value, expected.element)
                                            : build_.poison(item.value->span)});
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

  /// Items of a kind that the list does not hold: one mistake, however many there are.
  static std::vector<ExprRef> unfit_items(const ir::ListLiteral& literal, const Type& expected) {
    std::vector<ExprRef> unfit;
    for (const auto& item : literal.items) {
      if (expected.element && !kinds_fit(item.value->type->kind, expected.element->kind))
        unfit.push_back(item.value);
    }
    return unfit;
  }

  void check_size(ExprRef found, const Type& expected) {
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

  /// A list that holds something under conditions only.
  void check_not_empty(ExprRef found, const ir::ListLiteral& literal, const Type& expected) {
    if (expected.min.value_or(0) < 1 || literal.items.empty()) return;
    std::vector<ExprRef> conditions;
    for (const auto& item : literal.items) conditions.push_back(item.condition);
    if (exhaustive(conditions)) return;
    sink_.report(literal_place(found), diag::OutsideType,
                 Prose{fmt::format("the list has no items on some paths, at least {} are needed",
                                   *expected.min)});
  }

  /// What makes an item the same as another: the whole of it in a set, its keys in a list that is a
  /// map.
  static std::optional<std::string> identity(ExprRef item, const Type& list) {
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

  void check_duplicates(const ir::ListLiteral& literal, const Type& expected) {
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

  ExprRef match_arms(ExprRef found, const ir::Match& match, TypeRef expected) {
    ir::Match result{match.subject, {}, nullptr};
    for (const auto& arm : match.arms)
      result.arms.push_back({arm.values, visit(arm.result, expected)});
    if (match.otherwise) result.otherwise = visit(match.otherwise, expected);
    return build_.node(std::move(result), found->type, found->stage, found->span);
  }

  ExprRef comprehension(ExprRef found, const ir::Comprehension& each, const Type& expected) {
    if (expected.kind != Kind::List) return mismatch(found, expected);
    // The language has no maps of at most so many entries, so nobody could do better.
    const bool any_size = each.source->type->kind == Kind::Map && expected.min.value_or(0) == 0;
    if (!any_size && !bounds_within(*found->type, expected)) return wrong_size(found, expected);
    if (expected.unique && !found->type->unique && found->type->max.value_or(2) > 1) {
      return unfit_list(
          found, "the list may hold an item twice, and must be a set",
          "go through a list that is declared as `[…](unique)`, and make of each item "
          "a text with the item in it");
    }
    ir::Comprehension result = each;
    result.body = visit(each.body, expected.element);
    return build_.node(result, found->type, found->stage, found->span);
  }

  /// A list made of another one, which may have too many items, too few, or one of them twice.
  ExprRef unfit_list(ExprRef found, std::string what, std::string way_out) {
    if (is_told(found->span)) return build_.poison(found->span);
    sink_.report(place_of(found->span), diag::OutsideType, Prose{std::move(what)})
        .note(std::move(way_out));
    return build_.poison(found->span);
  }

  ExprRef wrong_size(ExprRef found, const Type& expected) {
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

  ExprBuilder& build_;
  diag::Sink& sink_;
  source::Span use_;  // the innermost value in the author's file that holds what is looked at
  std::vector<const Type*> around_;  // the types of the records that hold what is looked at
};

}  // namespace

bool may_be(const Type& found, const Type& expected) {
  return kinds_fit(found.kind, expected.kind) || kinds_fit(expected.kind, found.kind);
}

ExprRef conform(ExprRef found, TypeRef expected, ExprBuilder& build, diag::Sink& sink) {
  return Conformer(found, build, sink).visit(found, expected);
}

}  // namespace stackc::check
