#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "compiler/base/text.h"
#include "compiler/check/builtins.h"
#include "compiler/check/conform.h"
#include "compiler/check/declared_defaults.h"
#include "compiler/check/dotted_name.h"
#include "compiler/check/elaborator.h"
#include "compiler/check/expr_key.h"
#include "compiler/check/facts.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/resolve.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using ir::ExprRef;
using types::Kind;

namespace {

constexpr std::array<std::pair<std::string_view, ir::Live::Object>, 3> live_objects{{
    {"cluster", ir::Live::Object::Cluster},
    {"controlPlane", ir::Live::Object::ControlPlane},
    {"infraCluster", ir::Live::Object::InfraCluster},
}};

}  // namespace

std::vector<std::string_view> StackScope::names() const {
  std::vector<std::string_view> all{"kubernetes", "builtin"};
  for (const auto& [name, node] : variables) all.push_back(name);
  for (const auto& [name, node] : lets) all.push_back(name);
  return all;
}

// ---- looking names up ----

bool Elaborator::is_bound(std::string_view name, const Context& context) const {
  for (const Binding* binding = context.bindings; binding; binding = binding->outer) {
    if (binding->name->text == name) return true;
  }
  if (context.stack == nullptr) return false;
  return context.stack->lets.contains(name) || context.stack->variables.contains(name) ||
         name == "kubernetes" || name == "builtin";
}

Elaborator::Meaning Elaborator::look_up(const std::string& name, source::Span span, Use use,
                                        const Context& context) {
  for (const Binding* binding = context.bindings; binding; binding = binding->outer) {
    if (binding->name->text != name) continue;
    read_bindings_.insert(binding);
    return binding->value;
  }
  if (context.stack) {
    if (const auto variable = context.stack->variable_values.find(name);
        variable != context.stack->variable_values.end()) {
      used_variables_.insert(name);
      return variable->second;
    }
    if (const auto let = context.stack->lets.find(name); let != context.stack->lets.end())
      return context.stack->declared_twice.contains(name) ? Meaning(poison(span)) : let->second;
    if (name == "kubernetes") return context.stack->kubernetes;
  }
  if (context.live_objects) {
    const auto object = std::ranges::find(live_objects, name,
                                          &std::pair<std::string_view, ir::Live::Object>::first);
    if (object != live_objects.end()) {
      const auto type = context.stack->live.find(name);
      return Typed{
          build_.node(ir::Live{object->second},
                      type == context.stack->live.end() ? build_.types().any() : type->second,
                      ir::Stage::AddOn, span)};
    }
    if (name == "null")
      return Typed{build_.node(ir::Constant{}, build_.types().any(), ir::Stage::Release, span)};
  }
  const resolve::Module& module = program_.module(context.module);
  if (const auto target = module.names.find(name); target != module.names.end()) {
    return look_up_in_module(target->second, name, span, context.module);
  }
  if (module.broken.contains(name)) return poison(span);
  if (name == "null") {
    sink_.report(span, diag::NullOnlyInValues)
        .note("leave the field out, or give it under a condition");
    return poison(span);
  }
  report_unknown(name, span, use, context);
  return std::monostate{};
}

Elaborator::Meaning Elaborator::look_up_in_module(const resolve::Target& target,
                                                  const std::string& name, source::Span span,
                                                  resolve::ModuleId module) {
  if (const auto* let = std::get_if<const syntax::Let*>(&target)) {
    let_modules_.emplace(*let, module);
    return *let;
  }
  if (const auto* imported = std::get_if<resolve::ModuleId>(&target)) return Module{*imported};
  const char* what = std::holds_alternative<const syntax::TypeDeclaration*>(target) ? "a type"
                     : std::holds_alternative<const syntax::Stack*>(target)         ? "a stack"
                                                                                    : "a provider";
  sink_.report(span, diag::NotAValue, Code{name}, Prose{what});
  return std::monostate{};
}

