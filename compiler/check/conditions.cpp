#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>

#include "compiler/check/conform.h"
#include "compiler/check/expr_key.h"
#include "compiler/check/facts.h"

namespace stackc::check {
namespace {

using ir::ExprRef;

/// Something that is true or false by itself. What says the same has the same key, wherever it was
/// written.
struct Atom {
  std::string key;
  bool positive = true;  // false: the expression is the opposite of what the key says
  std::string path;      // of `path == value`; empty for other atoms
  types::TypeRef type = nullptr;
};

std::string address(ExprRef expr) {
  return fmt::format("@{}", static_cast<const void*>(expr));
}

Atom atom_of(ExprRef expr) {
  if (const auto* present = expr->as<ir::Present>())
    return {.key = "has " + path_of(present->operand)};
  const auto* compare = expr->as<ir::Compare>();
  const std::string path = compare ? key_of(compare->left) : "";
  const auto value = compare ? constant_value(compare->right) : std::nullopt;
  if (!path.empty() && value) {
    using Op = ir::Compare::Op;
    if (const bool* flag = value->if_bool()) {  // says what `flag` or `!flag` says
      return {.key = path, .positive = *flag == (compare->op == Op::Eq)};
    }
    switch (compare->op) {
      case Op::Eq:
        return {.key = path + " == " + to_json(*value), .path = path, .type = compare->left->type};
      case Op::Ne:
        return {.key = path + " == " + to_json(*value),
                .positive = false,
                .path = path,
                .type = compare->left->type};
      case Op::Lt:
        return {.key = path + " < " + to_json(*value)};
      case Op::Ge:
        return {.key = path + " < " + to_json(*value), .positive = false};
      case Op::Le:
        return {.key = path + " <= " + to_json(*value)};
      case Op::Gt:
        return {.key = path + " <= " + to_json(*value), .positive = false};
    }
  }
  const std::string key = key_of(expr);
  return {.key = key.empty() ? address(expr) : key};
}

/// Looks for values of the atoms under which a condition holds. The question is exponential in the
/// number of atoms, so the work is bounded; beyond the bound the answer is that there are such
/// values.
class Search {
 public:
  Search(std::vector<Wanted> wanted, int& visits) : wanted_(std::move(wanted)), visits_(visits) {}

  bool satisfiable() {
    if (--steps_ < 0 || visits_ < 0) return true;
    open_.reset();
    for (const auto& [condition, value] : wanted_) {
      const auto result = evaluate(condition);
      if (result && *result != value) return false;
    }
    if (!open_) return true;
    const Atom atom = *open_;
    for (const bool value : {true, false}) {
      values_[atom.key] = value;
      if (consistent(atom, value) && satisfiable()) return true;
      values_.erase(atom.key);
      if (value && !atom.path.empty()) std::erase(equal_[atom.path], atom.key);
    }
    return false;
  }

 private:
  /// Under the values chosen so far; nothing if they do not decide it, and then `open_` is an atom
  /// to choose next.
  std::optional<bool> evaluate(ExprRef condition) {
    if (condition == nullptr) return true;
    // Lets share their parts, so that a short definition can stand for a huge condition.
    if (--visits_ < 0) return std::nullopt;
    if (const auto constant = known(condition)) return constant;
    if (const auto* negation = condition->as<ir::Not>()) {
      const auto operand = evaluate(negation->operand);
      return operand ? std::optional(!*operand) : std::nullopt;
    }
    if (const auto* logic = condition->as<ir::Logic>()) {
      const bool decides = logic->op == ir::Logic::Op::Or;
      const auto left = evaluate(logic->left);
      if (left == decides) return decides;
      const auto right = evaluate(logic->right);
      if (right == decides) return decides;
      return left && right ? std::optional(!decides) : std::nullopt;
    }
    const Atom atom = atom_of(condition);
    if (const auto value = values_.find(atom.key); value != values_.end())
      return value->second == atom.positive;
    if (!open_) open_ = atom;
    return std::nullopt;
  }

  /// One thing equals one value only, and a text with listed values equals one of them.
  bool consistent(const Atom& atom, bool value) {
    if (atom.path.empty()) return true;
    auto& equal = equal_[atom.path];
    if (value) {
      equal.push_back(atom.key);
      return equal.size() == 1;
    }
    if (atom.type->values.empty() || atom.type->or_other_text) return true;
    return std::ranges::any_of(atom.type->values, [&](const std::string& listed) {
      const auto chosen = values_.find(atom.path + " == " + to_json(Value(listed)));
      return chosen == values_.end() || chosen->second;
    });
  }

  std::vector<Wanted> wanted_;
  std::map<std::string, bool> values_;
  std::map<std::string, std::vector<std::string>> equal_;  // keys that are true, by path
  std::optional<Atom> open_;
  int steps_ = 4096;
  int& visits_;  // how many parts of conditions may still be looked at
};

}  // namespace

bool exhaustive(const std::vector<ExprRef>& conditions) {
  std::vector<Wanted> none;
  for (const ExprRef condition : conditions) none.push_back({condition, false});
  return !conditions.empty() && !possible(std::move(none));
}

bool exclusive(ExprRef a, ExprRef b) {
  if (a == nullptr || b == nullptr) return false;
  return !possible({{a, true}, {b, true}});
}

bool possible(std::vector<Wanted> wanted, int& visits) {
  return Search(std::move(wanted), visits).satisfiable();
}

bool possible(std::vector<Wanted> wanted) {
  int visits = 100'000;
  return possible(std::move(wanted), visits);
}

namespace {

/// One condition as wanted and the others the other way where they can be; empty if it cannot be.
std::vector<bool> outcome_with(const std::vector<ExprRef>& conditions, std::size_t fixed,
                               bool value) {
  std::vector<Wanted> wanted{{conditions[fixed], value}};
  if (!possible(wanted)) return {};
  std::vector<bool> outcome(conditions.size(), value);
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (i == fixed) continue;
    wanted.push_back({conditions[i], !value});
    if (!possible(wanted)) wanted.back().holds = value;
    outcome[i] = wanted.back().holds;
  }
  return outcome;
}

}  // namespace

std::vector<std::vector<bool>> outcomes_each_way(const std::vector<ExprRef>& conditions) {
  std::vector<std::vector<bool>> outcomes;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    for (const bool value : {true, false}) {
      auto outcome = outcome_with(conditions, i, value);
      const bool is_new = std::ranges::find(outcomes, outcome) == outcomes.end();
      if (!outcome.empty() && is_new) outcomes.push_back(std::move(outcome));
    }
  }
  if (outcomes.empty()) outcomes.emplace_back(conditions.size(), true);
  return outcomes;
}

}  // namespace stackc::check
