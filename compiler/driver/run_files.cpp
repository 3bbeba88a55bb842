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

CheckedFile examine(const std::string& path, Session& session, const Process& process,
                    FileResult& result) {
  CheckedFile file = session.check_file(path);
  if (file.unreadable) {
    result.failures.push_back(file.unreadable->text);
    return file;
  }
  result.failures.assign(file.unreadable_charts.begin(), file.unreadable_charts.end());
  result.unchecked_charts = file.unchecked_charts;
  result.lines = {file.checked.lines.begin(), file.checked.lines.end()};
  if (!file.sink.has_errors() && result.failures.empty()) process(file, session.sources(), result);
  return file;
}

namespace {

FileResult run_file(const std::string& path, Session& session, const Process& process,
                    const Presentation& how, diag::Colour colour) {
  FileResult result;
  const CheckedFile file = examine(path, session, process, result);
  std::vector<diag::Report> reports = file.sink.sorted();
  how.warnings.apply(reports);
  for (const diag::Report& report : reports) {
    result.findings.push_back({diag::with_places(report, session.sources()),
                               diag::render_report(report, session.sources(), colour)});
  }
  return result;
}

std::vector<FileResult> run_all(const std::vector<std::string>& files,
                                const SessionOptions& options, Environment& environment,
                                const Process& process, const Presentation& how) {
  std::vector<FileResult> results(files.size());
  std::atomic<std::size_t> next = 0;
  const diag::Colour colour = environment.colour ? diag::Colour::On : diag::Colour::Off;
  ChartShelf charts(environment.files, options.charts);
  const auto work = [&] {
    Session session(environment.files, options, options.with_charts ? &charts : nullptr);
    for (std::size_t i = next++; i < files.size(); i = next++)
      results[i] = run_file(files[i], session, process, how, colour);
  };
  const std::size_t count = std::min<std::size_t>(std::max(1U, environment.threads), files.size());
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < count; ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  return results;
}

/// Stacks without the line are passed over, but a run that finds it nowhere has done nothing.
void expect_line(const std::string& kubernetes, std::vector<FileResult>& results) {
  std::set<std::string_view> others;
  for (const FileResult& result : results) {
    if (result.lines.contains(kubernetes)) return;
    others.insert(result.lines.begin(), result.lines.end());
  }
  if (others.empty()) return;  // why nothing has lines has been told
  results.back().failures.push_back(
      fmt::format("no stack has a line for Kubernetes {}; there are lines for {}", kubernetes,
                  quoted_list({others.begin(), others.end()})));
}

}  // namespace

Result<std::vector<std::string>> files_of(const std::vector<std::string>& paths,
                                          source::FileSystem& files) {
  std::vector<std::string> all;
  std::set<std::string> known;  // a file named twice is one file
  for (const std::string& path : paths) {
    const auto found = stack_files(files, path);
    if (!found) return found.error();
    for (const std::string& file : *found) {
      if (known.insert(file).second) all.push_back(file);
    }
  }
  return all;
}

Exit run_files(const std::vector<std::string>& paths, const SessionOptions& options,
               Environment& environment, const Process& process, const Presentation& how) {
  const auto files = files_of(paths, environment.files);
  if (!files) {
    FileResult nothing;
    nothing.failures.push_back(files.error().text);
    return present({nothing}, how, environment);
  }
  std::vector<FileResult> results = run_all(*files, options, environment, process, how);
  if (options.check.kubernetes) expect_line(*options.check.kubernetes, results);
  return present(results, how, environment);
}

}  // namespace stackc::driver
