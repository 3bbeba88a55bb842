#include <CLI/CLI.hpp>
#include <memory>

#include "compiler/cli/options.h"
#include "compiler/cli/subcommand.h"
#include "compiler/driver/commands.h"

namespace stackc::cli {
namespace {

void declare_import(CLI::App& app, Action& action) {
  const auto options = std::make_shared<driver::SchemaImportOptions>();
  app.add_option("CRD", options->paths, "a YAML file with CustomResourceDefinitions")->required();
  app.add_option("-o,--out", options->out,
                 "directory for the schemas, as in schemas/acme-v1.2: a provider and its release")
      ->required();
  app.callback([&action, options] {
    action = [options](auto& environment) { return driver::import_schemas(*options, environment); };
  });
}

void declare_list(CLI::App& app, Action& action) {
  const auto options = std::make_shared<driver::SchemaListOptions>();
  add_schemas(app, options->schemas);
  app.callback([&action, options] {
    action = [options](auto& environment) { return driver::list_schemas(*options, environment); };
  });
}

}  // namespace

void declare_schema(CLI::App& app, Action& action) {
  app.require_subcommand(1);
  declare_import(*app.add_subcommand("import", "convert the CRDs of a provider into schemas"),
                 action);
  declare_list(*app.add_subcommand("list", "show the kinds that stackc knows, by provider"),
               action);
}

}  // namespace stackc::cli
