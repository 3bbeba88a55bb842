#include "compiler/driver/present.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "compiler/base/text.h"
#include "compiler/diag/render_text.h"

namespace stackc::driver {
namespace {

using diag::Severity;

/// Leaves each report where it was found first.
std::vector<FileResult> without_repetitions(std::vector<FileResult> results) {
  std::set<std::string> seen;
  std::set<std::string> told;  // several files may fail for the same reason
  for (FileResult& result : results) {
    std::erase_if(result.findings,
                  [&](const auto& finding) { return !seen.insert(finding.text).second; });
    std::erase_if(result.failures, [&](const auto& text) { return !told.insert(text).second; });
  }
  return results;
}

std::size_t count(const std::vector<FileResult>& results, Severity severity) {
  std::size_t sum = 0;
  for (const FileResult& result : results) {
    sum += static_cast<std::size_t>(std::ranges::count(
        result.findings, severity, [](const auto& finding) { return finding.report.severity; }));
  }
  return sum;
}

/// Once for the whole run: nobody should take silence for a check.
std::vector<std::string> notes_on_charts(const std::vector<FileResult>& results) {
  std::set<std::string_view> names;
  for (const FileResult& result : results)
    names.insert(result.unchecked_charts.begin(), result.unchecked_charts.end());
  if (names.empty()) return {};
  return {fmt::format(
      "values for {} are not compared with the charts, which are not at hand; `stackc vendor` "
      "fetches them",
      quoted_list({names.begin(), names.end()}))};
}

bool failed(const std::vector<FileResult>& results, const Presentation& how) {
  return !how.before.failures.empty() ||
         std::ranges::any_of(results, [](const auto& result) { return !result.failures.empty(); });
}

std::string text_of(const diag::AppliedFix& fix) {
  return fmt::format("fixed[{}]: {}:{}:{}: {}\n", fix.id, fix.place.file, fix.place.begin.line,
                     fix.place.begin.column, fix.title);
}

void print_text(const std::vector<FileResult>& results, const Presentation& how,
                Environment& environment) {
  std::size_t reports = 0;
  std::string_view explained;  // the first error
  for (const diag::AppliedFix& fix : how.before.applied) environment.err += text_of(fix);
  for (const std::string& failure : how.before.failures)
    environment.err += fmt::format("error: {}\n", failure);
  for (const FileResult& result : results) {
    for (const FileResult::Finding& finding : result.findings) {
      if (++reports <= diag::most_shown) environment.err += finding.text;
      if (explained.empty() && finding.report.severity == Severity::Error)
        explained = finding.report.id;
    }
    for (const std::string& failure : result.failures)
      environment.err += fmt::format("error: {}\n", failure);
    environment.out += result.out;
  }
  environment.err += diag::render_hidden(reports);
  environment.err +=
      diag::render_counts(count(results, Severity::Error), count(results, Severity::Warning));
  if (count(results, Severity::Error) == 0 && !failed(results, how)) {
    for (const std::string& note : notes_on_charts(results))
      environment.err += fmt::format("note: {}\n", note);
  }
  // For a person only: a log, or what compares logs, has no use for it.
  if (environment.terminal && !explained.empty())
    environment.err += fmt::format("`stackc explain {}` says more\n", explained);
}

diag::Outcome outcome_of(const std::vector<FileResult>& results, const Presentation& how) {
  diag::Outcome outcome{.reports = {},
                        .failures = how.before.failures,
                        .notes = notes_on_charts(results),
                        .fixed = how.before.applied};
  for (const FileResult& result : results) {
    for (const FileResult::Finding& finding : result.findings)
      outcome.reports.push_back(finding.report);
    outcome.failures.insert(outcome.failures.end(), result.failures.begin(), result.failures.end());
  }
  return outcome;
}

}  // namespace

Exit present(const std::vector<FileResult>& all, const Presentation& how,
             Environment& environment) {
  const std::vector<FileResult> results = without_repetitions(all);
  switch (how.format) {
    case ReportFormat::Text:
      print_text(results, how, environment);
      break;
    case ReportFormat::Json:
      environment.out += diag::render_json(outcome_of(results, how));
      break;
    case ReportFormat::Sarif:
      environment.out += diag::render_sarif(outcome_of(results, how), environment.version);
      break;
  }
  if (failed(results, how)) return Exit::World;
  return count(results, Severity::Error) > 0 ? Exit::DefinitionHasErrors : Exit::Fine;
}

}  // namespace stackc::driver
