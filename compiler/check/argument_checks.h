#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// Reports extra arguments that their component does not know, where it is clear what was meant: a
/// near name, or one of another component. Others may come with a later release.
void check_arguments(const ir::Template& source, diag::Sink& sink);

}  // namespace stackc::check
