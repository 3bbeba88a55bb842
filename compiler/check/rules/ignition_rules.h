#pragma once

#include <string>

#include "compiler/diag/sink.h"
#include "compiler/ir/expr.h"

namespace stackc::check {

/// Reports what kubeadm's provider refuses together with a format of the node's configuration
/// (capi-contract.md, KT-07): `ignition` without the format of that name, and with it what
/// cloud-init alone can do.
void check_ignition(const ir::RecordLiteral& configuration, const std::string& kind,
                    diag::Sink& sink);

}  // namespace stackc::check
