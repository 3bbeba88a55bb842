#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "compiler/base/text.h"
#include "compiler/check/conformer.h"
#include "compiler/check/declared_defaults.h"
#include "compiler/check/dotted_name.h"
#include "compiler/check/elaborator.h"
#include "compiler/check/facts.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/resolve.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {

using diag::Code;
using diag::Count;
using diag::Prose;
using ir::ExprRef;
using types::Kind;

namespace {

struct FunctionInfo {
  std::string_view name;
  ir::Function function;
  std::size_t arguments;
};
constexpr std::array<FunctionInfo, 4> functions{{
    {"size", ir::Function::Size, 1},
    {"startsWith", ir::Function::StartsWith, 2},
    {"endsWith", ir::Function::EndsWith, 2},
    {"contains", ir::Function::Contains, 2},
}};

std::string dotted(const std::string& root, const std::vector<const syntax::Name*>& path) {
  std::string text = root;
  for (const syntax::Name* name : path) text += "." + name->text;
  return text;
}

std::string arguments_text(std::size_t count) {
  return fmt::format("{} argument{}", count, count == 1 ? "" : "s");
}

/// What has no calls inside: each of those would look at its own arguments twice, too.
bool is_plain(const syntax::Expr& argument) {
  std::string root;
  std::vector<const syntax::Name*> members;
  if (const auto* text = argument.as<syntax::Interpolation>())
    return std::ranges::all_of(text->parts, [&](const syntax::ExprPtr& part) {
      return part->as<syntax::Literal>() || flatten(*part, root, members);
    });
  return argument.as<syntax::Literal>() || flatten(argument, root, members);
}

}  // namespace

Typed Elaborator::call(const syntax::Call& call, source::Span span, const Context& context) {
  std::string root;
  std::vector<const syntax::Name*> path;
  const bool plain = flatten(*call.callee, root, path);
  if (plain && path.empty()) {
    const bool declared = (context.stack && context.stack->lets.contains(root)) ||
                          program_.module(context.module).names.contains(root);
    if (!declared) {
      if (auto result = call_function(root, call, span, context)) return *result;
    }
    const Meaning meaning = look_up(root, call.callee->span, Use::Function, context);
    if (const auto* let = std::get_if<const syntax::Let*>(&meaning))
      return call_let(**let, call, span, context, home_of(**let, context));
    const auto* value = std::get_if<Typed>(&meaning);
    const bool is_told =
        std::holds_alternative<std::monostate>(meaning) || (value != nullptr && value->poisoned());
    if (!is_told) sink_.report(call.callee->span, diag::NotAFunction, Code{root});
    return poison(span);
  }
  if (plain && path.size() == 1) {
    const resolve::Module& here = program_.module(context.module);
    const auto imported = here.names.find(root);
    if (here.broken.contains(root)) return poison(span);
    if (imported != here.names.end() &&
        std::holds_alternative<resolve::ModuleId>(imported->second)) {
      const resolve::ModuleId id = std::get<resolve::ModuleId>(imported->second);
      const auto& names = program_.module(id).names;
      const auto target = names.find(path[0]->text);
      if (target != names.end() && std::holds_alternative<const syntax::Let*>(target->second)) {
        return call_let(*std::get<const syntax::Let*>(target->second), call, span, context,
                        {.module = id});
      }
      std::vector<std::string_view> known_names;
      for (const auto& [candidate, unused] : names) known_names.push_back(candidate);
      sink_.report(path[0]->span, diag::UnknownMember, Code{root}, Code{path[0]->text})
          .suggest(suggestion(path[0]->text, known_names));
      return poison(span);
    }
    if (imported == here.names.end() && !is_bound(root, context)) {
      report_unknown(root, call.callee->span, Use::Root, context);
      suggest_member(root, *call.callee->as<syntax::Member>(), call.callee->span, context);
      return poison(span);
    }
  }
  sink_.report(call.callee->span, diag::NotAFunction,
               Code{plain ? dotted(root, path) : "this value"});
  return poison(span);
}

