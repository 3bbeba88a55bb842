#include <algorithm>

#include "compiler/check/conform.h"
#include "compiler/check/elaborator.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {

using diag::Prose;
using ir::ExprRef;
using types::Kind;

namespace {

/// Whether two different values of a loop's name give two different values of `body`, as they do in
/// `"a-${name}"`.
bool differs_with(ExprRef body, ExprRef name) {
  const auto is_name = [id = name->as<ir::Local>()->id](ExprRef expr) {
    const auto* local = expr->as<ir::Local>();
    return local != nullptr && local->id == id;
  };
  if (is_name(body)) return true;
  const auto* text = body->as<ir::Concat>();
  return text != nullptr && std::ranges::count_if(text->parts, is_name) == 1 &&
         std::ranges::all_of(text->parts, [&](ExprRef part) {
           return is_name(part) || part->as<ir::Constant>() != nullptr;
         });
}

}  // namespace

Typed Elaborator::comprehension(const syntax::Comprehension& each, source::Span span,
                                const Context& context) {
  const ExprRef source = value(*each.source, nullptr, context);
  warn_if_empty({source}, *each.source, context);
  const Kind kind = source->type->kind;
  if (kind == Kind::Poison) return poison(span);
  const bool map_like = kind == Kind::Map || kind == Kind::Record;
  if (kind != Kind::List && !map_like) {
    sink_.report(each.source->span, diag::NotIterable, Prose{describe_found(source)});
    return poison(span);
  }
  if (map_like && !each.key) {
    sink_.report(each.item.span, diag::MapNeedsKey);
    return poison(span);
  }
  warn_if_hiding(each.item, context);
  if (each.key) warn_if_hiding(*each.key, context);
  if (source->as<ir::ListLiteral>() || source->as<ir::RecordLiteral>())
    return unrolled(each, source, span, context);
  if (kind == Kind::Record) {
    sink_.report(each.source->span, diag::NotIterable, Prose{describe_found(source)});
    return poison(span);
  }

  const auto local = [&](const syntax::Name& name, types::TypeRef type) {
    return build_.node(ir::Local{build_.exprs().new_local(), name.text}, type, source->stage,
                       name.span);
  };
  const ExprRef item = local(each.item, source->type->element);
  Context inner = context;
  inner.bindings = &bindings_.emplace_back(Binding{inner.bindings, &each.item, {item}});
  ExprRef key = nullptr;
  if (each.key) {
    key = local(*each.key, map_like ? build_.types().string() : build_.types().integer());
    inner.bindings = &bindings_.emplace_back(Binding{inner.bindings, &*each.key, {key}});
  }
  ExprRef filter = nullptr;
  if (each.condition) {
    filter = condition(*each.condition, inner);
    inner = with(inner, filter, true);
    if (known(filter)) filter = *known(filter) ? nullptr : filter;
  }
  const ExprRef body = value(*each.body, nullptr, inner);
  if (body->type->kind == Kind::Poison) return poison(span);
  types::Type type{.kind = Kind::List,
                   .max = source->type->max,
                   .element = body->type,
                   .unique = (source->type->unique && differs_with(body, item)) ||
                             (key && differs_with(body, key))};
  if (filter == nullptr) type.min = source->type->min;
  const ir::Stage stage =
      std::max({source->stage, body->stage, filter ? filter->stage : ir::Stage::Release});
  return {build_.node(ir::Comprehension{source, key, item, filter, body},
                      build_.types().add(std::move(type)), stage, span)};
}

Typed Elaborator::unrolled(const syntax::Comprehension& each, ExprRef source, source::Span span,
                           const Context& context) {
  struct Step {
    ExprRef condition;
    ExprRef key;
    ExprRef value;
  };
  std::vector<Step> steps;
  if (const auto* list = source->as<ir::ListLiteral>()) {
    for (const auto& item : list->items) {
      steps.push_back({item.condition,
                       build_.constant(static_cast<std::int64_t>(steps.size()), span), item.value});
    }
  } else {
    for (const auto& entry : source->as<ir::RecordLiteral>()->entries) {
      steps.push_back({entry.condition, build_.constant(entry.name, entry.span), entry.value});
    }
    // A map is gone through in the order of its keys, whatever the order in the source.
    std::ranges::stable_sort(steps, {}, [](const Step& step) {
      return *step.key->as<ir::Constant>()->value.if_string();
    });
  }
  std::vector<ir::ListLiteral::Item> items;
  ++repeated_;
  for (const Step& step : steps) {
    Context inner = step.condition ? with(context, step.condition, true) : context;
    inner.bindings = &bindings_.emplace_back(Binding{inner.bindings, &each.item, {step.value}});
    if (each.key)
      inner.bindings = &bindings_.emplace_back(Binding{inner.bindings, &*each.key, {step.key}});
    ExprRef applies = step.condition;
    if (each.condition) {
      const ExprRef filter = condition(*each.condition, inner);
      inner = with(inner, filter, true);
      applies = build_.both(applies, filter, span);
    }
    const ExprRef body = value(*each.body, nullptr, inner);
    if (known(applies) != false) items.push_back({known(applies) ? nullptr : applies, body});
  }
  --repeated_;
  return {build_.list(std::move(items), span)};
}

}  // namespace stackc::check
