#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::lower {

/// The stack in the form of the API version that it targets. Authors write the v1beta1 form of
/// kubeadm's objects whatever they target; this is called once, before lower_class() and topology,
/// which must see the same tree. Fields that have no counterpart in the target are reported.
ir::Stack adapt_to_target(const ir::Stack& stack, ir::ExprStore& exprs, diag::Sink& sink);

}  // namespace stackc::lower
