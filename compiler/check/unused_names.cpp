#include "compiler/check/unused_names.h"

#include <fmt/core.h>

#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/diag/catalogue/type.h"
#include "compiler/diag/fixes.h"

namespace stackc::check {
namespace {

using diag::Code;

template <typename Set>
void merge(Set& all, const Set& more) {
  all.insert(more.begin(), more.end());
}

void report_variable(const syntax::Variable& variable, const UsedNames& used, diag::Sink& sink) {
  const std::string& name = variable.name.text;
  if (used.variables.contains(name) || used.in_texts.contains(name)) return;
  if (const auto text = used.texts_like_variables.find(name);
      text != used.texts_like_variables.end()) {
    sink.report(text->second, diag::ForeignReference, Code{fmt::format("\"{}\"", name)}, Code{name})
        .label(variable.name.span, diag::DeclaredHere, Code{name})
        .fix({"Remove the quotes", {{text->second, name}}, false});
    return;
  }
  if (const auto question = used.asked.find(name); question != used.asked.end()) {
    sink.report(question->second, diag::OnlyAsked, Code{name})
        .label(variable.name.span, diag::DeclaredHere, Code{name})
        .note("nothing reads it, once it is known whether it is there or empty");
    return;
  }
  sink.report(variable.name.span, diag::UnusedVariable, Code{name})
      .note("nothing reads it: a cluster that sets it gets the same objects");
}

void report_let(const syntax::Let& let, const UsedNames& used, const source::SourceSet& sources,
                diag::Sink& sink) {
  if (used.lets.contains(&let)) {
    for (const syntax::Parameter& parameter : let.parameters) {
      const std::string& name = parameter.name.text;
      if (used.parameters.contains(&parameter) || used.in_texts.contains(name)) continue;
      sink.report(parameter.name.span, diag::UnusedParameter, Code{name})
          .note("the function gives the same whatever is passed for it");
    }
    return;
  }
  if (used.in_texts.contains(let.name.text)) return;
  auto report = sink.report(let.name.span, diag::UnusedLet, Code{let.name.text});
  if (!let.is_function) report.note("so it has not been checked either");
  // A use may have been forgotten, so a person chooses.
  const auto edit = diag::removal_of_lines(sources.file(let.span.file), let.span);
  if (edit && let.leading.annotations.empty()) report.fix({"Remove the let", {*edit}, false});
}

/// Told where the first line has it, with those of the other lines.
void report_facts(const syntax::Stack& stack, const UsedNames& used, diag::Sink& sink) {
  const bool may_be_read = used.facts.contains(every_fact) || used.in_texts.contains("kubernetes");
  if (may_be_read) return;
  std::map<std::string, source::Span, std::less<>> first;
  for (const syntax::StackItem& item : stack.items) {
    const auto* line = std::get_if<syntax::KubernetesLine>(&item);
    const auto* facts = line && line->facts ? line->facts->as<syntax::Record>() : nullptr;
    if (facts == nullptr) continue;
    for (const syntax::Entry& fact : facts->entries) {
      if (!fact.name || used.facts.contains(fact.name->text)) continue;
      const auto [told, is_first] = first.emplace(fact.name->text, fact.name->span);
      auto report = sink.report(told->second, diag::UnusedFact, Code{fact.name->text});
      if (is_first)
        report.note(fmt::format("it is read as `kubernetes.{}`", fact.name->text));
      else
        report.label(fact.name->span, diag::AlsoHere);
    }
  }
}

}  // namespace

void UsedNames::add(const Elaborator& line) {
  merge(variables, line.used_variables());
  merge(asked, line.asked_variables());
  merge(facts, line.used_facts());
  merge(lets, line.used_lets());
  merge(parameters, line.used_parameters());
  merge(in_texts, line.names_in_texts());
  merge(texts_like_variables, line.texts_like_variables());
}

void report_unused(const syntax::Stack& stack, const UsedNames& used,
                   const source::SourceSet& sources, diag::Sink& sink) {
  for (const syntax::StackItem& item : stack.items) {
    if (const auto* variable = std::get_if<syntax::Variable>(&item))
      report_variable(*variable, used, sink);
    if (const auto* let = std::get_if<syntax::Let>(&item)) report_let(*let, used, sources, sink);
  }
  report_facts(stack, used, sink);
}

}  // namespace stackc::check
