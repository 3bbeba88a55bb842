#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// Warns where only the first node of a control plane, or only the others, get settings: kubeadm
/// starts the first one with `initConfiguration` and lets the others join with
/// `joinConfiguration` (Cluster API, KubeadmControlPlane).
void check_unequal_nodes(const ir::Template& source, diag::Sink& sink);

}  // namespace stackc::check
