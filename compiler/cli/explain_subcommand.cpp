#include <CLI/CLI.hpp>
#include <memory>

#include "compiler/cli/subcommand.h"
#include "compiler/driver/commands.h"

namespace stackc::cli {

void declare_explain(CLI::App& app, Action& action) {
  const auto options = std::make_shared<driver::ExplainOptions>();
  app.add_option("ID", options->subject,
                 "a diagnostic such as type/unknown-field, or an area such as type (default: list "
                 "all)");
  app.callback([&action, options] {
    action = [options](auto& environment) { return driver::explain(*options, environment); };
  });
}

}  // namespace stackc::cli
