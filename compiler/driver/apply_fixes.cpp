#include "compiler/driver/apply_fixes.h"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/diag/fixes.h"
#include "compiler/driver/chart_shelf.h"

namespace stackc::driver {
namespace {

/// The fixes of one round; all of them fit together.
class Round {
 public:
  explicit Round(const source::SourceSet& sources) : sources_(sources) {}

  void add(const diag::Report& report) {
    const diag::Fix* fix = diag::certain_fix(report);
    if (!fix || !std::ranges::all_of(fix->edits, [&](const auto& edit) { return fits(edit); }))
      return;
    for (const diag::Edit& edit : fix->edits) edits_[edit.span.file].push_back(edit);
    chosen_.push_back({{report.id, diag::place_of(report.span, sources_), fix->title}, fix->edits});
  }

  bool empty() const { return chosen_.empty(); }

  /// Writes the changed files, and notes what is done and what could not be.
  void write(Output& output, Fixes& fixes) const {
    std::set<source::FileId> unwritten;
    for (const auto& [id, edits] : edits_) {
      const source::SourceFile& file = sources_.file(id);
      const auto written = output.write_file(file.path(), diag::with_edits(file.text(), edits));
      if (written) continue;
      unwritten.insert(id);
      fixes.failures.push_back(written.error().text);
    }
    for (const Chosen& chosen : chosen_) {
      const bool done = std::ranges::none_of(
          chosen.edits, [&](const diag::Edit& edit) { return unwritten.contains(edit.span.file); });
      if (done) fixes.applied.push_back(chosen.fix);
    }
  }

 private:
  struct Chosen {
    diag::AppliedFix fix;
    std::vector<diag::Edit> edits;
  };

  bool fits(const diag::Edit& edit) const {
    if (sources_.file(edit.span.file).in_standard_library()) return false;
    const auto same_file = edits_.find(edit.span.file);
    return same_file == edits_.end() ||
           std::ranges::none_of(same_file->second, [&](const diag::Edit& other) {
             return diag::overlap(edit, other);
           });
  }

  const source::SourceSet& sources_;
  std::map<source::FileId, std::vector<diag::Edit>> edits_;
  std::vector<Chosen> chosen_;
};

}  // namespace

Fixes apply_fixes(const std::vector<std::string>& files, const SessionOptions& options,
                  const Process& process, const diag::WarningLevels& warnings,
                  Environment& environment) {
  constexpr int most_rounds = 10;
  Fixes fixes;
  ChartShelf charts(environment.files, options.charts);
  for (int i = 0; i < most_rounds; ++i) {
    Session session(environment.files, options, options.with_charts ? &charts : nullptr);
    Round round(session.sources());
    for (const std::string& file : files) {
      FileResult unused;  // what is no report is said by the check that follows
      std::vector<diag::Report> reports = examine(file, session, process, unused).sink.sorted();
      warnings.apply(reports);
      for (const diag::Report& report : reports) round.add(report);
    }
    if (round.empty()) break;
    round.write(environment.output, fixes);
    if (!fixes.failures.empty()) break;
  }
  return fixes;
}

}  // namespace stackc::driver
