#pragma once

#include "compiler/diag/sink.h"
#include "compiler/lower/conditions.h"

namespace stackc::lower {

/// The spec of a KubeadmControlPlaneTemplate or KubeadmConfigTemplate of v1beta1 as v1beta2 wants
/// it (capi-contract.md section 5.2): extra arguments become lists of name and value, those that
/// are always the same first; what is empty is left out, because v1beta2 refuses it. Fields that
/// are gone are reported where the author wrote them: `apiServer.timeoutForControlPlane`,
/// `discovery.timeout`, `useExperimentalRetryJoin`, and what Cluster API sets itself.
ir::ExprRef kubeadm_v1beta2(ir::ExprRef spec, Conditions& conditions, diag::Sink& sink);

}  // namespace stackc::lower
