#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// Warns of what a provider accepts in a template and never reads: `clusterConfiguration` and
/// `initConfiguration` of workers, which join a cluster that is there (kubeadm's bootstrap provider
/// makes the first control plane of them, and of workers a join only), and networks of OpenStack
/// beside those that it creates, and the volume of a block device that is none.
void check_ignored_fields(const ir::Template& source, diag::Sink& sink);

}  // namespace stackc::check