Context Elaborator::home_of(const syntax::Let& let, const Context& context) const {
  const bool of_stack = context.stack && context.stack->lets.contains(let.name.text) &&
                        context.stack->lets.find(let.name.text)->second == &let;
  if (of_stack) {
    return {.module = resolve::Program::root,
            .stack = context.stack,
            .role = context.role,
            .live_objects = context.live_objects};
  }
  const auto module = let_modules_.find(&let);
  return {.module = module == let_modules_.end() ? context.module : module->second};
}

Typed Elaborator::narrowed(Typed typed, const Context& context) {
  if (context.facts == nullptr) return typed;
  const std::string path = key_of(typed.expr);
  if (path.empty()) return typed;
  whole_types_.try_emplace(path, typed.type());
  if (typed.optional && known_present(path, context.facts)) typed.optional = false;
  typed.expr =
      build_.with_type(typed.expr, narrow(path, typed.type(), context.facts, build_.types()));
  return typed;
}

Typed Elaborator::name(const std::string& name, source::Span span, const Context& context,
                       Use use) {
  if (name == "builtin" && context.stack) return builtin({}, span, context);
  const Meaning meaning = look_up(name, span, use, context);
  if (const auto* typed = std::get_if<Typed>(&meaning)) {
    Typed here = *typed;
    const bool whole_line =
        use == Use::Value && context.stack && here.expr == context.stack->kubernetes.expr;
    if (whole_line) {
      used_facts_.insert(every_fact);
      return used_at(here, span);
    }
    count_use(here.expr);
    // A variable or local is read here: errors about it belong to this place, not to its
    // declaration.
    const bool reference = here.expr->as<ir::Variable>() || here.expr->as<ir::Local>();
    if (reference)
      here.expr = build_.node(here.expr->node, here.expr->type, here.expr->stage, span);
    return narrowed(here, context);
  }
  if (const auto* let = std::get_if<const syntax::Let*>(&meaning))
    return narrowed(used_at(let_value(**let, span, home_of(**let, context)), span), context);
  if (std::holds_alternative<Module>(meaning))
    sink_.report(span, diag::NotAValue, Code{name}, Prose{"a module"});
  return poison(span);
}

/// What a let or function gives is used here: if it does not fit, this place is wrong.
Typed Elaborator::used_at(Typed typed, source::Span use) {
  if (!typed.poisoned()) typed.expr = build_.used_at(typed.expr, use);
  count_use(typed.expr);
  return typed;
}

void Elaborator::count_use(ExprRef expr) {
  // What is known at release time is one value in the end.
  if (expr->stage != ir::Stage::Release) steps_ += expr->weight;
}

Typed Elaborator::let_value(const syntax::Let& let, source::Span span, const Context& home) {
  used_lets_.insert(&let);
  if (let.is_function) {
    sink_.report(span, diag::NeedsArguments, Code{let.name.text});
    return poison(span);
  }
  const auto key = std::tuple(&let, home.role, home.live_objects);
  if (const auto known_value = let_values_.find(key); known_value != let_values_.end())
    return known_value->second;
  if (std::ranges::find(open_, &let) != open_.end()) {
    sink_.report(let.name.span, diag::Recursion, Code{let.name.text}).label(span, diag::AlsoHere);
    return poison(span);
  }
  open_.push_back(&let);
  const bool outer = std::exchange(asking_, false);
  const int outer_repeated = std::exchange(repeated_, 0);
  const types::TypeRef declared = let.type ? present_type(*let.type, home) : nullptr;
  Typed result = expression(*let.value, declared, home);
  result.expr = with_defaults(result.expr, declared, build_);
  asking_ = outer;
  repeated_ = outer_repeated;
  open_.pop_back();
  let_values_.emplace(key, result);
  return result;
}

// ---- members ----

