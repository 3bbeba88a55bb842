#include <CLI/CLI.hpp>
#include <memory>

#include "compiler/cli/options.h"
#include "compiler/cli/subcommand.h"
#include "compiler/driver/commands.h"

namespace stackc::cli {

void declare_vendor(CLI::App& app, Action& action) {
  const auto options = std::make_shared<driver::VendorOptions>();
  add_paths(app, options->paths);
  add_charts(app, options->charts);
  add_schemas(app, options->schemas);
  app.callback([&action, options] {
    action = [options](auto& environment) { return driver::vendor(*options, environment); };
  });
}

}  // namespace stackc::cli
