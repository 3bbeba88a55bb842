#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// Reports what Cluster API hands on as it is and a program on the node refuses: values of extra
/// arguments, and fields of kubeadm's configuration (kubeadm, kubelet, etcd and the components of
/// the control plane check them when they start; cloud-init when the machine boots). What depends
/// on a variable, or is filled in by cloud-init, is left to them.
void check_node_rules(const ir::Template& configuration, diag::Sink& sink);

}  // namespace stackc::check
