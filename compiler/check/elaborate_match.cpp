#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/check/conform.h"
#include "compiler/check/conformer.h"
#include "compiler/check/elaborator.h"
#include "compiler/check/facts.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using ir::ExprRef;
using types::Kind;

/// What the patterns of an arm take; adds it to `seen`. A null `wanted` takes everything, and
/// becomes null with a pattern of another kind: then it is the subject that is wrong for all.
std::vector<Value> Elaborator::arm_values(const syntax::MatchArm& arm, types::TypeRef& wanted,
                                          std::vector<Value>& seen, bool& broken) {
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
    if (conform(typed, wanted, build_, sink_)->type->kind == Kind::Poison) {
      broken = true;
      if (!kinds_fit(typed->type->kind, wanted->kind)) wanted = nullptr;
    }
    seen.push_back(literal->value);
    values.push_back(literal->value);
  }
  return values;
}

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
  const auto subject_value = broken_subject ? std::nullopt : constant_value(subject);
  types::TypeRef wanted = broken_subject || subject_value
                              ? nullptr  // anything
                              : widest_type(*match.subject, subject, context);
  ir::Match result{subject, {}, nullptr};
  std::vector<Value> seen;
  ExprRef chosen = nullptr;
  bool has_otherwise = false;
  bool broken = broken_subject;
  for (const syntax::MatchArm& arm : match.arms) {
    Context inner = context;
    std::vector<Value> values = arm_values(arm, wanted, seen, broken);
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
  std::vector<source::Span> branches;
  for (const syntax::MatchArm& arm : match.arms) branches.push_back(arm.result->span);
  same_branches_.add(match.subject->span, std::move(branches));
  note_arms(match, subject, context);
  if (chosen) return {chosen};
  if (result.arms.empty() && result.otherwise) return {result.otherwise};
  if (result.arms.empty() || subject_value) return poison(span);
  return {build_.match(std::move(result), span)};
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
