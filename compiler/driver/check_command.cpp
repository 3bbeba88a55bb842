#include <fmt/core.h>

#include "compiler/driver/cluster_files.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/run_files.h"
#include "compiler/driver/selected_lines.h"
#include "compiler/emit/emit.h"
#include "compiler/lower/add_on_values.h"
#include "compiler/lower/lower.h"

namespace stackc::driver {
namespace {

/// Reports what a build would: what Cluster API and the operator cannot compute or hold.
void check_line(const ir::Stack& stack, CheckedFile& file) {
  ir::ExprStore& exprs = *file.checked.exprs;
  for (const ir::AddOn& add_on : stack.add_ons)
    lower::lower_values(add_on, emit::chart_alias(add_on), stack, exprs, file.sink);
  lower::lower_class(stack, exprs, emit::line_name(stack) + "-v1", file.sink);
}

}  // namespace

Exit check(const CheckOptions& options, Environment& environment) {
  if (!options.clusters.empty()) {
    if (const auto one = expect_one_definition(environment.files, options.paths); !one) {
      environment.err += fmt::format("error: {}\n", one.error().text);
      return Exit::Usage;
    }
  }
  const auto clusters = read_clusters(environment.files, options.clusters);
  if (!clusters) {
    environment.err += fmt::format("error: {}\n", clusters.error().text);
    return Exit::World;
  }
  const auto check_more = [&](CheckedFile& file, source::SourceSet& sources, FileResult& result) {
    for (const ir::Stack& stack : selected_lines(file, {}, result)) check_line(stack, file);
    for (const ClusterFile& cluster : *clusters) stage_cluster(cluster, file, {}, sources);
  };
  return run_files(options.paths,
                   {.check = {.cluster_api = options.cluster_api, .kubernetes = {}},
                    .schemas = options.schemas,
                    .with_charts = true,
                    .charts = options.charts},
                   environment, check_more);
}

}  // namespace stackc::driver
