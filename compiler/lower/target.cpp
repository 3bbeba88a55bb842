#include "compiler/lower/target.h"

#include "compiler/lower/kubeadm_v1beta2.h"

namespace stackc::lower {

ir::Stack adapt_to_target(const ir::Stack& stack, ir::ExprStore& exprs, diag::Sink& sink) {
  ir::Stack adapted = stack;
  if (stack.target.cluster_api != "v1beta2") return adapted;
  Conditions conditions(exprs);
  for (ir::Template& source : adapted.templates) {
    if (source.kind == "KubeadmControlPlaneTemplate" || source.kind == "KubeadmConfigTemplate") {
      source.spec = kubeadm_v1beta2(source.spec, conditions, sink);
    }
  }
  return adapted;
}

}  // namespace stackc::lower
