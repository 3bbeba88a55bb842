#pragma once

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

/// Options that several subcommands share, so that they read the same everywhere.
namespace stackc::cli {

void add_paths(CLI::App& app, std::vector<std::string>& paths);
void add_cluster_api(CLI::App& app, std::optional<std::string>& version);
void add_kubernetes(CLI::App& app, std::optional<std::string>& minor);
void add_schemas(CLI::App& app, std::optional<std::string>& directory);
void add_charts(CLI::App& app, std::optional<std::string>& directory);

}  // namespace stackc::cli
