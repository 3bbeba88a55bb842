#pragma once

#include "compiler/check/rules/usual_values.h"

namespace stackc::check {

/// Warns of flavors of SCS-0100 that machines get unless a cluster says otherwise, and that not
/// every cloud has: the standard lists those that each must and those that each should offer
/// (SCS-0103-v1). What other names stand for is known to a provider only.
void check_usual_flavors(const ir::Template& source, const UsualValues& usual,
                         const PlacesOfVariables& places, diag::Sink& sink);

}  // namespace stackc::check
