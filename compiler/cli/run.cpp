#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <array>
#include <sstream>

#include "compiler/base/text.h"
#include "compiler/cli/subcommand.h"
#include "compiler/cli/version.h"

namespace stackc::cli {

std::span<const Subcommand> subcommands() {
  static constexpr std::array<Subcommand, 7> all{{
      {"check", "check definitions and report what is wrong", declare_check},
      {"build", "compile stacks into release directories", declare_build},
      {"render", "show the objects that Cluster API would create for a Cluster", declare_render},
      {"release", "build, and commit and tag the releases in a git repository", declare_release},
      {"vendor", "fetch the charts of add-ons and pin their digests", declare_vendor},
      {"schema", "teach stackc the objects of a provider", declare_schema},
      {"explain", "describe a diagnostic: what it means and how to fix it", declare_explain},
  }};
  return all;
}

namespace {

/// The commands that a command line names: `stackc`, `schema`, `import`.
std::vector<const CLI::App*> chosen_commands(const CLI::App& app) {
  std::vector<const CLI::App*> chosen{&app};
  while (true) {
    const auto next = chosen.back()->get_subcommands();
    if (next.empty()) return chosen;
    chosen.push_back(next.front());
  }
}

std::vector<std::string> subcommand_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* subcommand : command.get_subcommands({}))
    names.push_back(subcommand->get_name());
  return names;
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

/// Says that a command does not know an argument, and what was probably meant.
std::string unknown_argument(const CLI::App& command, const std::string& path,
                             const std::string& argument) {
  const bool is_option = argument.starts_with('-');
  const std::string word = argument.substr(0, is_option ? argument.find('=') : argument.npos);
  const auto names = is_option ? option_names(command) : subcommand_names(command);
  if (!is_option && names.empty()) return fmt::format("`{}` has no use for `{}`", path, word);
  const Nearest near = nearest(word, {names.begin(), names.end()});
  return fmt::format("`{}` has no {} `{}`{}", path, is_option ? "option" : "command", word,
                     near.empty() ? "" : fmt::format("; did you mean `{}`?", near.name));
}

/// What is wrong with a command line, in the wording of our messages, and where to read on; CLI11
/// knows the rest.
std::string mistake_in(const CLI::App& app, const CLI::ParseError& error) {
  std::string path;
  std::string mistake;
  for (const CLI::App* command : chosen_commands(app)) {
    path += (path.empty() ? "" : " ") + command->get_name();
    const auto unknown = command->remaining();
    if (!unknown.empty()) {
      mistake = unknown_argument(*command, path, unknown.front());
      break;
    }
    const auto names = subcommand_names(*command);
    if (!names.empty() && command->get_subcommands().empty())
      mistake = "a command is missing: " + quoted_list({names.begin(), names.end()});
  }
  return fmt::format("{}\nTry `{} --help`.", mistake.empty() ? error.what() : mistake, path);
}

}  // namespace

driver::Exit run(std::span<const char* const> arguments, driver::Environment& environment) {
  CLI::App app("Compiles Cluster Stacks: checks typed definitions and turns them into releases.",
               "stackc");
  app.set_version_flag("--version", fmt::format("stackc {}", version));
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
    environment.err += fmt::format("error: {}\n", mistake_in(app, error));
    return driver::Exit::Usage;
  }
  return action(environment);
}

}  // namespace stackc::cli
