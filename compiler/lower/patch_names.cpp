#include "compiler/lower/patch_names.h"

#include <algorithm>

#include "compiler/base/ascii.h"
#include "compiler/lower/conditions.h"
#include "compiler/lower/rewrite.h"

namespace stackc::lower {

using ir::ExprRef;

namespace {

void add_once(std::vector<std::string>& words, const std::string& word) {
  if (!word.empty() && std::ranges::find(words, word) == words.end()) words.push_back(word);
}

void collect_variables(ExprRef expr, std::vector<std::string>& names) {
  if (const auto* variable = expr->as<ir::Variable>()) add_once(names, variable->name);
  for_each_operand(expr, [&](ExprRef operand) { collect_variables(operand, names); });
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "-") + word;
  return text;
}

/// What a condition speaks of, and whether it asks for something to be so or not to be so.
struct Topic {
  std::string text;
  bool positive = true;
};

bool is_empty(const Value& value) {
  return (value.if_string() && value.if_string()->empty()) ||
         (value.if_list() && value.if_list()->empty()) ||
         (value.if_record() && value.if_record()->empty()) ||
         (value.if_bool() && !*value.if_bool());
}

Topic topic_of(ExprRef condition) {
  const std::string names = joined(variables_in(condition));
  if (condition->as<ir::Not>()) return {names, false};
  const auto* compare = condition->as<ir::Compare>();
  if (compare == nullptr) return {names};
  const auto value = constant_value(compare->right);
  const bool equal = compare->op == ir::Compare::Op::Eq;
  if (!equal && compare->op != ir::Compare::Op::Ne) return {names};
  if (value && is_empty(*value)) return {names, !equal};
  const bool named = value && (value->if_string() || value->if_int());
  if (!equal || !named) return {names, equal};
  return {names + "-" + (value->if_string() ? *value->if_string() : to_json(*value))};
}

}  // namespace

std::vector<std::string> variables_in(ExprRef expr) {
  std::vector<std::string> names;
  if (expr != nullptr) collect_variables(expr, names);
  return names;
}

std::string topic_of_condition(ExprRef condition) {
  std::vector<std::string> asked;
  std::vector<std::string> denied;
  for (const ExprRef part : conjuncts(condition)) {
    const Topic topic = topic_of(part);
    add_once(topic.positive ? asked : denied, topic.text);
  }
  if (!asked.empty() || denied.empty()) return joined(asked);
  return "not-" + joined(denied);
}

std::string as_name(std::string_view text) {
  std::string name;
  for (const char c : text.substr(0, 100)) {
    const bool allowed = is_letter_or_digit(c) || c == '.' || c == '-';
    name += allowed ? c : '-';
  }
  return name;
}

}  // namespace stackc::lower
