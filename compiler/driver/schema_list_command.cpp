#include <fmt/core.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/workspace.h"
#include "compiler/schema/schema_set.h"

namespace stackc::driver {

Exit list_schemas(const SchemaListOptions& options, Environment& environment) {
  schema::SchemaSet schemas;
  const std::string workspace = workspace_root(environment.files, "main.stack");
  if (const auto own = schemas_directory(environment.files, workspace, options.schemas)) {
    if (const auto added = schemas.add_directory(environment.files, *own); !added) {
      environment.err += fmt::format("error: {}\n", added.error().text);
      return Exit::World;
    }
  }
  std::string_view provider;
  for (const schema::SchemaName& name : schemas.names()) {
    if (name.provider != provider) environment.out += fmt::format("{}\n", name.provider);
    provider = name.provider;
    const std::size_t ending = name.file.rfind('.');
    const std::size_t dot = name.file.rfind('.', ending - 1);
    environment.out += fmt::format("  {} {}\n", name.file.substr(0, dot),
                                   name.file.substr(dot + 1, ending - dot - 1));
  }
  return Exit::Fine;
}

}  // namespace stackc::driver