Typed Elaborator::member(const syntax::Member& member, source::Span span, const Context& context) {
  std::string root;
  std::vector<const syntax::Name*> path;
  if (flatten(*member.base, root, path)) {
    path.push_back(&member.name);
    if (root == "builtin" && context.stack) return builtin(path, span, context);
  }
  if (const auto* reference = member.base->as<syntax::NameRef>()) {
    const resolve::Module& here = program_.module(context.module);
    const auto imported = here.names.find(reference->name);
    if (!is_bound(reference->name, context) && imported != here.names.end() &&
        std::holds_alternative<resolve::ModuleId>(imported->second)) {
      const resolve::ModuleId id = std::get<resolve::ModuleId>(imported->second);
      const auto& names = program_.module(id).names;
      const auto target = names.find(member.name.text);
      if (target == names.end()) {
        std::vector<std::string_view> known_names;
        for (const auto& [candidate, unused] : names) known_names.push_back(candidate);
        sink_
            .report(member.name.span, diag::UnknownMember, Code{reference->name},
                    Code{member.name.text})
            .suggest(suggestion(member.name.text, known_names));
        return poison(span);
      }
      const Meaning meaning =
          look_up_in_module(target->second, reference->name + "." + member.name.text, span, id);
      if (const auto* let = std::get_if<const syntax::Let*>(&meaning))
        return narrowed(used_at(let_value(**let, span, {.module = id}), span), context);
      return poison(span);
    }
  }
  const auto* root_name = member.base->as<syntax::NameRef>();
  const Typed base = root_name ? this->name(root_name->name, member.base->span, context, Use::Root)
                               : expression(*member.base, nullptr, context);
  if (root_name && base.poisoned()) suggest_member(root_name->name, member, span, context);
  return member_of(base, member.name, span, context);
}

namespace {

/// Reads a field of a literal; null if it may be missing.
ExprRef field_of(const ir::RecordLiteral& literal, std::string_view name, source::Span span,
                 ExprBuilder& build) {
  std::vector<const ir::RecordLiteral::Entry*> entries;
  std::vector<ExprRef> conditions;
  for (const auto& entry : literal.entries) {
    if (entry.name != name) continue;
    if (entry.condition == nullptr) return entry.value;
    entries.push_back(&entry);
    conditions.push_back(entry.condition);
  }
  if (!exhaustive(conditions)) return nullptr;
  ExprRef result = entries.back()->value;  // one of them applies: without the others, the last
  for (auto entry = std::next(entries.rbegin()); entry != entries.rend(); ++entry)
    result = build.conditional((*entry)->condition, (*entry)->value, result, span);
  return result;
}

}  // namespace

Typed Elaborator::member_of(Typed base, const syntax::Name& name, source::Span span,
                            const Context& context) {
  if (base.poisoned()) return poison(span);
  if (base.optional && !asking_) {
    const bool is_named = !path_of(base.expr).empty();
    report_absent(base.expr, base.expr->span,
                  is_named ? fmt::format("use it inside `if has {} {{ … }}`", shown_path(base.expr))
                           : "say what else with `??` where it is made");
    return poison(span);
  }
  const types::Type& type = *base.type();
  if (type.kind == Kind::Any) {
    return {build_.node(ir::Member{base.expr, name.text}, build_.types().any(), base.expr->stage,
                        span)};
  }
  if (type.kind == Kind::Map) {
    return narrowed(
        {build_.node(ir::Member{base.expr, name.text}, type.element, base.expr->stage, span), true},
        context);
  }
  if (context.stack && base.expr == context.stack->kubernetes.expr) used_facts_.insert(name.text);
  const types::Field* field = type.kind == Kind::Record ? type.find(name.text) : nullptr;
  if (field == nullptr && type.open) {
    return {build_.node(ir::Member{base.expr, name.text}, build_.types().any(), base.expr->stage,
                        span)};
  }
  if (field == nullptr && context.stack && base.expr == context.stack->kubernetes.expr) {
    report_missing_fact(name, type, *context.stack);
    return poison(span);
  }
  if (field == nullptr && context.stack && report_missing_in_row(name, base, *context.stack))
    return poison(span);
  if (field == nullptr) {
    report_unknown_member(type, name);
    return poison(span);
  }
  if (const auto* literal = base.expr->as<ir::RecordLiteral>()) {
    if (const ExprRef value = field_of(*literal, name.text, span, build_)) {
      // The version of the line is no mistake; what is made of it can be one.
      const bool is_version = context.stack && value->span == context.stack->line_span;
      return is_version ? used_at({value}, span) : Typed{value};
    }
    sink_.report(name.span, diag::ConditionalMember, Code{name.text})
        .note("give it in the other case too, as in `if … { … } else { … }`");
    return poison(span);
  }
  // By the time an add-on is applied the live objects are complete; only `has` doubts it.
  const bool live = base.expr->stage == ir::Stage::AddOn;
  const bool optional =
      live ? asking_ : base.optional || (!field->required && !field->default_value);
  return narrowed(
      {build_.node(ir::Member{base.expr, name.text}, field->type, base.expr->stage, span),
       optional},
      context);
}

