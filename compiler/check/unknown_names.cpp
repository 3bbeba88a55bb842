#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

#include "compiler/base/ascii.h"
#include "compiler/base/text.h"
#include "compiler/check/builtins.h"
#include "compiler/check/elaborator.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/resolve.h"
#include "compiler/diag/catalogue/type.h"
#include "compiler/syntax/mentions.h"

/// Names that mean nothing here, and what their author may have meant.
namespace stackc::check {

using diag::Code;

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
  return !text.empty() && std::ranges::all_of(text, is_digit);
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

/// Functions of other languages, and what is written instead.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> foreign_functions{{
    {"format", "texts are joined in one text: `\"${a}-${b}\"`"},
    {"printf", "texts are joined in one text: `\"${a}-${b}\"`"},
    {"sprintf", "texts are joined in one text: `\"${a}-${b}\"`"},
    {"concat", "texts are joined in one text: `\"${a}-${b}\"`"},
    {"join", "texts are joined in one text: `\"${a}-${b}\"`"},
    {"str", "a text is made of a value by `\"${a}\"`"},
    {"string", "a text is made of a value by `\"${a}\"`"},
    {"toString", "a text is made of a value by `\"${a}\"`"},
    {"defined", "`has x` asks whether something optional is there"},
    {"exists", "`has x` asks whether something optional is there"},
    {"isset", "`has x` asks whether something optional is there"},
    {"empty", "what is empty is compared: `x == \"\"`, `xs == []`"},
}};

/// A truth value of YAML, which may as well be the text for programs that read YAML.
bool is_word_of_yaml(std::string_view name) {
  constexpr std::array<std::string_view, 4> words{"yes", "on", "no", "off"};
  return std::ranges::find(words, name) != words.end();
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
  for (const auto& [name, target] : program_.module(context.module).names) {
    const bool is_let = std::holds_alternative<const syntax::Let*>(target);
    const bool is_module = std::holds_alternative<resolve::ModuleId>(target);
    if (is_let || (is_module && use == Use::Root)) names.push_back(name);
  }
  if (use == Use::Value) names.insert(names.end(), {"true", "false"});
  if (use == Use::Function) names.insert(names.end(), function_names.begin(), function_names.end());
  return names;
}

/// `module.name` for a name that an imported module declares, `kubernetes.name` for a fact of the
/// Kubernetes line.
std::string Elaborator::qualified(std::string_view name, const Context& context) const {
  if (context.stack && context.stack->kubernetes.type()->find(name))
    return fmt::format("kubernetes.{}", name);
  for (const auto& [module, target] : program_.module(context.module).names) {
    const auto* id = std::get_if<resolve::ModuleId>(&target);
    if (id && program_.module(*id).names.contains(name)) return fmt::format("{}.{}", module, name);
  }
  return "";
}

/// `value.name` for the field that one of the visible values has, and no other; or empty.
std::string Elaborator::field_of_visible(std::string_view name, const Context& context) const {
  std::set<std::string> owners;
  const auto consider = [&](const std::string& value, const types::Type& type) {
    if (type.kind == types::Kind::Record && type.find(name) != nullptr) owners.insert(value);
  };
  for (const Binding* binding = context.bindings; binding; binding = binding->outer)
    consider(binding->name->text, *binding->value.type());
  if (context.stack) {
    for (const auto& [variable, value] : context.stack->variable_values)
      consider(variable, *value.type());
  }
  return owners.size() == 1 ? fmt::format("{}.{}", *owners.begin(), name) : "";
}

