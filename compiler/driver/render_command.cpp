#include <fmt/core.h>

#include "compiler/driver/cluster_files.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/run_files.h"
#include "compiler/driver/selected_lines.h"
#include "compiler/emit/yaml_writer.h"

namespace stackc::driver {

Exit render(const RenderOptions& options, Environment& environment) {
  if (const auto one = expect_one_definition(environment.files, {options.path}); !one) {
    environment.err += fmt::format("error: {}\n", one.error().text);
    return Exit::Usage;
  }
  const auto clusters = read_clusters(environment.files, options.clusters);
  if (!clusters) {
    environment.err += fmt::format("error: {}\n", clusters.error().text);
    return Exit::World;
  }
  const auto render_clusters = [&](CheckedFile& file, source::SourceSet& sources,
                                   FileResult& result) {
    if (options.kubernetes && selected_lines(file, options.kubernetes).empty()) return;
    for (const ClusterFile& cluster : *clusters) {
      const auto desired = stage_cluster(cluster, file, options.kubernetes, sources);
      if (!desired) continue;
      for (const Value& object : desired->objects) {
        result.out +=
            options.format == "json" ? to_json(object) + "\n" : "---\n" + emit::write_yaml(object);
      }
    }
  };
  return run_files({options.path},
                   {.check = {.cluster_api = options.cluster_api, .kubernetes = options.kubernetes},
                    .schemas = options.schemas},
                   environment, render_clusters);
}

}  // namespace stackc::driver