Typed Elaborator::builtin(const std::vector<const syntax::Name*>& path, source::Span span,
                          const Context& context) {
  std::string text;
  const ir::BuiltinVariable* variable = nullptr;
  std::size_t used = 0;
  for (; used < path.size() && variable == nullptr; ++used) {
    text += (text.empty() ? "" : ".") + path[used]->text;
    variable = ir::find_builtin(text);
    if (variable == nullptr && !is_builtin_prefix(text)) break;
  }
  if (variable == nullptr) {
    std::string whole;
    for (const syntax::Name* part : path) whole += (whole.empty() ? "" : ".") + part->text;
    const std::string_view step_away = near_builtin(whole);
    Nearest near = step_away.empty() ? suggestion(whole, builtin_paths())
                                     : Nearest{.name = step_away, .only = true};
    const bool is_guess = nearest(whole, builtin_paths()).empty() && step_away.empty();
    const std::string_view own = context.role ? counterpart("." + whole, *context.role) : "";
    const std::string_view same = context.role ? counterpart(whole, *context.role) : "";
    if (is_guess && !own.empty()) near = {.name = own};
    if (near.empty()) near.name = same;
    auto report =
        sink_.report(span, diag::UnknownField, Code{whole.empty() ? "…" : whole}, Code{"builtin"});
    const std::string meant = fmt::format("builtin.{}", near.name);
    if (!near.empty()) report.suggest({.name = meant, .only = near.only});
    return poison(span);
  }
  if (!context.role || !variable->is_seen_by(*context.role)) {
    const std::string where = context.role           ? std::string(describe(*context.role))
                              : context.live_objects ? "the values of an add-on"
                                                     : "what is known when the release is built";
    if (sink_.has_error_at(span)) return poison(span);  // told of another place that reads it
    auto report =
        sink_.report(span, diag::BuiltinUnavailable, Code{"builtin." + text}, Prose{where});
    const std::string_view own = context.role ? counterpart(text, *context.role) : "";
    const std::string meant = fmt::format("builtin.{}", own);
    if (!own.empty() && used == path.size()) report.suggest({.name = meant, .only = true});
    if (context.live_objects) report.suggest({.name = live_counterpart(text)});
    suspicious_values_.push_back(span);
    return poison(span);
  }
  const std::string_view own = own_version(*context.role);
  if (text == "cluster.topology.version" && !own.empty()) {
    sink_
        .report(span, diag::VersionOfTheCluster, Code{"builtin." + text},
                Prose{std::string(describe(*context.role))})
        .suggest({.name = own});
  }
  types::TypeStore& types = build_.types();
  types::TypeRef type = nullptr;
  switch (variable->shape) {
    case ir::BuiltinVariable::Shape::Label:
      type = types.add({.kind = Kind::String, .min = 1, .max = 63});
      break;
    case ir::BuiltinVariable::Shape::Text:  // names and versions, which Kubernetes bounds
      type = types.add({.kind = Kind::String, .min = 1, .max = 253});
      break;
    case ir::BuiltinVariable::Shape::Number:
      type = types.add({.kind = Kind::Int, .format = "int32"});
      break;
    case ir::BuiltinVariable::Shape::Texts:
      type = types.list_of(types.string());
      break;
    case ir::BuiltinVariable::Shape::TextMap:
      type = types.map_of(types.string());
      break;
  }
  Typed result =
      narrowed({build_.node(ir::Builtin{text}, type, ir::Stage::Cluster, span), variable->optional},
               context);
  for (; used < path.size(); ++used) result = member_of(result, *path[used], span, context);
  return result;
}

}  // namespace stackc::check
