#include "compiler/cli/options.h"

#include <CLI/CLI.hpp>

namespace stackc::cli {

void add_paths(CLI::App& app, std::vector<std::string>& paths) {
  app.add_option("PATH", paths, "a .stack file, or a directory with such files")->required();
}

void add_cluster_api(CLI::App& app, std::optional<std::string>& version) {
  app.add_option("--cluster-api", version,
                 "API version of Cluster API's kinds, instead of the one that the stack targets")
      ->check(CLI::IsMember({"v1beta1", "v1beta2"}));
}

void add_kubernetes(CLI::App& app, std::optional<std::string>& minor) {
  app.add_option("--kubernetes", minor,
                 "only the lines of this Kubernetes minor version, as in 1.34; stacks without one "
                 "are passed over");
}

void add_schemas(CLI::App& app, std::optional<std::string>& directory) {
  app.add_option("--schemas", directory,
                 "directory with schemas of providers (default: schemas/ at the root of the "
                 "workspace)");
}

void add_charts(CLI::App& app, std::optional<std::string>& directory) {
  app.add_option("--charts", directory,
                 "directory with charts of add-ons (default: charts/ beside the stack)");
}

}  // namespace stackc::cli
