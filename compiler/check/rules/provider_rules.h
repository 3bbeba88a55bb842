#pragma once

#include "compiler/check/rules/usual_values.h"
#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// Reports what the webhooks and rules of a provider refuse in a template although the types of its
/// CRD admit it: KT-04 to KT-10 and OS-05 to OS-13 of docs/guarantees.md, as far as the stack alone
/// decides it. What depends on a variable is left to the provider.
void check_provider_rules(const ir::Template& source, const UsualValues& usual, diag::Sink& sink);

}  // namespace stackc::check