/// `kubernetes.version` for `kubernetesVersion`, and `builtin.controlPlane` in a template for
/// `controlPlane`; or empty.
std::string Elaborator::joined(std::string_view name, const Context& context) const {
  const bool is_builtin =
      context.role && std::ranges::any_of(ir::builtins(), [&](const ir::BuiltinVariable& one) {
        return one.is_seen_by(*context.role) && one.path.starts_with(name) &&
               one.path.substr(name.size()).starts_with('.');
      });
  if (is_builtin) return fmt::format("builtin.{}", name);
  if (context.stack == nullptr) return "";
  const auto field = [&](std::string_view root, const types::Type& type) -> std::string {
    if (type.kind != types::Kind::Record || name.size() <= root.size() || !name.starts_with(root))
      return "";
    std::string rest(name.substr(root.size()));
    if (rest.front() < 'A' || rest.front() > 'Z') return "";
    rest.front() = static_cast<char>(rest.front() - 'A' + 'a');
    return type.find(rest) ? fmt::format("{}.{}", root, rest) : "";
  };
  if (auto fact = field("kubernetes", *context.stack->kubernetes.type()); !fact.empty())
    return fact;
  for (const auto& [variable, value] : context.stack->variable_values) {
    if (auto found = field(variable, *value.type()); !found.empty()) return found;
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
  std::string other;
  const bool in_stack = context.stack != nullptr && context.stack->stack != nullptr;
  if (in_stack && difference.empty()) other = unused_local(use, context);
  if (in_stack && other.empty() && elsewhere.empty()) other = renamed(name, use, context);
  if (!other.empty()) {
    meant = {.name = other};
  } else if (elsewhere.empty()) {
    meant = std::ranges::find(names, ours) != names.end()
                ? Nearest{.name = ours, .only = !is_word_of_yaml(name)}
                : suggestion(name, names);
  }
  const std::string field = meant.empty() ? field_of_visible(name, context) : "";
  if (!field.empty()) meant = {.name = field};
  const std::string whole = joined(name, context);
  if (!whole.empty()) meant = {.name = whole, .only = true};
  report_unknown_name(name, span, meant);
  if (!unknown_.contains(name)) return;
  auto report = sink_.report(unknown_.find(name)->second, diag::UnknownName, Code{name});
  const bool may_be_text = is_word_of_yaml(name) && meant.name == ours;
  // A name that only has a part in common is no better a guess than a text without its quotes.
  const bool is_guess = !meant.empty() && other.empty() && !meant.only &&
                        nearest(name, names).empty() && ours.empty();
  if (meant.empty() || may_be_text || is_guess) explain_unknown(name, span, use, report);
  const bool live = std::ranges::find(live_object_names, name) != live_object_names.end();
  if (live) {
    report.note(fmt::format("the live object `{}` is known only to the values of an add-on{}", name,
                            context.role && name != "infraCluster"
                                ? fmt::format("; a template reads `builtin.{}.…`", name)
                                : ""));
  }
}

/// Nothing with a name like that is visible: what else may have been meant.
void Elaborator::explain_unknown(const std::string& name, source::Span span, Use use,
                                 diag::ReportBuilder& report) const {
  const auto* function = std::ranges::find(foreign_functions, name,
                                           &std::pair<std::string_view, std::string_view>::first);
  if (use == Use::Function && function != foreign_functions.end())
    report.note(std::string(function->second));
  const bool is_live = std::ranges::find(live_object_names, name) != live_object_names.end();
  if (use != Use::Value || is_live) return;
  if (in_interpolation_) {
    report.note(fmt::format(
        "for plain text write `\\${{{}}}`, and for what cloud-init fills in `{{{{ {} }}}}`", name,
        name));
    return;
  }
  const std::string text = fmt::format("\"{}\"", name);
  report.note(fmt::format("a text stands in double quotes: `{}`", text))
      .fix({"Put it in double quotes", {{span, text}}});
}

bool Elaborator::is_mentioned(std::string_view name, const Context& context) {
  if (mentioned_.empty()) {
    for (const syntax::StackItem& item : context.stack->stack->items)
      mentioned_.merge(syntax::mentioned_names(item));
  }
  return mentioned_.contains(name);
}

std::string_view Elaborator::unused_local(Use use, const Context& context) {
  for (const Binding* binding = context.bindings; binding && use != Use::Function;
       binding = binding->outer) {
    if (!is_mentioned(binding->name->text, context)) return binding->name->text;
  }
  return "";
}

std::string Elaborator::renamed(const std::string& name, Use use, const Context& context) {
  std::string found;
  const auto consider = [&](const std::string& candidate, bool is_function) {
    const bool fits = is_function == (use == Use::Function) && !is_mentioned(candidate, context);
    if (fits && found.empty() && share_a_word(name, candidate)) found = candidate;
  };
  for (const auto& [candidate, variable] : context.stack->variables) consider(candidate, false);
  for (const auto& [candidate, let] : context.stack->lets) consider(candidate, let->is_function);
  return found;
}

void Elaborator::suggest_member(const std::string& root, const syntax::Member& member,
                                source::Span span, const Context& context) {
  const auto told = unknown_.find(root);
  const std::string& name = member.name.text;
  const bool is_told_here =
      told != unknown_.end() && (told->second == member.base->span || told->second == span);
  if (!is_told_here) return;
  const auto& declared = program_.module(context.module).names;
  const auto own = declared.find(name);
  const bool is_own =
      own != declared.end() && std::holds_alternative<const syntax::Let*>(own->second);
  const bool is_value =
      is_own || (is_bound(name, context) && name != "kubernetes" && name != "builtin");
  std::string meant = is_value ? name : "";
  const bool is_offered = !suggestion(root, visible_names(Use::Root, context)).empty();
  for (const auto& [module, target] : declared) {
    const auto* id = std::get_if<resolve::ModuleId>(&target);
    const bool is_there = id != nullptr && program_.module(*id).names.contains(name);
    if (meant.empty() && is_there && !is_offered) meant = fmt::format("{}.{}", module, name);
  }
  if (meant.empty()) return;
  // Only a value is certain enough to be told behind another mistake in the file.
  sink_.report(told->second, diag::UnknownName, Code{root})
      .hint(is_value ? fmt::format("did you mean `{}`?", meant)
                     : fmt::format("there is `{}`", meant))
      .fix({fmt::format("Replace with `{}`", meant), {{span, meant}}, false});
}

void Elaborator::report_unknown_name(const std::string& name, source::Span span,
                                     const Nearest& meant) {
  if (names_are_unsure_ || told_.contains(name)) return;
  const auto [first, is_first] = unknown_.emplace(name, span);
  auto report = sink_.report(first->second, diag::UnknownName, Code{name});
  const bool is_module = std::ranges::find(program_.library, name) != program_.library.end();
  const std::string_view alias = resolve::alias_of(program_, name, span.file);
  if (!is_first && first->second != span) {
    report.label(span, diag::AlsoHere);
  } else if (meant.empty() && !alias.empty()) {
    report.suggest({.name = alias, .only = true});
  } else if (is_module && meant.empty()) {
    report.hint(fmt::format("write `import {}` at the top of the file", name));
  } else {
    report.suggest(meant);
  }
}

namespace {

/// `metadata.name` for a `name` that exactly one of the records in a record has.
std::string path_below(const types::Type& type, std::string_view name) {
  std::string found;
  for (const types::Field& field : type.fields) {
    if (field.type->kind != types::Kind::Record || field.type->find(name) == nullptr) continue;
    if (!found.empty()) return "";
    found = fmt::format("{}.{}", field.name, name);
  }
  return found;
}

}  // namespace

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
  const Nearest near = suggestion(name.text, names);
  const std::string below = near.empty() ? path_below(type, name.text) : "";
  report.suggest(below.empty() ? near : Nearest{.name = below});
  constexpr std::array counts{"length", "size", "len", "count"};
  const bool is_counted = type.kind == types::Kind::List || type.kind == types::Kind::Map;
  if (is_counted && std::ranges::find(counts, name.text) != counts.end())
    report.note("the number of items is `size(…)`");
  if (!names.empty() && names.size() <= 8) report.note("fields: " + quoted_list(names));
}

bool Elaborator::is_told(const std::string& name, source::Span span) {
  const bool known = unknown_.contains(name) || names_are_unsure_;
  return !told_.emplace(name, span).second || known;
}

}  // namespace stackc::check
