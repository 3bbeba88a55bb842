#include "compiler/check/check.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <map>
#include <set>

#include "compiler/base/ascii.h"
#include "compiler/base/text.h"
#include "compiler/check/stack_builder.h"
#include "compiler/check/unused_fields.h"
#include "compiler/check/unused_names.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/syntax/mentions.h"

namespace stackc::check {
namespace {

using diag::Code;
using diag::Count;
using diag::Prose;

/// `1.34.7` with three numbers and nothing else.
bool is_kubernetes_version(std::string_view text) {
  for (int part = 0; part < 3; ++part) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto digits = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || digits == 0 || (digits > 1 && text[0] == '0')) return false;
    text.remove_prefix(digits);
    if (part < 2 && !text.starts_with('.')) return false;
    if (part < 2) text.remove_prefix(1);
  }
  return text.empty();
}

/// Whether Cluster API could make clusters of the minor: older ones have another kubeadm, which it
/// does not configure any more, and `1.301` is a slip of `1.30.1`.
bool is_plausible_minor(const std::string& minor) {
  constexpr std::size_t longest = 4;  // `1.99`
  constexpr std::string_view oldest = "1.15";
  return minor.starts_with("1.") && minor.size() == longest && minor >= oldest;
}

std::string minor_of(const std::string& version) {
  return version.substr(0, version.rfind('.'));
}

/// The name becomes part of a release name, which the operator splits at dashes (artifacts.md,
/// names and versions).
void check_plain_name(const syntax::Name& name, const char* what, diag::Sink& sink) {
  const auto plain = [](char c) { return is_lower_case(c) || is_digit(c); };
  if (!std::ranges::all_of(name.text, plain)) {
    std::string meant = folded(name.text);
    std::erase_if(meant, [&](char c) { return !plain(c); });
    auto report = sink.report(name.span, diag::NameHasDash, Code{name.text}, Prose{what});
    if (!meant.empty()) report.hint(fmt::format("`{}` is such a name", meant));
  }
  constexpr std::int64_t longest = 20;
  if (std::ssize(name.text) > longest) {
    sink.report(name.span, diag::NameTooLong, Code{name.text}, Count{std::ssize(name.text)},
                Count{longest}, Prose{"so that the names of all objects fit into labels"});
  }
}

std::vector<const syntax::KubernetesLine*> lines_of(const syntax::Stack& stack, diag::Sink& sink) {
  std::vector<const syntax::KubernetesLine*> lines;
  for (const syntax::StackItem& item : stack.items) {
    const auto* line = std::get_if<syntax::KubernetesLine>(&item);
    if (line == nullptr) continue;
    if (!is_kubernetes_version(line->version.text)) {
      sink.report(line->version.span, diag::BadVersion, Code{line->version.text});
      continue;
    }
    const std::string minor = minor_of(line->version.text);
    if (!is_plausible_minor(minor)) {
      sink.report(line->version.span, diag::BadVersion, Code{line->version.text})
          .note(
              fmt::format("there is no Kubernetes {} for which Cluster API makes clusters", minor));
      continue;
    }
    const auto same = std::ranges::find_if(
        lines, [&](const auto* other) { return minor_of(other->version.text) == minor; });
    if (same != lines.end()) {
      sink.report(line->version.span, diag::DuplicateLine, Prose{minor})
          .label((*same)->version.span, diag::AlsoHere);
      continue;
    }
    lines.push_back(line);
  }
  if (lines.empty() && !sink.has_errors())
    sink.report(stack.name.span, diag::NoKubernetesLine, Code{stack.name.text});
  return lines;
}

