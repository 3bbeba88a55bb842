#include <CLI/CLI.hpp>
#include <memory>

#include "compiler/cli/options.h"
#include "compiler/cli/subcommand.h"
#include "compiler/driver/commands.h"

namespace stackc::cli {

void declare_build(CLI::App& app, Action& action) {
  const auto options = std::make_shared<driver::BuildOptions>();
  add_paths(app, options->paths);
  app.add_option("--out", options->out, "directory for the release directories")
      ->capture_default_str();
  add_kubernetes(app, options->kubernetes);
  add_cluster_api(app, options->cluster_api);
  add_schemas(app, options->schemas);
  add_charts(app, options->charts);
  app.add_option("--release-version", options->version,
                 "version of the releases and of their parts, as in v3 (default: v0-sha.<hash of "
                 "the content>)");
  app.callback([&action, options] {
    action = [options](auto& environment) { return driver::build(*options, environment); };
  });
}

}  // namespace stackc::cli
