#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "compiler/base/text.h"
#include "compiler/check/builtins.h"
#include "compiler/check/elaborator.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/resolve.h"
#include "compiler/diag/catalogue/type.h"

/// Names that mean nothing here, and what their author may have meant.
namespace stackc::check {

using diag::Code;
using ir::ExprRef;

namespace {

/// Words of other languages, and ours.
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> foreign_words{{
    {"yes", "true"},
    {"on", "true"},
    {"no", "false"},
    {"off", "false"},
    {"nil", "null"},
    {"None", "null"},
    {"none", "null"},
    {"undefined", "null"},
    {"len", "size"},
    {"length", "size"},
    {"count", "size"},
    {"hasPrefix", "startsWith"},
    {"hasSuffix", "endsWith"},
    {"includes", "contains"},
    {"k8s", "kubernetes"},
}};

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// `a - b` for the one name `a-b`, if that makes sense; or empty.
std::string subtraction(std::string_view name, const std::vector<std::string_view>& names) {
  const auto is_known = [&](std::string_view part) {
    return std::ranges::find(names, part) != names.end();
  };
  for (std::size_t dash = name.find('-'); dash != name.npos; dash = name.find('-', dash + 1)) {
    const std::string_view rest = name.substr(dash + 1);
    if (is_known(name.substr(0, dash)) && (is_known(rest) || is_number(rest)))
      return fmt::format("{} - {}", name.substr(0, dash), rest);
  }
  return "";
}

std::string_view foreign_word(std::string_view name) {
  const auto* found =
      std::ranges::find(foreign_words, name, &std::pair<std::string_view, std::string_view>::first);
  return found == foreign_words.end() ? std::string_view{} : found->second;
}

}  // namespace

std::vector<std::string_view> Elaborator::visible_names(Use use, const Context& context) const {
  std::vector<std::string_view> names;
  for (const Binding* binding = context.bindings; binding; binding = binding->outer)
    names.push_back(binding->name->text);
  if (context.stack) {
    for (const std::string_view name : context.stack->names()) names.push_back(name);
  }
  if (context.live_objects) {
    for (const std::string_view name : live_object_names) names.push_back(name);
    names.push_back("null");
  }
  for (const auto& [name, target] : program_.module(context.module).names) names.push_back(name);
  if (use == Use::Value) names.insert(names.end(), {"true", "false"});
  if (use == Use::Function) names.insert(names.end(), function_names.begin(), function_names.end());
  return names;
}

/// `module.name` for a name that an imported module declares, `kubernetes.name` for a fact of the
/// Kubernetes line.
std::string Elaborator::qualified(std::string_view name, const Context& context) const {
  const ExprRef line = context.stack ? context.stack->kubernetes.expr : nullptr;
  if (line && line->type->find(name) != nullptr) return fmt::format("kubernetes.{}", name);
  for (const auto& [module, target] : program_.module(context.module).names) {
    const auto* id = std::get_if<resolve::ModuleId>(&target);
    if (id && program_.module(*id).names.contains(name)) return fmt::format("{}.{}", module, name);
  }
  return "";
}

void Elaborator::report_unknown(const std::string& name, source::Span span, Use use,
                                const Context& context) {
  const auto names = visible_names(use, context);
  const std::string_view ours = foreign_word(name);
  const std::string difference = subtraction(name, names);
  const std::string elsewhere = difference.empty() ? qualified(name, context) : difference;
  Nearest meant{.name = elsewhere, .only = true};
  if (elsewhere.empty()) {
    meant = std::ranges::find(names, ours) != names.end() ? Nearest{.name = ours, .only = true}
                                                          : suggestion(name, names);
  }
  report_unknown_name(name, span, meant);
  if (!unknown_.contains(name)) return;
  auto report = sink_.report(unknown_.find(name)->second, diag::UnknownName, Code{name});
  const bool live = std::ranges::find(live_object_names, name) != live_object_names.end();
  if (live) {
    report.note(fmt::format("the live object `{}` is known only to the values of an add-on{}", name,
                            context.role && name != "infraCluster"
                                ? fmt::format("; a template reads `builtin.{}.…`", name)
                                : ""));
  } else if (meant.empty() && use == Use::Value) {
    const std::string text = fmt::format("\"{}\"", name);
    report.note(fmt::format("a text stands in double quotes: `{}`", text))
        .fix({"Put it in double quotes", {{span, text}}});
  }
}

void Elaborator::report_unknown_name(const std::string& name, source::Span span,
                                     const Nearest& meant) {
  if (names_are_unsure_ || told_.contains(name)) return;
  const auto [first, is_first] = unknown_.emplace(name, span);
  auto report = sink_.report(first->second, diag::UnknownName, Code{name});
  const bool is_module = std::ranges::find(program_.library, name) != program_.library.end();
  if (!is_first && first->second != span) {
    report.label(span, diag::AlsoHere);
  } else if (is_module && meant.empty()) {
    report.hint(fmt::format("write `import {}` at the top of the file", name));
  } else {
    report.suggest(meant);
  }
}

void Elaborator::report_unknown_member(const types::Type& type, const syntax::Name& name) {
  const std::string shown = types::describe(type);
  const auto [first, is_first] =
      unknown_.emplace(fmt::format("{}.{}", shown, name.text), name.span);
  if (is_first && sink_.has_error_at(name.span)) told_.emplace(first->first, name.span);
  if (told_.contains(first->first)) return;  // told of another Kubernetes line
  auto report = sink_.report(first->second, diag::UnknownField, Code{name.text}, Code{shown});
  if (!is_first) {
    if (first->second != name.span) report.label(name.span, diag::AlsoHere);
    return;
  }
  std::vector<std::string_view> names;
  for (const types::Field& field : type.fields) names.push_back(field.name);
  report.suggest(suggestion(name.text, names));
  if (!names.empty() && names.size() <= 8) report.note("fields: " + quoted_list(names));
}

bool Elaborator::is_told(const std::string& name, source::Span span) {
  const bool known = unknown_.contains(name) || names_are_unsure_;
  return !told_.emplace(name, span).second || known;
}

}  // namespace stackc::check
