#pragma once

#include <string_view>

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// Reports extra arguments that their component does not know: in a release of Kubernetes (given
/// like `1.34`) whose arguments are all known here every one, else where it is clear what was
/// meant, a near name or one of another component. Others may come with a later release.
void check_arguments(const ir::Template& source, std::string_view kubernetes_minor,
                     diag::Sink& sink);

}  // namespace stackc::check
