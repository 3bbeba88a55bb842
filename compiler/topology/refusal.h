#pragma once

#include <string>

namespace stackc::topology {

/// Why Cluster API would not accept a Cluster.
struct Refusal {
  std::string path;     // in the manifest: `spec.topology.variables[workerFlavor]`
  std::string message;  // in the wording of a diagnostic
  std::string rule;     // of capi-contract.md section 4: `CT-020`

  friend bool operator==(const Refusal&, const Refusal&) = default;
};

}  // namespace stackc::topology
