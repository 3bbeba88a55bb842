#include "compiler/check/rules/usual_values.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "compiler/check/expr_parts.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/topology/evaluate.h"
#include "compiler/topology/variables.h"
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

/// Not a number with a fraction, which is refused in a text later.
bool has_one_text(ExprRef part) {
  using enum types::Kind;
  const types::Kind kind = part->type->kind;
  return kind == String || kind == Int || kind == Bool;
}

/// Integers that Cluster API cannot keep are such numbers on their way, and told later. Recursion
/// follows the value, whose depth the parser bounds.
bool holds_number(const Value& value) {
  if (const List* list = value.if_list()) return std::ranges::any_of(*list, holds_number);
  const Record* record = value.if_record();
  if (record == nullptr) return value.if_number() != nullptr;
  return std::ranges::any_of(*record,
                             [](const Record::Field& field) { return holds_number(field.value); });
}

std::int64_t items_in(const Value& value) {
  return value.if_list() == nullptr ? 1 : std::max<std::int64_t>(std::ssize(*value.if_list()), 1);
}

/// Recursion follows the value, whose depth the parser bounds.
void for_each_text_in(const Value& value, const std::string& path,
                      const std::function<void(const std::string&, const std::string&)>& visit) {
  if (const std::string* text = value.if_string()) visit(*text, path);
  if (const List* list = value.if_list()) {
    for (const Value& item : *list) for_each_text_in(item, path + "[]", visit);
  }
  if (const Record* record = value.if_record()) {
    for (const Record::Field& field : *record)
      for_each_text_in(field.value, path.empty() ? field.name : path + "." + field.name, visit);
  }
}

using PlacedText = std::pair<std::string, std::string>;  // path and text

/// What every item that `for` makes has as it is written, and where it is looked at for itself.
std::set<PlacedText> texts_of_items(ExprRef value, const std::string& path) {
  std::set<PlacedText> texts;
  const auto* each = value->as<ir::Comprehension>();
  if (each == nullptr) return texts;
  for_each_value(each->body, [&](ExprRef part, const std::string& below) {
    const auto* constant = part->as<ir::Constant>();
    const std::string* text = constant == nullptr ? nullptr : constant->value.if_string();
    if (text != nullptr) texts.emplace(path + (below.empty() ? "[]" : "[]." + below), *text);
  });
  return texts;
}

/// Of a record that has no value of its own: what its fields say, one time with their defaults, the
/// other with their examples. None if a field that must be given has no example.
std::vector<Value> samples_of_fields(const types::Type& type) {
  if (type.kind != types::Kind::Record) return {};
  Record least;
  Record most;
  for (const types::Field& field : type.fields) {
    if (field.required && !field.example) return {};
    if (field.required) least.set(field.name, *field.example);
    if (field.example) most.set(field.name, *field.example);
  }
  return {Value(std::move(least)), Value(std::move(most))};
}

/// Loops over a list may stand inside each other; and to evaluate something costs more than to look
/// at it.
std::int64_t cost_of_making(const Value& given, std::size_t uses) {
  constexpr std::int64_t of_one = 50;
  constexpr std::int64_t more_than_any = 1'000'000;
  std::int64_t made = 1;
  for (std::size_t i = 0; i < uses && made < more_than_any; ++i) made *= items_in(given);
  return of_one * (made + static_cast<std::int64_t>(uses));
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
    find_conditional(each->source, conditions);
    find_conditional(each->body, conditions, each->source);
  } else if (const auto* variable = value->as<ir::Variable>()) {
    const bool is_free = std::ranges::all_of(conditions, [&](ExprRef condition) {
      return asks_whether_there(condition, variable->name);
    });
    if (!is_free) conditional_.insert(value);
  } else {
    for (const ExprRef part : parts_of(value)) find_conditional(part, conditions);
  }
}

void UsualValues::for_each_text(ExprRef value, const std::string& path,
                                const std::function<void(const UsualText&)>& visit) const {
  const bool is_made =
      value->as<ir::Concat>() || value->as<ir::Comprehension>() || value->as<ir::Member>();
  const std::set<PlacedText> told = texts_of_items(value, path);
  for_each(value, [&](const UsualValue& usual) {
    for_each_text_in(usual.value, path, [&](const std::string& text, const std::string& below) {
      if (!told.contains({below, text})) visit({text, below, usual.written, value->span, is_made});
    });
  });
}

void UsualValues::for_each(ExprRef value,
                           const std::function<void(const UsualValue&)>& visit) const {
  if (const auto* constant = value->as<ir::Constant>()) {
    const auto origin = build_.begins_elsewhere(value) ? build_.origin(value) : std::nullopt;
    const bool is_near = origin && origin->file == value->span.file;
    return visit({constant->value, is_near ? *origin : value->span});
  }
  if (value->as<ir::Concat>() || value->as<ir::Comprehension>() || value->as<ir::Member>())
    return for_each_made(value, visit);
  const auto* reference = value->as<ir::Variable>();
  if (reference == nullptr || conditional_.contains(value)) return;
  const auto variable = std::ranges::find(variables_, reference->name, &ir::ClusterVariable::name);
  const auto places = places_.find(reference->name);
  if (variable == variables_.end() || places == places_.end()) return;
  const auto tell_if_let_through = [&](const Value& usual, source::Span written) {
    if (affords(items_in(usual)) && types::validate(usual, *value->type).empty())
      visit({usual, written});
  };
  if (variable->default_value && places->second.default_value)
    tell_if_let_through(*variable->default_value, *places->second.default_value);
  for (std::size_t i = 0; i < variable->examples.size(); ++i)
    tell_if_let_through(variable->examples[i], places->second.examples[i]);
}

