#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// Reports what cloud-init cannot do with the disks of a node: a file system that is made in one
/// way and mounted in another, a label that nearly is one of those that are made, or that is longer
/// than its file system can have.
void check_node_disks(const ir::Template& source, diag::Sink& sink);

}  // namespace stackc::check
