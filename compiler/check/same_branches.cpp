#include "compiler/check/same_branches.h"

#include <algorithm>
#include <string>

#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {
namespace {

/// The text of a branch without the indentation of its lines. Of a text block the indentation says
/// something.
std::string written_as(const source::SourceSet& sources, source::Span span) {
  const std::string_view text = sources.file(span.file).text();
  const std::string_view branch = text.substr(span.begin, span.end - span.begin);
  if (branch.find("\"\"\"") != branch.npos) return std::string(branch);
  std::string result;
  bool starts_line = false;
  for (const char c : branch) {
    starts_line = starts_line ? c == ' ' || c == '\t' || c == '\n' : c == '\n';
    if (!starts_line || c == '\n') result += c;
  }
  return result;
}

}  // namespace

void SameBranches::report(const source::SourceSet& sources, diag::Sink& sink) const {
  for (const auto& [chosen_by, branches] : choices_) {
    if (branches.size() < 2) continue;
    const std::string first = written_as(sources, branches.front());
    const bool are_same = !first.empty() && std::ranges::all_of(branches, [&](source::Span branch) {
      return written_as(sources, branch) == first;
    });
    if (!are_same) continue;
    auto report = sink.report(branches.back(), diag::SameBranches);
    report.label(chosen_by, diag::HasNoEffect);
    for (auto branch = branches.begin(); branch + 1 != branches.end(); ++branch)
      report.label(*branch, diag::AlsoHere);
  }
}

}  // namespace stackc::check
