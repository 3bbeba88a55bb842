#include "compiler/check/decided_conditions.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/check/conform.h"
#include "compiler/check/expr_key.h"
#include "compiler/check/facts.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/type.h"
#include "compiler/ir/operations.h"

namespace stackc::check {
namespace {

using ir::ExprRef;
using types::Kind;
using types::Type;
using Op = ir::Compare::Op;
using What = Decision::What;

// ---- by the types of the two sides ----

bool is_number(const Type& type) {
  return type.kind == Kind::Int || type.kind == Kind::Number;
}

/// All texts of the type are listed.
bool is_closed(const Type& type) {
  return type.kind == Kind::String && !type.values.empty() && !type.or_other_text;
}

/// Conditions around it may have left no value.
bool is_empty_range(const Type& type) {
  return type.min && type.max && *type.min > *type.max;
}

bool less(std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
  return a && b && *a < *b;
}

bool at_most(std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
  return a && b && *a <= *b;
}

std::optional<bool> compare_numbers(Op op, const Type& left, const Type& right) {
  const auto either = [](bool is_true, bool is_false) {
    return is_true ? std::optional(true) : is_false ? std::optional(false) : std::nullopt;
  };
  const bool apart = less(left.max, right.min) || less(right.max, left.min);
  const bool same =
      left.min && left.min == left.max && left.min == right.min && right.min == right.max;
  switch (op) {
    case Op::Eq:
      return either(same, apart);
    case Op::Ne:
      return either(apart, same);
    case Op::Lt:
      return either(less(left.max, right.min), at_most(right.max, left.min));
    case Op::Le:
      return either(at_most(left.max, right.min), less(right.max, left.min));
    case Op::Gt:
      return either(less(right.max, left.min), at_most(left.max, right.min));
    case Op::Ge:
      return either(at_most(right.max, left.min), less(left.max, right.min));
  }
  return std::nullopt;
}

/// Whether two texts are equal; nothing if it depends.
std::optional<bool> equal_texts(const Type& left, const Type& right) {
  if (!is_closed(left) || !is_closed(right)) return std::nullopt;
  if (left.values.size() == 1 && left.values == right.values) return true;
  const bool share = std::ranges::any_of(left.values, [&](const std::string& text) {
    return std::ranges::find(right.values, text) != right.values.end();
  });
  return share ? std::nullopt : std::optional(false);
}

std::optional<bool> compare(const ir::Compare& node) {
  const Type& left = *node.left->type;
  const Type& right = *node.right->type;
  const std::string key = key_of(node.left);
  if (!key.empty() && key == key_of(node.right))
    return node.op == Op::Eq || node.op == Op::Le || node.op == Op::Ge;
  if (is_empty_range(left) || is_empty_range(right)) return std::nullopt;
  if (is_number(left) && is_number(right)) return compare_numbers(node.op, left, right);
  std::optional<bool> equal;
  if (left.kind == Kind::List || left.kind == Kind::Map) {  // with an empty one
    if (left.min.value_or(0) > 0) equal = false;
    if (left.max == 0) equal = true;
  } else {
    equal = equal_texts(left, right);
  }
  if (!equal) return std::nullopt;
  return node.op == Op::Eq ? *equal : !*equal;
}

/// `startsWith(mode, "octavia")` for a `mode` whose values are listed.
std::optional<bool> call(const ir::Call& node) {
  const auto part = node.arguments.size() == 2 ? constant_value(node.arguments[1]) : std::nullopt;
  const std::string* text = part ? part->if_string() : nullptr;
  const Type& subject = *node.arguments[0]->type;
  if (text == nullptr || !is_closed(subject)) return std::nullopt;
  const auto holds = [&](const std::string& value) {
    return ir::holds(node.function, value, *text);
  };
  if (std::ranges::all_of(subject.values, holds)) return true;
  return std::ranges::none_of(subject.values, holds) ? std::optional(false) : std::nullopt;
}

/// `Int(1..)` also where the author has a name for it: conditions may have narrowed it.
std::string shown_type(ExprRef expr) {
  Type type = *expr->type;
  type.name.clear();
  return types::describe(type);
}

}  // namespace

std::string describe_types(const std::vector<ExprRef>& parts) {
  std::string note;
  for (const ExprRef part : parts) {
    if (constant_value(part)) continue;
    const std::string what = path_of(part).empty() ? "one side" : "`" + shown_path(part) + "`";
    note += fmt::format("{}{} is of type `{}`", note.empty() ? "" : ", ", what, shown_type(part));
  }
  return note + " here";
}

namespace {

/// The nearest assumption from which something follows about what has the key.
const Assumption* assumption_about(const std::string& key, const Assumption* assumed) {
  for (; assumed != nullptr; assumed = assumed->outer) {
    std::deque<Fact> store;
    const Fact* fact = assume(assumed->condition, assumed->holds, nullptr, store);
    for (; fact != nullptr; fact = fact->outer) {
      if (fact->path == key) return assumed;
    }
  }
  return nullptr;
}

void point_at(const Assumption* assumption, Decision& decision) {
  if (assumption == nullptr) return;
  decision.around = assumption->condition->span;
  decision.around_holds = assumption->holds;
}

std::optional<Decision> by_types(ExprRef condition, const Assumption* assumed) {
  std::optional<bool> holds;
  std::vector<ExprRef> parts;
  if (const auto* node = condition->as<ir::Compare>()) {
    holds = compare(*node);
    parts = {node->left, node->right};
  } else if (const auto* function = condition->as<ir::Call>()) {
    holds = call(*function);
    parts = {function->arguments[0]};
  }
  if (!holds) return std::nullopt;
  Decision decision{*holds ? What::AlwaysTrue : What::AlwaysFalse, ""};
  const std::string key = key_of(parts[0]);
  const bool same = parts.size() == 2 && !key.empty() && key == key_of(parts[1]);
  decision.reason = same ? "both sides are the same" : describe_types(parts);
  if (!same && !key.empty()) point_at(assumption_about(key, assumed), decision);
  return decision;
}

// ---- by the conditions around it ----

std::optional<Decision> by_assumptions(ExprRef condition, const std::vector<Wanted>& given,
                                       const Assumption* assumed, int& visits) {
  const auto can_be = [&](std::vector<Wanted> around, bool value) {
    around.push_back({condition, value});
    return possible(std::move(around), visits);
  };
  const bool can_hold = can_be(given, true);
  if (can_hold && can_be(given, false)) return std::nullopt;
  Decision decision{can_hold ? What::AlwaysTrue : What::AlwaysFalse, ""};
  if (!can_be({}, !can_hold)) return decision;  // by itself
  for (; assumed != nullptr; assumed = assumed->outer) {
    if (can_be({{assumed->condition, assumed->holds}}, !can_hold)) continue;
    point_at(assumed, decision);
    return decision;
  }
  decision.reason = "this follows from the conditions around it together";
  decision.by_several = true;
  return decision;
}

std::vector<Wanted> nearest_of(const Assumption* assumed) {
  constexpr std::size_t most = 16;  // nobody nests deeper, and the search is costly
  std::vector<Wanted> given;
  for (; assumed && given.size() < most; assumed = assumed->outer)
    given.push_back({assumed->condition, assumed->holds});
  return given;
}

}  // namespace

bool is_reached(const Assumption* assumed, int& visits) {
  return assumed == nullptr || possible(nearest_of(assumed), visits);
}

std::optional<Decision> decide(ExprRef condition, const Assumption* assumed, int& visits) {
  if (auto decision = by_types(condition, assumed)) return decision;
  return by_assumptions(condition, nearest_of(assumed), assumed, visits);
}

Decision decided_presence(const std::string& path, const Assumption* assumed) {
  Decision decision{What::AlwaysTrue, ""};
  point_at(assumption_about(path, assumed), decision);
  return decision;
}

void DecidedConditions::add(source::Span place, std::optional<Decision> decision) {
  const auto [known, is_new] = decisions_.emplace(place, decision);
  if (is_new || !known->second) return;
  if (!decision || decision->what != known->second->what) known->second.reset();
}

void DecidedConditions::add_all(const DecidedConditions& other) {
  for (const auto& [place, decision] : other.decisions_) add(place, decision);
  follow_ups_.insert(other.follow_ups_.begin(), other.follow_ups_.end());
}

namespace {

bool has_comment(const source::SourceSet& sources, source::Span span) {
  const std::string_view text = sources.file(span.file).text();
  return text.substr(span.begin, span.end - span.begin).find("//") != std::string_view::npos;
}

bool holds(source::Span outer, source::Span inner) {
  return outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

}  // namespace

/// Of a condition and a part of it, the part says more, if nothing else is needed to see it.
bool DecidedConditions::is_reported(source::Span place, const Decision& decision) const {
  if (decision.what == What::ArmNotTaken) return true;
  const bool names_the_rest =
      decision.what == What::AlwaysTrue &&
      std::ranges::any_of(follow_ups_, [&](source::Span each) { return holds(each, place); });
  if (names_the_rest) return false;
  return std::ranges::none_of(decisions_, [&](const auto& entry) {
    const auto& [other, known] = entry;
    if (!known || known->what == What::ArmNotTaken || other == place) return false;
    return (holds(place, other) && !known->by_several) ||
           (holds(other, place) && decision.by_several);
  });
}

void DecidedConditions::report(const source::SourceSet& sources, diag::Sink& sink) const {
  for (const auto& [place, decision] : decisions_) {
    if (!decision || !is_reported(place, *decision)) continue;
    const bool is_true = decision->what == What::AlwaysTrue;
    auto report =
        decision->what == What::ArmNotTaken
            ? sink.report(place, diag::UnreachableArm)
            : sink.report(place, diag::ConstantCondition, diag::Code{is_true ? "true" : "false"});
    if (decision->around) {
      const auto& label = decision->around_holds ? diag::ReachedIf : diag::ReachedUnless;
      report.label(*decision->around, label);
    }
    if (!decision->reason.empty()) report.note(decision->reason);
    if (decision->needless && !has_comment(sources, *decision->needless))
      report.fix({"Remove the arm", {{*decision->needless, ""}}});
    if (decision->what != What::ArmNotTaken)
      report.note("no cluster changes that: leave it out, or correct it");
  }
}

}  // namespace stackc::check
