#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "compiler/diag/diagnostic.h"

namespace stackc::topology {

/// Why Cluster API would not accept a Cluster, or could not carry it out: a diagnostic that has a
/// path in the manifest instead of a place in a file.
struct Refusal {
  std::string path;  // as schema::locate reads it: `spec.topology.variables[0].name`
  diag::Entry what;
  std::vector<std::string> arguments;  // of its message
  std::string nearest;                 // what was meant instead of the value there; may be empty

  std::string message() const { return diag::fill(what.message, arguments); }
};

template <typename... Parameters, typename... Arguments>
Refusal refusal(std::string path, const diag::Diagnostic<Parameters...>& what,
                const Arguments&... arguments) {
  static_assert((std::is_same_v<Parameters, Arguments> && ...),
                "arguments must be as declared in the catalogue");
  return {std::move(path), what.entry, {to_text(arguments)...}, {}};
}

}  // namespace stackc::topology
