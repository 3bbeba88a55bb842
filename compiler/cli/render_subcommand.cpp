#include <CLI/CLI.hpp>
#include <memory>

#include "compiler/cli/options.h"
#include "compiler/cli/subcommand.h"
#include "compiler/driver/commands.h"

namespace stackc::cli {

void declare_render(CLI::App& app, Action& action) {
  const auto options = std::make_shared<driver::RenderOptions>();
  app.add_option("PATH", options->path, "a .stack file, or a directory with one")->required();
  app.add_option("--cluster", options->clusters, "a Cluster manifest; may be given several times")
      ->required();
  add_kubernetes(app, options->kubernetes);
  add_cluster_api(app, options->cluster_api);
  add_schemas(app, options->schemas);
  app.add_option("--format", options->format, "yaml, or json (one line per object)")
      ->check(CLI::IsMember({"yaml", "json"}))
      ->capture_default_str();
  app.callback([&action, options] {
    action = [options](auto& environment) { return driver::render(*options, environment); };
  });
}

}  // namespace stackc::cli
