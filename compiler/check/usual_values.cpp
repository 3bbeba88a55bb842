#include "compiler/check/usual_values.h"

#include <algorithm>

#include "compiler/types/validate.h"

namespace stackc::check {

using ir::ExprRef;

namespace {

bool is_empty_constant(ExprRef expr) {
  const auto* constant = expr->as<ir::Constant>();
  const auto* list = expr->as<ir::ListLiteral>();
  return (constant && constant->value == Value("")) || (list && list->items.empty());
}

/// `has name`, `name != ""` or `name != []`, or several of them.
bool asks_whether_there(ExprRef condition, const std::string& name) {
  const auto is_variable = [&](ExprRef expr) {
    const auto* variable = expr->as<ir::Variable>();
    return variable != nullptr && variable->name == name;
  };
  if (const auto* present = condition->as<ir::Present>()) return is_variable(present->operand);
  if (const auto* compare = condition->as<ir::Compare>())
    return compare->op == ir::Compare::Op::Ne && is_variable(compare->left) &&
           is_empty_constant(compare->right);
  const auto* logic = condition->as<ir::Logic>();
  return logic != nullptr && logic->op == ir::Logic::Op::And &&
         asks_whether_there(logic->left, name) && asks_whether_there(logic->right, name);
}

}  // namespace

UsualValues::UsualValues(const ir::Template& source,
                         const std::vector<ir::ClusterVariable>& variables,
                         const PlacesOfVariables& places, const ExprBuilder& build)
    : variables_(variables), places_(places), build_(build) {
  std::vector<ExprRef> conditions;
  if (source.spec != nullptr) find_conditional(source.spec, conditions);
}

// Recursion follows the expression, whose depth the checker bounds.
void UsualValues::find_conditional(ExprRef value, std::vector<ExprRef>& conditions,
                                   ExprRef condition) {
  if (condition != nullptr) conditions.push_back(condition);
  find_conditional(value, conditions);
  if (condition != nullptr) conditions.pop_back();
}

void UsualValues::find_conditional(ExprRef value, std::vector<ExprRef>& conditions) {
  if (const auto* record = value->as<ir::RecordLiteral>()) {
    for (const auto& entry : record->entries)
      find_conditional(entry.value, conditions, entry.condition);
  } else if (const auto* list = value->as<ir::ListLiteral>()) {
    for (const auto& item : list->items) find_conditional(item.value, conditions, item.condition);
  } else if (const auto* choice = value->as<ir::Conditional>()) {
    find_conditional(choice->then, conditions, choice->condition);
    find_conditional(choice->otherwise, conditions, choice->condition);
  } else if (const auto* match = value->as<ir::Match>()) {
    for (const auto& arm : match->arms) find_conditional(arm.result, conditions, match->subject);
    if (match->otherwise) find_conditional(match->otherwise, conditions, match->subject);
  } else if (const auto* each = value->as<ir::Comprehension>()) {
    find_conditional(each->body, conditions, each->source);
  } else if (const auto* variable = value->as<ir::Variable>()) {
    const bool is_free = std::ranges::all_of(conditions, [&](ExprRef condition) {
      return asks_whether_there(condition, variable->name);
    });
    if (!is_free) conditional_.insert(value);
  }
}

void UsualValues::for_each_text(ExprRef value, const std::string& path,
                                const std::function<void(const UsualText&)>& visit) const {
  const auto tell = [&](const Value& usual, source::Span written) {
    if (const std::string* text = usual.if_string()) visit({*text, path, written, value->span});
    if (usual.if_list() == nullptr) return;
    for (const Value& item : *usual.if_list()) {
      if (const std::string* text = item.if_string())
        visit({*text, path + "[]", written, value->span});
    }
  };
  if (const auto* constant = value->as<ir::Constant>()) {
    const auto origin = build_.begins_elsewhere(value) ? build_.origin(value) : std::nullopt;
    const bool is_near = origin && origin->file == value->span.file;
    return tell(constant->value, is_near ? *origin : value->span);
  }
  const auto* reference = value->as<ir::Variable>();
  if (reference == nullptr || conditional_.contains(value)) return;
  const auto variable = std::ranges::find(variables_, reference->name, &ir::ClusterVariable::name);
  const auto places = places_.find(reference->name);
  if (variable == variables_.end() || places == places_.end()) return;
  const auto tell_if_let_through = [&](const Value& usual, source::Span written) {
    if (types::validate(usual, *value->type).empty()) tell(usual, written);
  };
  if (variable->default_value && places->second.default_value)
    tell_if_let_through(*variable->default_value, *places->second.default_value);
  for (std::size_t i = 0; i < variable->examples.size(); ++i)
    tell_if_let_through(variable->examples[i], places->second.examples[i]);
}

}  // namespace stackc::check
