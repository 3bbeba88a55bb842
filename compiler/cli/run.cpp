#include <CLI/CLI.hpp>
#include <array>
#include <sstream>

#include "compiler/cli/subcommand.h"
#include "compiler/cli/version.h"

namespace stackc::cli {

std::span<const Subcommand> subcommands() {
  static constexpr std::array<Subcommand, 6> all{{
      {"check", "check definitions and report what is wrong", declare_check},
      {"build", "compile stacks into release directories", declare_build},
      {"render", "show the objects that Cluster API would create for a Cluster", declare_render},
      {"release", "build, and commit and tag the releases in a git repository", declare_release},
      {"vendor", "fetch the charts of add-ons and pin their digests", declare_vendor},
      {"schema", "teach stackc the objects of a provider", declare_schema},
  }};
  return all;
}

driver::Exit run(std::span<const char* const> arguments, driver::Environment& environment) {
  CLI::App app("Compiles Cluster Stacks: checks typed definitions and turns them into releases.",
               "stackc");
  app.set_version_flag("--version", std::string(version));
  app.require_subcommand(1);
  app.failure_message(CLI::FailureMessage::help);
  Action action;
  for (const Subcommand& subcommand : subcommands()) {
    subcommand.declare(*app.add_subcommand(subcommand.name, subcommand.description), action);
  }
  // CLI11 takes the arguments last first.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::Success& asked) {  // --help, --version
    std::ostringstream text;
    app.exit(asked, text, text);
    environment.out += text.str();
    return driver::Exit::Fine;
  } catch (const CLI::ParseError& error) {
    environment.err += std::string("error: ") + error.what() + "\nTry `stackc --help`.\n";
    return driver::Exit::Usage;
  }
  return action(environment);
}

}  // namespace stackc::cli