bool UsualValues::affords(std::int64_t cost) const {
  if (cost > values_left_) return false;
  values_left_ -= cost;
  return true;
}

// Recursion follows the expression, whose depth the checker bounds.
std::vector<ExprRef> UsualValues::uses_of_variables(ExprRef value) const {
  std::vector<ExprRef> uses;
  std::unordered_set<std::uint32_t> bound;
  bool is_open = false;
  const std::function<void(ExprRef)> look = [&](ExprRef expr) {
    if (const auto* each = expr->as<ir::Comprehension>()) {
      for (const ExprRef name : {each->key, each->item})
        if (name != nullptr) bound.insert(name->as<ir::Local>()->id);
    }
    const auto* local = expr->as<ir::Local>();
    if (expr->as<ir::Variable>() != nullptr) uses.push_back(expr);
    const auto* text = expr->as<ir::Concat>();
    is_open = is_open || (text && !std::ranges::all_of(text->parts, has_one_text)) ||
              (local != nullptr && !bound.contains(local->id)) || conditional_.contains(expr) ||
              expr->as<ir::Builtin>() || expr->as<ir::Live>() ||
              expr->type->kind == types::Kind::Poison;
    for (const ExprRef part : parts_of(expr)) look(part);
  };
  look(value);
  return is_open ? std::vector<ExprRef>() : uses;
}

std::vector<UsualValues::Given> UsualValues::given_values(const std::string& name,
                                                          const std::vector<ExprRef>& uses) const {
  const auto variable = std::ranges::find(variables_, name, &ir::ClusterVariable::name);
  const auto places = places_.find(name);
  if (variable == variables_.end() || places == places_.end()) return {};
  std::vector<Given> all;
  if (variable->default_value && places->second.default_value)
    all.push_back({&*variable, *variable->default_value, *places->second.default_value});
  for (std::size_t i = 0; i < variable->examples.size(); ++i)
    all.push_back({&*variable, variable->examples[i], places->second.examples[i], true});
  if (all.empty()) {
    for (Value& sample : samples_of_fields(*variable->type))
      all.push_back({&*variable, std::move(sample), variable->span});
  }
  std::erase_if(all, [&](const Given& given) {
    return !std::ranges::all_of(uses, [&](ExprRef use) {
      return use->as<ir::Variable>()->name != name ||
             types::validate(given.value, *use->type).empty();
    });
  });
  return all;
}

void UsualValues::for_each_made(ExprRef value,
                                const std::function<void(const UsualValue&)>& visit) const {
  const std::vector<ExprRef> uses = uses_of_variables(value);
  std::map<std::string, std::vector<Given>> by_variable;
  for (const ExprRef use : uses) {
    const std::string& name = use->as<ir::Variable>()->name;
    if (!by_variable.contains(name)) by_variable.emplace(name, given_values(name, uses));
  }
  const bool is_text = value->as<ir::Concat>() != nullptr;
  const bool are_known =
      std::ranges::none_of(by_variable, [](const auto& each) { return each.second.empty(); });
  if (by_variable.empty() || !are_known || (by_variable.size() > 1 && !is_text)) return;
  std::vector<const Given*> chosen;  // of each variable the first one
  for (const auto& [name, given] : by_variable) chosen.push_back(&given.front());
  const auto tell = [&](const Given& changed) {
    if (!affords(cost_of_making(changed.value, uses.size()))) return;
    const auto made = made_of(value, chosen);
    // A list is wrong as what it is made of, and a field of an example there; all else, such as a
    // field that a type gives its default, as it is written.
    const bool is_wrong_there = value->as<ir::Comprehension>() != nullptr ||
                                (changed.is_example && value->as<ir::Member>() != nullptr);
    if (made) visit({*made, is_wrong_there ? changed.place : value->span});
  };
  tell(*chosen.front());
  std::size_t at = 0;
  for (const auto& [name, given] : by_variable) {
    for (std::size_t i = 1; i < given.size(); ++i) {
      chosen[at] = &given[i];
      tell(given[i]);
    }
    chosen[at++] = &given.front();
  }
}

std::optional<Value> UsualValues::made_of(ExprRef value,
                                          const std::vector<const Given*>& chosen) const {
  const Record no_builtins;
  Record values;
  for (const Given* given : chosen) {
    const Record resolved =
        topology::resolve_variables({{given->variable->name, given->value}}, {*given->variable},
                                    topology::VariableScope::Cluster, "")
            .values;
    const Value* found = resolved.find(given->variable->name);
    if (found == nullptr || holds_number(*found)) return std::nullopt;
    values.set(given->variable->name, *found);
  }
  return topology::evaluate(value, {.variables = values, .builtins = no_builtins});
}

}  // namespace stackc::check
