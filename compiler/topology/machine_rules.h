#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/topology/refusal.h"
#include "compiler/value/value.h"

namespace stackc::topology {

/// What the webhooks refuse in the fields of a control plane or a machine deployment of a Cluster:
/// rollout, taints and health check (CT-008, 009, 014 and 015 of docs/guarantees.md). A class made
/// by stackc has no health check of its own, so one that is enabled must be defined here.
/// `topology` is the entry, `path` where it stands, `api_version` that of the Cluster. Fields of a
/// wrong shape are left alone: the CRD refuses them.
std::vector<Refusal> refused_machine_fields(const Record& topology, std::string_view api_version,
                                            const std::string& path);

}  // namespace stackc::topology
