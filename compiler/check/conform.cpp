#include "compiler/check/conform.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "compiler/check/conformer.h"
#include "compiler/check/explain_mismatch.h"
#include "compiler/check/expr_parts.h"
#include "compiler/check/facts.h"
#include "compiler/check/meant.h"
#include "compiler/check/rules/scs_flavor.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/type.h"
#include "compiler/types/validate.h"

namespace stackc::check {

using diag::Prose;
using ir::ExprRef;
using types::Kind;
using types::Type;
using types::TypeRef;

bool is_scalar(Kind kind) {
  return kind == Kind::Bool || kind == Kind::Int || kind == Kind::Number || kind == Kind::String;
}

namespace {

/// Whether each branch computes what may not fit: then none is wrong for itself.
bool no_branch_fits(ExprRef found, const Type& expected) {
  return std::ranges::all_of(branches_of(found), [&](ExprRef branch) {
    return is_scalar(branch->type->kind) && !branch->as<ir::Constant>() &&
           !assignable(*branch->type, expected);
  });
}

}  // namespace

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

ExprRef Conformer::visit(ExprRef found, TypeRef expected) {
  if (expected == nullptr || expected->kind == Kind::Any || expected->kind == Kind::Poison)
    return found;
  if (found->type->kind == Kind::Poison) return found;
  const source::Span outer = std::exchange(use_, place_of(found->span));
  const ExprRef result = fitted(found, expected);
  use_ = outer;
  return result;
}

ExprRef Conformer::fitted(ExprRef found, TypeRef expected) {
  if (const auto* constant = found->as<ir::Constant>())
    return scalar(found, constant->value, *expected);
  if (const auto* record = found->as<ir::RecordLiteral>())
    return record_literal(found, *record, *expected);
  if (const auto* list = found->as<ir::ListLiteral>()) return list_literal(found, *list, *expected);
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

source::Span Conformer::place_of(source::Span written) const {
  return written.file == use_.file ? written : use_;
}

void Conformer::label_origin(diag::ReportBuilder& report, ExprRef found) const {
  if (const auto written = build_.origin(found)) {
    report.label(*written, diag::WrittenHere);
  } else if (found->span != place_of(found->span)) {
    report.label(found->span, diag::WrittenHere);
  }
}

std::optional<source::Span> Conformer::fact_of(ExprRef found) const {
  const auto written = build_.origin(found);
  const bool is_fact = written && build_.is_fact(*written) && build_.begins_elsewhere(found);
  return is_fact ? written : std::nullopt;
}

source::Span Conformer::literal_place(ExprRef literal) const {
  const auto written = build_.origin(literal);
  return place_of(written ? place_of(*written) : literal->span);
}

ExprRef Conformer::mismatch(ExprRef found, const Type& expected,
                            const std::vector<ExprRef>& others) {
  if (is_told(found->span)) return build_.poison(found->span);
  const std::string wanted = describe_expected(expected);
  const source::Span use = place_of(found->span);
  const auto written = build_.origin(found);
  const std::string what = describe_found(found);
  const std::string variable = declared_path(found);
  const std::string reason = fmt::format("{} {} for {}", variable, what, wanted);
  const bool has_uses = written || !variable.empty();
  const source::Span first =
      has_uses ? build_.first_misfit(written.value_or(source::Span{}), reason, use) : use;
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

std::string Conformer::declared_path(ExprRef found) const {
  if (found->as<ir::Variable>()) return path_of(found);
  const auto loop =
      std::ranges::find(loops_, path_of(found), &std::pair<std::string, ExprRef>::first);
  const bool takes_items = found->as<ir::Local>() && loop != loops_.end();
  return takes_items && loop->second->as<ir::Variable>() ? path_of(loop->second) + "[]" : "";
}

bool Conformer::written_here(ExprRef found) const {
  return found->span == place_of(found->span) && !build_.origin(found);
}

void Conformer::explain_type(diag::ReportBuilder& report, const Type& expected) const {
  std::string doc = build_.doc_of_type(expected.name);
  std::ranges::replace(doc, '\n', ' ');
  if (!doc.empty()) report.note(fmt::format("`{}`: {}", expected.name, doc));
}

ExprRef Conformer::scalar(ExprRef found, const Value& value, const Type& expected) {
  const auto mismatches = types::validate(value, expected);
  if (mismatches.empty()) return found;
  if (is_told(found->span)) return build_.poison(found->span);
  const Type actual = singleton(value);
  const bool numeric = expected.kind == Kind::Number && actual.kind == Kind::Int;
  const bool either = expected.kind == Kind::IntOrString && actual.kind == Kind::String;
  if (actual.kind != expected.kind && !numeric && !either) return mismatch(found, expected);
  // A long pattern says less than the name of the type.
  const bool named = !expected.name.empty() && !expected.pattern.empty() && expected.values.empty();
  const auto fact = fact_of(found);
  const auto written = build_.origin(found);
  if (written && sink_.has_error_at(*written)) return build_.poison(found->span);
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
  const bool is_empty = actual.kind == Kind::String && value == Value("");
  if (is_empty && !expected.name.empty() && expected.values.empty())
    report.note(
        fmt::format("to allow the empty text too, declare it as `{} | \"\"`", expected.name));
  if (expected.format == "date") report.note("a date is written `2026-04-16`");
  if (const std::string* text = value.if_string()) suggest_text(report, found, *text, expected);
  return build_.poison(found->span);
}

void Conformer::suggest_text(diag::ReportBuilder& report, ExprRef found, std::string_view text,
                             const Type& expected) const {
  const std::vector<std::string_view> choices(expected.values.begin(), expected.values.end());
  std::string meant = meant_scs_flavor(text);
  if (meant.empty() || !types::validate(Value(meant), expected).empty())
    meant = expected.pattern.empty() ? "" : meant_text(text, expected);
  const Nearest near = meant.empty() ? meant_value(text, choices) : Nearest{.name = meant};
  if (near.empty()) return;
  report.hint(fmt::format("did you mean `{}`?", near.name));
  if (!written_here(found)) return;
  report.fix({fmt::format("Replace with `{}`", near.name),
              {{found->span, to_json(Value(std::string(near.name)))}},
              near.only});
}

ExprRef Conformer::match_arms(ExprRef found, const ir::Match& match, TypeRef expected) {
  ir::Match result{match.subject, {}, nullptr};
  for (const auto& arm : match.arms)
    result.arms.push_back({arm.values, visit(arm.result, expected)});
  if (match.otherwise) result.otherwise = visit(match.otherwise, expected);
  return build_.node(std::move(result), found->type, found->stage, found->span);
}

bool may_be(const Type& found, const Type& expected) {
  return kinds_fit(found.kind, expected.kind) || kinds_fit(expected.kind, found.kind);
}

ExprRef conform(ExprRef found, TypeRef expected, ExprBuilder& build, diag::Sink& sink) {
  return Conformer(found, build, sink).visit(found, expected);
}

}  // namespace stackc::check
