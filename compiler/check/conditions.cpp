#include <algorithm>
#include <map>
#include <optional>

#include "compiler/check/conform.h"
#include "compiler/check/facts.h"

namespace stackc::check {
namespace {

/// One factor of a condition: an expression that cannot be split, or its negation.
struct Factor {
  ir::ExprRef expr;
  bool positive;
};
using Product = std::vector<Factor>;

/// The factors that all hold if the condition does.
void split(ir::ExprRef condition, bool positive, Product& product) {
  if (condition == nullptr) return;
  if (const auto* negation = condition->as<ir::Not>()) return split(negation->operand, !positive, product);
  const auto* logic = condition->as<ir::Logic>();
  if (logic && (logic->op == ir::Logic::Op::And) == positive) {
    split(logic->left, positive, product);
    split(logic->right, positive, product);
    return;
  }
  product.push_back({condition, positive});
}

/// Products that still can hold when `expr` is `value`; its factor is dropped from them.
std::vector<Product> restrict_to(const std::vector<Product>& sum, ir::ExprRef expr, bool value) {
  std::vector<Product> rest;
  for (const Product& product : sum) {
    const auto contradicts = [&](const Factor& factor) { return factor.expr == expr && factor.positive != value; };
    if (std::ranges::any_of(product, contradicts)) continue;
    Product shorter;
    std::ranges::copy_if(product, std::back_inserter(shorter), [&](const Factor& factor) { return factor.expr != expr; });
    rest.push_back(std::move(shorter));
  }
  return rest;
}

/// `steps` bounds the work: the question is exponential in the number of different factors.
bool always_holds(const std::vector<Product>& sum, int& steps) {
  if (--steps < 0 || sum.empty()) return false;
  if (std::ranges::any_of(sum, &Product::empty)) return true;
  const ir::ExprRef pivot = sum.front().front().expr;
  return always_holds(restrict_to(sum, pivot, true), steps) && always_holds(restrict_to(sum, pivot, false), steps);
}

struct Equality {
  std::string path;
  Value value;
};

std::optional<Equality> equality(const Factor& factor) {
  const auto* compare = factor.expr->as<ir::Compare>();
  if (compare == nullptr) return std::nullopt;
  const bool equal = compare->op == ir::Compare::Op::Eq ? factor.positive
                     : compare->op == ir::Compare::Op::Ne ? !factor.positive
                                                           : false;
  const auto* constant = compare->right->as<ir::Constant>();
  const std::string path = path_of(compare->left);
  if (!equal || constant == nullptr || path.empty()) return std::nullopt;
  return Equality{path, constant->value};
}

bool contradict(const Factor& a, const Factor& b) {
  if (a.expr == b.expr) return a.positive != b.positive;
  const auto left = equality(a);
  const auto right = equality(b);
  return left && right && left->path == right->path && !(left->value == right->value);
}

}  // namespace

bool exhaustive(const std::vector<ir::ExprRef>& conditions) {
  std::vector<Product> sum;
  for (const ir::ExprRef condition : conditions) split(condition, true, sum.emplace_back());
  int steps = 4096;
  return always_holds(sum, steps);
}

bool exclusive(ir::ExprRef a, ir::ExprRef b) {
  if (a == nullptr || b == nullptr) return false;
  Product left, right;
  split(a, true, left);
  split(b, true, right);
  return std::ranges::any_of(left, [&](const Factor& factor) {
    return std::ranges::any_of(right, [&](const Factor& other) { return contradict(factor, other); });
  });
}

}  // namespace stackc::check
