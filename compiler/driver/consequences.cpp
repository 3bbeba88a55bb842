#include "compiler/driver/consequences.h"

#include <algorithm>
#include <array>

namespace stackc::driver {
namespace {

source::Span span_of(const syntax::StackItem& item) {
  return std::visit([](const auto& node) { return node.span; }, item);
}

/// The imports and declarations of a file; a stack counts as its items.
std::vector<source::Span> parts_of(const syntax::Module& module) {
  std::vector<source::Span> parts;
  for (const syntax::Import& import : module.imports) parts.push_back(import.span);
  for (const syntax::Declaration& declaration : module.declarations) {
    const auto* stack = std::get_if<syntax::Stack>(&declaration);
    if (stack == nullptr)
      parts.push_back(std::visit([](const auto& node) { return node.span; }, declaration));
    else
      std::ranges::transform(stack->items, std::back_inserter(parts), span_of);
  }
  return parts;
}

/// Does it say that something is missing or unknown, with nothing that it could have been? The part
/// that could not be read may hold it.
bool tells_absence(const diag::Report& report) {
  constexpr std::array<std::string_view, 5> absences{
      "type/missing-field", "type/maybe-missing-field", "type/exactly-one-field",
      "type/match-not-exhaustive", "type/unknown-field"};
  if (report.id.starts_with("stack/")) return true;
  if (report.hint.starts_with("did you mean")) return false;
  const bool of_names = report.id.starts_with("resolve/") && report.id != "resolve/duplicate-name";
  return of_names || std::ranges::find(absences, report.id) != absences.end();
}

}  // namespace

Consequences::Consequences(const diag::Sink& syntax_errors, const resolve::Program& program,
                           const source::SourceSet& sources)
    : sources_(sources) {
  for (const diag::Report& error : syntax_errors.sorted()) {
    if (error.id == "parse/missing-brace" || error.id == "parse/extra-brace")
      unbalanced_.push_back(error.span.file);
    for (const resolve::Module& module : program.modules) {
      if (module.tree->file != error.span.file) continue;
      std::ranges::copy_if(parts_of(*module.tree), std::back_inserter(damaged_),
                           [&](const source::Span& part) { return damages(part, error); });
    }
  }
}

/// By whole lines: what stands behind an item on its line was meant to be a part of it, and what is
/// missing at its end is told at the start of the next line.
bool Consequences::damages(const source::Span& span, const diag::Report& syntax_error) const {
  const source::SourceFile& file = sources_.file(span.file);
  const std::uint32_t line = file.position(syntax_error.span.begin).line;
  return file.position(span.begin).line <= line && line <= file.position(span.end).line + 1;
}

bool Consequences::hold(const diag::Report& report) const {
  if (report.severity != diag::Severity::Error || tells_absence(report)) return true;
  if (std::ranges::find(unbalanced_, report.span.file) != unbalanced_.end()) return true;
  return std::ranges::any_of(damaged_, [&](const source::Span& part) {
    return part.file == report.span.file && part.begin <= report.span.begin &&
           report.span.begin < part.end;
  });
}

}  // namespace stackc::driver
