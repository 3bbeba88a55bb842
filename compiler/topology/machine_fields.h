#pragma once

#include <string>
#include <string_view>

#include "compiler/value/value.h"

namespace stackc::topology {

/// Sets a field below a path of field names joined by dots, creating records on the way.
void set_at(Record& object, std::string_view path, Value value);

/// Copies what a Cluster says about a machine deployment (failure domain, rollout, timeouts, gates,
/// taints) to its object, both of one API version: `cluster.x-k8s.io/v1beta1` or `…/v1beta2`.
void copy_machine_deployment_fields(const Record& topology, Record& object,
                                    std::string_view api_version);

/// The same for the control plane, whose contract is the one of the manifest's API version.
void copy_control_plane_fields(const Record& topology, Record& object,
                               std::string_view api_version);

}  // namespace stackc::topology
