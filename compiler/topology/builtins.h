#pragma once

#include <string>

#include "compiler/topology/cluster.h"
#include "compiler/value/value.h"

namespace stackc::topology {

/// What Cluster API adds to a generated object's name to make it unique; here the same for all.
inline constexpr std::string_view random_suffix = "bbbbb";

/// Name and metadata of a generated object, as builtins show them.
struct ObjectHead {
  std::string name;
  Metadata metadata;
};

/// The records below `builtin.` with what ir::builtins() lists; fields without a value are left
/// out. Numbers are integers here, where the engine's templates have floating point.
Record cluster_builtins(const Cluster& cluster);
/// `machine_template` is empty if the class has no machines for the control plane.
Record control_plane_builtins(const Cluster& cluster, const ObjectHead& object,
                              const std::string& machine_template);
Record machine_deployment_builtins(const Cluster& cluster, const MachineDeployment& workers,
                                   const ObjectHead& object, const std::string& bootstrap_template,
                                   const std::string& machine_template);

}  // namespace stackc::topology
