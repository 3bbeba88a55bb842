#pragma once

#include <functional>
#include <span>

#include "compiler/driver/environment.h"

namespace CLI {
class App;
}

namespace stackc::cli {

/// What a command line asks for: set by the subcommand that was chosen, run when the whole line has
/// been read.
using Action = std::function<driver::Exit(driver::Environment&)>;

/// One word behind `stackc`. `declare` adds its options to `app` and arranges that `action` is set
/// if it is chosen.
struct Subcommand {
  const char* name;
  const char* description;
  void (*declare)(CLI::App& app, Action& action);
};

void declare_build(CLI::App& app, Action& action);
void declare_check(CLI::App& app, Action& action);
void declare_explain(CLI::App& app, Action& action);
void declare_render(CLI::App& app, Action& action);
void declare_release(CLI::App& app, Action& action);
void declare_schema(CLI::App& app, Action& action);
void declare_vendor(CLI::App& app, Action& action);

/// In the order of `--help`.
std::span<const Subcommand> subcommands();

/// Reads a command line (without the name of the program) and runs it. Everything that is printed
/// goes to the environment.
driver::Exit run(std::span<const char* const> arguments, driver::Environment& environment);

}  // namespace stackc::cli