/// The names in a stack whose values may differ from line to line: its facts, and the lets that
/// name them, directly or through others.
std::set<std::string_view> names_that_depend_on_line(const syntax::Stack& stack) {
  std::map<std::string, std::vector<std::string_view>, std::less<>> lets_that_name;
  for (const syntax::StackItem& item : stack.items) {
    const auto* let = std::get_if<syntax::Let>(&item);
    if (let == nullptr) continue;
    for (const std::string& name : syntax::mentioned_names(item))
      lets_that_name[name].push_back(let->name.text);
  }
  std::set<std::string_view> dependent;
  std::vector<std::string_view> open{"kubernetes"};
  while (!open.empty()) {
    const std::string_view name = open.back();
    open.pop_back();
    const auto lets = lets_that_name.find(name);
    if (!dependent.insert(name).second || lets == lets_that_name.end()) continue;
    open.insert(open.end(), lets->second.begin(), lets->second.end());
  }
  return dependent;
}

/// Whether what becomes of a stack's variables and templates may differ from line to line.
bool class_depends_on_line(const syntax::Stack& stack) {
  const std::set<std::string_view> dependent = names_that_depend_on_line(stack);
  return std::ranges::any_of(stack.items, [&](const syntax::StackItem& item) {
    const auto* let = std::get_if<syntax::Let>(&item);
    if (let) return let->is_function && dependent.contains(let->name.text);
    const bool is_of_class = std::holds_alternative<syntax::Variable>(item) ||
                             std::holds_alternative<syntax::TypeDeclaration>(item) ||
                             std::holds_alternative<syntax::Section>(item) ||
                             std::holds_alternative<syntax::Group>(item);
    const auto names =
        is_of_class ? syntax::mentioned_names(item) : std::set<std::string, std::less<>>();
    return std::ranges::any_of(names,
                               [&](const std::string& name) { return dependent.contains(name); });
  });
}

}  // namespace

Checked check(const resolve::Program& program, const Surroundings& surroundings,
              const Options& options, types::TypeStore& types, diag::Sink& sink) {
  Checked checked{std::make_unique<ir::ExprStore>(), {}, {}};
  ExprBuilder build(*checked.exprs, types);
  for (const syntax::Declaration& declaration :
       program.module(resolve::Program::root).tree->declarations) {
    const auto* stack = std::get_if<syntax::Stack>(&declaration);
    if (stack == nullptr) continue;
    build.forget_misfits_of_variables();
    check_plain_name(stack->name, "stack", sink);
    const std::vector<const syntax::KubernetesLine*> lines = lines_of(*stack, sink);
    const bool lines_share_class = lines.size() > 1 && !class_depends_on_line(*stack);
    UsedNames used;
    DecidedConditions decided;
    SameBranches same_branches;
    WrittenTexts texts;
    ReadFields read_fields;
    std::deque<StackBuilder> builders;
    for (const syntax::KubernetesLine* line : lines) {
      checked.lines.push_back(minor_of(line->version.text));
      if (options.kubernetes && minor_of(line->version.text) != *options.kubernetes) continue;
      StackBuilder& builder =
          builders.emplace_back(StackInput{program, *stack, surroundings.schemas,
                                           surroundings.charts, surroundings.sources, options},
                                *line, build, sink);
      // With errors, what a line reports may depend on what its own templates have reported.
      if (lines_share_class && builders.size() > 1 && !sink.has_errors())
        builder.take_class(builders.front(), checked.stacks.back());
      ir::Stack made = builder.run(checked.stacks.size());
      read_fields.add(made);
      checked.stacks.push_back(std::move(made));
      used.add(builder.elaborator());
      decided.add_all(builder.elaborator().decided_conditions());
      same_branches.add_all(builder.elaborator().same_branches());
      texts.add_all(builder.elaborator().written_texts());
    }
    if (!sink.has_error_at(stack->provider.span))
      check_plain_name(stack->provider, "provider", sink);
    // With errors, what uses a name may not have been reached; the lines that were left out may use
    // it too, and may decide a condition the other way.
    if (sink.has_errors() || options.kubernetes) continue;
    report_unused(*stack, used, surroundings.sources, sink);
    read_fields.report(*stack, sink);
    decided.report(surroundings.sources, sink);
    same_branches.report(surroundings.sources, sink);
    texts.report(surroundings.sources, sink);
  }
  return checked;
}

}  // namespace stackc::check
