#include "compiler/check/rules/value_samples.h"

#include <algorithm>
#include <optional>

#include "compiler/check/conform.h"
#include "compiler/types/validate.h"

namespace stackc::check {
namespace {

using ir::ExprRef;
using types::Kind;

constexpr std::size_t most_conditions = 32;

/// The conditions and the largest number of arms in an expression.
class Branches {
 public:
  void visit(ExprRef expr) {
    if (const auto* record = expr->as<ir::RecordLiteral>()) {
      for (const auto& entry : record->entries) branch(entry.condition, entry.value);
    } else if (const auto* list = expr->as<ir::ListLiteral>()) {
      for (const auto& item : list->items) branch(item.condition, item.value);
    } else if (const auto* choice = expr->as<ir::Conditional>()) {
      branch(choice->condition, choice->then);
      visit(choice->otherwise);
    } else if (const auto* match = expr->as<ir::Match>()) {
      most_arms = std::max(most_arms, match->arms.size() + 1);
      for (const auto& arm : match->arms) visit(arm.result);
      if (match->otherwise) visit(match->otherwise);
    }
  }

  std::vector<ExprRef> conditions;
  std::size_t most_arms = 1;

 private:
  void branch(ExprRef condition, ExprRef value) {
    const bool is_new = std::ranges::find(conditions, condition) == conditions.end();
    if (condition && is_new && conditions.size() < most_conditions) conditions.push_back(condition);
    visit(value);
  }
};

/// Nothing where the kind is not certain.
std::optional<Value> stand_in(const types::Type& type) {
  switch (type.kind) {
    case Kind::Bool:
      return true;
    case Kind::Int:
      return type.min.value_or(0);
    case Kind::String:
      return type.values.empty() ? "x" : type.values.front();
    case Kind::List:
      return List();
    case Kind::Map:
    case Kind::Record:
      return Record();
    case Kind::Number:
    case Kind::IntOrString:
    case Kind::Any:
    case Kind::Poison:
      return std::nullopt;
  }
  return std::nullopt;
}

/// Builds one sample.
class Sampler {
 public:
  Sampler(const std::vector<ExprRef>& conditions, const std::vector<bool>& outcomes,
          std::size_t arm)
      : conditions_(conditions), outcomes_(outcomes), arm_(arm) {}

  /// Nothing if the value is absent.
  std::optional<Value> visit(ExprRef expr, const std::string& path) {
    if (const auto* constant = expr->as<ir::Constant>()) return constant->value;
    if (const auto* record = expr->as<ir::RecordLiteral>()) return fields(*record, path);
    if (const auto* list = expr->as<ir::ListLiteral>()) return items(*list, path);
    if (const auto* choice = expr->as<ir::Conditional>())
      return visit(holds(choice->condition) ? choice->then : choice->otherwise, path);
    if (const auto* match = expr->as<ir::Match>()) return visit(chosen(*match), path);
    auto value = stand_in(*expr->type);
    (value ? sample.stand_ins : sample.left_out).insert(path);
    return value;
  }

  ValueSample sample;

 private:
  bool holds(ExprRef condition) const {
    const auto found = std::ranges::find(conditions_, condition);
    return found == conditions_.end() ||
           outcomes_[static_cast<std::size_t>(std::distance(conditions_.begin(), found))];
  }

  ExprRef chosen(const ir::Match& match) const {
    const std::size_t arm = arm_ % (match.arms.size() + (match.otherwise ? 1 : 0));
    return arm < match.arms.size() ? match.arms[arm].result : match.otherwise;
  }

  std::optional<Value> fields(const ir::RecordLiteral& record, const std::string& path) {
    Record result;
    for (const auto& entry : record.entries) {
      if (entry.condition && !holds(entry.condition)) continue;
      const std::string below = types::field_path(path, entry.name);
      auto value = visit(entry.value, below);
      if (!value) continue;
      sample.places.insert_or_assign(below, entry.span);
      result.set(entry.name, *std::move(value));
    }
    if (result.empty() && !record.entries.empty()) return std::nullopt;
    return result;
  }

  List items(const ir::ListLiteral& list, const std::string& path) {
    List result;
    for (const auto& item : list.items) {
      if (item.condition && !holds(item.condition)) continue;
      const std::string below = types::item_path(path, result.size());
      auto value = visit(item.value, below);
      if (!value) continue;
      sample.places.insert_or_assign(below, item.value->span);
      result.push_back(*std::move(value));
    }
    return result;
  }

  const std::vector<ExprRef>& conditions_;
  const std::vector<bool>& outcomes_;
  std::size_t arm_;
};

}  // namespace

std::vector<ValueSample> value_samples(ExprRef expr) {
  Branches branches;
  branches.visit(expr);
  std::vector<ValueSample> samples;
  const auto outcomes = outcomes_each_way(branches.conditions);
  for (std::size_t i = 0; i < std::max(outcomes.size(), branches.most_arms); ++i) {
    Sampler sampler(branches.conditions, outcomes[i % outcomes.size()], i);
    auto value = sampler.visit(expr, "");
    sampler.sample.value = value ? *std::move(value) : Value(Record());
    samples.push_back(std::move(sampler.sample));
  }
  return samples;
}

}  // namespace stackc::check
