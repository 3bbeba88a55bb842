#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// Reports files that a component of the control plane is told to read and cannot see: it runs in a
/// container, which has what kubeadm and its `extraVolumes` mount (kubeadm, "Implementation
/// details", static Pod manifests). Reports also a volume of nearly a file that `files` writes, and
/// an argument for one that it does not write where it writes another that nothing names. Says
/// nothing where a path is known only later, or where kubeadm has patches, which can mount
/// anything.
void check_unmounted_files(const ir::Template& source, diag::Sink& sink);

}  // namespace stackc::check
