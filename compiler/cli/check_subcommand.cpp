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
  app.add_option("--format", options->format,
                 "how reports are shown: text, or a json or sarif document on standard output")
      ->check(CLI::IsMember({"text", "json", "sarif"}))
      ->capture_default_str();
  app.add_option("--warn", options->warnings,
                 "off, warn or error: what becomes of warnings; =ID or =AREA for some of them, as "
                 "in off=stack/unused-let. May be given several times; the last one counts")
      ->type_name("LEVEL[=WHAT]");
  app.add_flag("--fix", options->fix, "apply the fixes that are certain, then report the rest");
  app.callback([&action, options] {
    action = [options](auto& environment) { return driver::check(*options, environment); };
  });
}

}  // namespace stackc::cli
