#pragma once

#include "compiler/check/rules/usual_values.h"
#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// Reports what Cluster API hands on as it is and a program on the node refuses: values of extra
/// arguments, and fields of kubeadm's configuration (kubeadm, kubelet, etcd and the components of
/// the control plane check them when they start; cloud-init when the machine boots). Of what
/// depends on a variable the usual values are looked at; what is filled in by cloud-init is left to
/// them.
///
/// Cluster API's kubeadm provider marks its cloud-config as a template of Jinja, and cloud-init
/// skips the whole of one that it cannot read. `on_real_machines` is false where no cloud-init is:
/// Cluster API's provider for Docker runs the commands itself and reads no Jinja.
void check_node_rules(const ir::Template& configuration, const UsualValues& usual,
                      bool on_real_machines, diag::Sink& sink);

}  // namespace stackc::check
