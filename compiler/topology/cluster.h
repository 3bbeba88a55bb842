#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/topology/refusal.h"
#include "compiler/topology/variables.h"
#include "compiler/value/value.h"

namespace stackc::topology {

/// Labels and annotations; values are strings.
struct Metadata {
  Record labels;
  Record annotations;
};

/// One entry of `workers.machineDeployments`.
struct MachineDeployment {
  std::string name;
  std::string class_name;
  std::optional<std::int64_t> replicas;
  Metadata metadata;
  std::vector<GivenVariable> overrides;
  Record fields;  // the whole entry, for what goes to the MachineDeployment as it is
};

/// What a Cluster manifest says, apart from what Cluster API adds.
struct Cluster {
  std::string api_version;  // `cluster.x-k8s.io/v1beta1` or `…/v1beta2`
  std::string name;
  std::string namespace_name;  // `default` if the manifest has none
  Metadata metadata;
  std::string class_name;
  std::string version;         // with `v`: Cluster API adds it
  std::string service_domain;  // may be empty, like the next two
  List service_cidrs;
  List pod_cidrs;
  std::optional<std::int64_t> control_plane_replicas;
  Metadata control_plane_metadata;
  std::vector<GivenVariable> control_plane_overrides;
  Record control_plane_fields;  // the whole of `controlPlane`
  std::vector<MachineDeployment> machine_deployments;
  std::vector<std::string> machine_pool_classes;
  std::vector<GivenVariable> variables;
  Record manifest;  // as given
};

/// Reads a Cluster of either API version, and checks what can be without its class: the shapes that
/// the CRD prescribes for the fields read here (CT-206), and CT-001, 002, 003, 005 to 010, 013
/// (names), 014, 015 and 016 (topology) of docs/guarantees.md. The topology is all there is to
/// read: a Cluster without one is refused. A machine deployment must have the name of a Kubernetes
/// object; the API v1beta1 leaves that to the object made from it.
std::variant<Cluster, std::vector<Refusal>> read_cluster(const Value& manifest);

/// The path of a machine deployment in the manifest.
std::string machine_deployment_path(std::size_t index);

}  // namespace stackc::topology
