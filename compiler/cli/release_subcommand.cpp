#include <CLI/CLI.hpp>
#include <cstdint>
#include <limits>
#include <memory>

#include "compiler/cli/options.h"
#include "compiler/cli/subcommand.h"
#include "compiler/driver/commands.h"

namespace stackc::cli {

void declare_release(CLI::App& app, Action& action) {
  const auto options = std::make_shared<driver::ReleaseOptions>();
  add_paths(app, options->paths);
  app.add_option("--repo", options->repository,
                 "git repository for the releases; created if it is missing")
      ->required();
  app.add_flag("--bare", options->bare, "create a missing repository without a work tree");
  add_kubernetes(app, options->kubernetes);
  add_cluster_api(app, options->cluster_api);
  add_schemas(app, options->schemas);
  add_charts(app, options->charts);
  app.add_option("--version-mode", options->version_mode,
                 "stable: the next vN of each line; hash: v0-sha.<hash of the content>; custom: "
                 "--release-version")
      ->check(CLI::IsMember({"stable", "hash", "custom"}))
      ->capture_default_str();
  app.add_option("--release-version", options->version,
                 "with --version-mode custom: version of the releases and of their parts");
  constexpr std::int64_t last = std::numeric_limits<std::uint32_t>::max();  // libgit2 wraps
  app.add_option("--date", options->unix_time,
                 "time of the commits in seconds since 1970 (default: now)")
      ->check(CLI::Range(std::int64_t{0}, last, "0..4294967295"));
  app.callback([&action, options] {
    action = [options](auto& environment) { return driver::release(*options, environment); };
  });
}

}  // namespace stackc::cli
