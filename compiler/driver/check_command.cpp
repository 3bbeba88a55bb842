#include <fmt/core.h>

#include "compiler/driver/apply_fixes.h"
#include "compiler/driver/cluster_files.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/lowered_classes.h"
#include "compiler/driver/run_files.h"
#include "compiler/driver/selected_lines.h"
#include "compiler/emit/emit.h"
#include "compiler/lower/add_on_values.h"

namespace stackc::driver {
namespace {

/// Reports what a build would: what Cluster API and the operator cannot compute or hold.
void check_line(const ir::Stack& stack, LoweredClasses& classes, CheckedFile& file) {
  ir::ExprStore& exprs = *file.checked.exprs;
  for (const ir::AddOn& add_on : stack.add_ons)
    lower::lower_values(add_on, emit::chart_alias(add_on), stack, exprs, file.sink);
  classes.of(stack, exprs, file.sink);
}

ReportFormat format_of(const std::string& word) {
  if (word == "json") return ReportFormat::Json;
  return word == "sarif" ? ReportFormat::Sarif : ReportFormat::Text;
}

}  // namespace

Exit check(const CheckOptions& options, Environment& environment) {
  if (!options.clusters.empty()) {
    if (const auto one = expect_one_definition(environment.files, options.paths); !one) {
      environment.err += fmt::format("error: {}\n", one.error().text);
      return Exit::Usage;
    }
  }
  auto warnings = diag::WarningLevels::parse(options.warnings);
  if (!warnings) {
    environment.err += fmt::format("error: --warn: {}\n", warnings.error().text);
    return Exit::Usage;
  }
  SessionOptions session;
  session.check.cluster_api = options.cluster_api;
  session.schemas = options.schemas;
  session.with_charts = true;
  session.charts = options.charts;
  Presentation how{
      .format = format_of(options.format), .warnings = *std::move(warnings), .before = {}};
  const auto clusters = read_clusters(environment.files, options.clusters);
  if (!clusters) {
    FileResult nothing;
    nothing.failures.push_back(clusters.error().text);
    return present({nothing}, how, environment);
  }
  const auto check_more = [&](CheckedFile& file, source::SourceSet& sources, const FileResult&) {
    LoweredClasses classes;
    for (const ir::Stack& stack : selected_lines(file, {})) check_line(stack, classes, file);
    for (const ClusterFile& cluster : *clusters) stage_cluster(cluster, file, {}, sources);
  };
  if (options.fix) {
    // Paths that name nothing are reported by the check.
    if (const auto files = files_of(options.paths, environment.files))
      how.before = apply_fixes(*files, session, check_more, how.warnings, environment);
  }
  return run_files(options.paths, session, environment, check_more, how);
}

}  // namespace stackc::driver
