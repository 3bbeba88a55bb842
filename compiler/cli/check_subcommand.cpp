#include <CLI/CLI.hpp>
#include <memory>

#include "compiler/cli/options.h"
#include "compiler/cli/subcommand.h"
#include "compiler/driver/commands.h"

namespace stackc::cli {

void declare_check(CLI::App& app, Action& action) {
  const auto options = std::make_shared<driver::CheckOptions>();
  add_paths(app, options->paths);
  app.add_option("--cluster", options->clusters,
                 "check a Cluster manifest against the class as well; may be given several times")
      ->allow_extra_args(false);
  add_cluster_api(app, options->cluster_api);
  add_schemas(app, options->schemas);
  add_charts(app, options->charts);
  app.callback([&action, options] {
    action = [options](auto& environment) { return driver::check(*options, environment); };
  });
}

}  // namespace stackc::cli