Typed Elaborator::call_let(const syntax::Let& let, const syntax::Call& call, source::Span span,
                           const Context& context, const Context& home) {
  used_lets_.insert(&let);
  if (!let.is_function && let.value->as<syntax::Hole>()) return poison(span);  // told already
  if (!let.is_function) {
    sink_.report(call.callee->span, diag::NotAFunction, Code{let.name.text})
        .label(let.name.span, diag::DeclaredHere, Code{let.name.text});
    return poison(span);
  }
  if (call.arguments.size() != let.parameters.size()) {
    // A parameter more or less is one mistake, however many calls there are.
    const auto given = static_cast<std::int64_t>(call.arguments.size());
    const source::Span first = miscalls_.try_emplace({&let, given}, span).first->second;
    auto report = sink_.report(first, diag::ArgumentCount, Code{let.name.text},
                               Prose{arguments_text(let.parameters.size())}, Count{given});
    report.label(let.name.span, diag::DeclaredHere, Code{let.name.text});
    if (first != span) report.label(span, diag::AlsoHere);
    return poison(span);
  }
  if (std::ranges::find(open_, &let) != open_.end()) {
    sink_.report(let.name.span, diag::Recursion, Code{let.name.text}).label(span, diag::AlsoHere);
    return poison(span);
  }
  if (broken_functions_.contains(&let) ||
      sink_.has_error_within(let.value->span)) {  // its parameters may be what is wrong
    for (const syntax::ExprPtr& argument : call.arguments) value(*argument, nullptr, context);
    return poison(span);
  }
  if (report_swapped(let, call, context, home)) return poison(span);
  Context inner = home;
  inner.facts = context.facts;  // an argument keeps what is known about it
  bool broken = false;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const syntax::Parameter& parameter = let.parameters[i];
    const types::TypeRef declared = present_type(*parameter.type, home);
    const ExprRef argument =
        with_defaults(value(*call.arguments[i], declared, context), declared, build_);
    broken |= argument->type->kind == Kind::Poison;
    check_named_value(parameter.name.text, *call.arguments[i], context);
    warn_if_hiding(parameter.name, inner);
    inner.bindings =
        &bindings_.emplace_back(Binding{inner.bindings, &parameter.name, {argument}, declared});
  }
  if (broken) return poison(span);
  open_.push_back(&let);
  ++repeated_;
  const types::TypeRef declared = let.type ? present_type(*let.type, home) : nullptr;
  Typed result = expression(*let.value, declared, inner);
  result.expr = with_defaults(result.expr, declared, build_);
  --repeated_;
  open_.pop_back();
  return used_at(result, span);
}

bool Elaborator::report_swapped(const syntax::Let& let, const syntax::Call& call,
                                const Context& context, const Context& home) {
  std::vector<std::size_t> unfit;
  std::vector<ExprRef> given(call.arguments.size());
  std::vector<types::TypeRef> declared(call.arguments.size());
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const syntax::Expr& argument = *call.arguments[i];
    declared[i] = present_type(*let.parameters[i].type, home);
    if (!is_plain(argument) || !is_scalar(declared[i]->kind)) continue;
    given[i] = expression(argument, nullptr, context).expr;
    if (!kinds_fit(given[i]->type->kind, declared[i]->kind)) unfit.push_back(i);
  }
  if (unfit.size() != 2) return false;
  const std::size_t a = unfit[0];
  const std::size_t b = unfit[1];
  if (!kinds_fit(given[a]->type->kind, declared[b]->kind) ||
      !kinds_fit(given[b]->type->kind, declared[a]->kind))
    return false;
  sink_
      .report(call.arguments[a]->span, diag::TypeMismatch, Prose{describe_found(given[a])},
              Prose{describe_expected(*declared[a])})
      .label(call.arguments[b]->span, diag::AlsoHere)
      .note(fmt::format("`{}` comes before `{}`", let.parameters[a].name.text,
                        let.parameters[b].name.text));
  return true;
}

