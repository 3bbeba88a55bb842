#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// Warns of nodes whose kubelet does not say `cloud-provider: external` where an add-on is the
/// cloud controller manager of OpenStack: it looks only at nodes that wait for it (Kubernetes,
/// "Cloud Controller Manager Administration"), so that the others keep without the labels,
/// addresses and `providerID` of their cloud.
void check_cloud_provider(const ir::Stack& stack, diag::Sink& sink);

}  // namespace stackc::check
