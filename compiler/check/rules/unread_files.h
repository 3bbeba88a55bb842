#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// Warns of `files` of kubeadm's configuration that lie where a program of the node picks what it
/// reads by the name, and that have another one: `/etc/sysctl.d/90-kubernetes` without `.conf`. Not
/// of one that a command or another file names, which may copy it. Reports paths that commands and
/// files name and that nearly are those of files, and a directory of patches that nearly is theirs.
void check_unread_files(const ir::Template& source, diag::Sink& sink);

}  // namespace stackc::check