void Elaborator::check_function(const syntax::Let& let, const Context& context) {
  Context inner = context;
  for (const syntax::Parameter& parameter : let.parameters) {
    const ExprRef local = build_.node(ir::Local{build_.exprs().new_local(), parameter.name.text},
                                      present_type(*parameter.type, context), ir::Stage::Release,
                                      parameter.name.span);
    warn_if_hiding(parameter.name, inner);
    inner.bindings = &bindings_.emplace_back(Binding{inner.bindings, &parameter.name, {local}});
  }
  if (std::ranges::find(open_, &let) != open_.end()) return;
  open_.push_back(&let);
  expression(*let.value, let.type ? present_type(*let.type, context) : nullptr, inner);
  open_.pop_back();
  const Binding* binding = inner.bindings;
  for (auto parameter = let.parameters.rbegin(); parameter != let.parameters.rend(); ++parameter) {
    if (read_bindings_.contains(binding)) used_parameters_.insert(&*parameter);
    binding = binding->outer;
  }
  if (sink_.has_error_within(let.span)) broken_functions_.insert(&let);
}

std::optional<Typed> Elaborator::call_function(const std::string& name, const syntax::Call& call,
                                               source::Span span, const Context& context) {
  const auto info = std::ranges::find(functions, name, &FunctionInfo::name);
  if (info == functions.end()) return std::nullopt;
  if (call.arguments.size() != info->arguments) {
    sink_.report(span, diag::ArgumentCount, Code{name}, Prose{arguments_text(info->arguments)},
                 Count{static_cast<std::int64_t>(call.arguments.size())});
    return poison(span);
  }
  std::vector<ExprRef> arguments;
  ir::Stage stage = ir::Stage::Release;
  for (const syntax::ExprPtr& argument : call.arguments) {
    arguments.push_back(value(*argument, nullptr, context));
    if (arguments.back()->type->kind == Kind::Poison) return poison(span);
    stage = std::max(stage, arguments.back()->stage);
  }
  const Kind kind = arguments[0]->type->kind;
  const bool collection = kind == Kind::List || kind == Kind::Map || kind == Kind::Record;
  const bool fits = info->function == ir::Function::Size ? collection
                    : info->function == ir::Function::Contains
                        ? kind == Kind::String || kind == Kind::List
                        : kind == Kind::String;
  if (!fits) {
    sink_.report(call.arguments[0]->span, diag::TypeMismatch, Prose{describe_found(arguments[0])},
                 Prose{info->function == ir::Function::Size ? "a list or a map" : "a text"});
    return poison(span);
  }
  if (arguments.size() == 2) {
    const types::TypeRef wanted =
        kind == Kind::List ? arguments[0]->type->element : build_.types().string();
    // As in a comparison: what is known must be a value of the other side, what is not known must
    // be of the same kind only.
    const bool is_open_text = wanted->kind == Kind::String && !constant_value(arguments[1]);
    arguments[1] =
        conform(arguments[1], is_open_text ? build_.types().string() : wanted, build_, sink_);
    if (arguments[1]->type->kind == Kind::Poison) return poison(span);
    const auto* listed = arguments[0]->as<ir::ListLiteral>();
    if (listed && is_open_text) {
      const types::TypeRef item = widest_type(*call.arguments[1], arguments[1], context);
      for (const auto& each : listed->items) {
        if (!constant_value(each.value)) continue;
        if (conform(each.value, item, build_, sink_)->type->kind == Kind::Poison)
          return poison(span);
      }
    }
  }
  if (auto folded = fold_call(info->function, arguments))
    return Typed{build_.constant(std::move(*folded), span)};
  types::TypeRef type = build_.types().boolean();
  if (info->function == ir::Function::Size) {
    const types::Type& counted = *arguments[0]->type;
    type =
        build_.types().add({.kind = Kind::Int, .min = counted.min.value_or(0), .max = counted.max});
  }
  return Typed{build_.node(ir::Call{info->function, std::move(arguments)}, type, stage, span)};
}

}  // namespace stackc::check
