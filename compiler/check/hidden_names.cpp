#include "compiler/check/elaborator.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/resolve.h"

/// Names that take the place of another one. The nearest wins, in the order of `look_up`.
namespace stackc::check {
namespace {

struct Hidden {
  const char* what;
  std::optional<source::Span> declared;  // none for what the language itself offers
};

std::optional<Hidden> hidden_in_stack(const std::string& name, const StackScope& stack) {
  if (const auto variable = stack.variables.find(name); variable != stack.variables.end())
    return Hidden{"the variable of the same name", variable->second->name.span};
  if (const auto let = stack.lets.find(name); let != stack.lets.end())
    return Hidden{"the let of the same name", let->second->name.span};
  if (name == "kubernetes") return Hidden{"the facts of the Kubernetes line", {}};
  if (name == "builtin") return Hidden{"what Cluster API offers", {}};
  return std::nullopt;
}

/// What is no value, a type for instance, keeps its meaning.
std::optional<Hidden> hidden_in_module(const std::string& name, const resolve::Module& module) {
  const auto target = module.names.find(name);
  if (target == module.names.end()) return std::nullopt;
  if (const auto* let = std::get_if<const syntax::Let*>(&target->second))
    return Hidden{"the let of the same name", (*let)->name.span};
  if (!std::holds_alternative<resolve::ModuleId>(target->second)) return std::nullopt;
  for (const syntax::Import& import : module.tree->imports) {
    if (import.binding.text == name) return Hidden{"the import of the same name", import.span};
  }
  return std::nullopt;
}

}  // namespace

void Elaborator::warn_if_hiding(const syntax::Name& name, const Context& context) {
  if (name.text == "_") return;
  std::optional<Hidden> hidden;
  for (const Binding* binding = context.bindings; binding && !hidden; binding = binding->outer) {
    if (binding->name->text == name.text) hidden = {"the outer one", binding->name->span};
  }
  if (!hidden && context.stack) hidden = hidden_in_stack(name.text, *context.stack);
  if (!hidden) hidden = hidden_in_module(name.text, program_.module(context.module));
  if (!hidden) return;
  auto report =
      sink_.report(name.span, diag::HiddenName, diag::Code{name.text}, diag::Prose{hidden->what});
  if (hidden->declared) report.label(*hidden->declared, diag::DeclaredHere, diag::Code{name.text});
  report.note("give one of the two another name");
}

}  // namespace stackc::check
