#include "compiler/driver/run_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "compiler/base/text.h"
#include "compiler/diag/render_text.h"
#include "compiler/driver/chart_shelf.h"
#include "compiler/driver/workspace.h"

namespace stackc::driver {
namespace {

FileResult run_file(const std::string& path, Session& session, const Process& process,
                    diag::Colour colour) {
  FileResult result;
  CheckedFile file = session.check_file(path);
  if (file.unreadable) {
    result.failures.push_back(file.unreadable->text);
    return result;
  }
  result.failures.assign(file.unreadable_charts.begin(), file.unreadable_charts.end());
  result.unchecked_charts = file.unchecked_charts;
  if (!file.sink.has_errors() && result.failures.empty()) process(file, session.sources(), result);
  result.reports = file.sink.sorted();
  for (const diag::Report& report : result.reports) {
    result.rendered.push_back(diag::render_report(report, session.sources(), colour));
  }
  return result;
}

std::vector<FileResult> run_all(const std::vector<std::string>& files,
                                const SessionOptions& options, Environment& environment,
                                const Process& process) {
  std::vector<FileResult> results(files.size());
  std::atomic<std::size_t> next = 0;
  const diag::Colour colour = environment.colour ? diag::Colour::On : diag::Colour::Off;
  ChartShelf charts(environment.files, options.charts);
  const auto work = [&] {
    Session session(environment.files, options, options.with_charts ? &charts : nullptr);
    for (std::size_t i = next++; i < files.size(); i = next++)
      results[i] = run_file(files[i], session, process, colour);
  };
  const std::size_t count = std::min<std::size_t>(std::max(1U, environment.threads), files.size());
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < count; ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  return results;
}

/// Once for the whole run: nobody should take silence for a check.
std::string note_on_charts(const std::vector<FileResult>& results) {
  std::set<std::string_view> names;
  for (const FileResult& result : results)
    names.insert(result.unchecked_charts.begin(), result.unchecked_charts.end());
  if (names.empty()) return "";
  return fmt::format(
      "note: values for {} are not compared with the charts, which are not at hand; `stackc "
      "vendor` fetches them\n",
      quoted_list({names.begin(), names.end()}));
}

Exit print(const std::vector<FileResult>& results, Environment& environment) {
  constexpr std::size_t most_shown = 20;
  std::set<std::string> seen;
  std::set<std::string> told;  // several files may fail for the same reason
  std::size_t errors = 0;
  std::size_t warnings = 0;
  bool failed = false;
  for (const FileResult& result : results) {
    for (std::size_t i = 0; i < result.reports.size(); ++i) {
      if (!seen.insert(result.rendered[i]).second) continue;
      (result.reports[i].severity == diag::Severity::Error ? errors : warnings) += 1;
      if (seen.size() <= most_shown) environment.err += result.rendered[i];
    }
    for (const std::string& failure : result.failures) {
      if (told.insert(failure).second) environment.err += fmt::format("error: {}\n", failure);
    }
    failed |= !result.failures.empty();
    environment.out += result.out;
  }
  if (seen.size() > most_shown)
    environment.err += fmt::format("… and {} more\n", seen.size() - most_shown);
  environment.err += diag::render_counts(errors, warnings);
  if (errors == 0 && !failed) environment.err += note_on_charts(results);
  if (failed) return Exit::World;
  return errors > 0 ? Exit::DefinitionHasErrors : Exit::Fine;
}

}  // namespace

Exit run_files(const std::vector<std::string>& paths, const SessionOptions& options,
               Environment& environment, const Process& process) {
  std::vector<std::string> files;
  std::set<std::string> known;  // a file named twice is one file
  for (const std::string& path : paths) {
    const auto found = stack_files(environment.files, path);
    if (!found) {
      environment.err += fmt::format("error: {}\n", found.error().text);
      return Exit::World;
    }
    for (const std::string& file : *found) {
      if (known.insert(file).second) files.push_back(file);
    }
  }
  return print(run_all(files, options, environment, process), environment);
}

}  // namespace stackc::driver
