#pragma once

#include "compiler/check/rules/usual_values.h"

namespace stackc::check {

/// Reports defaults and examples of variables that make two items with the same keys in a list of
/// which the API server makes a map (`x-kubernetes-list-map-keys` of the CRD).
void check_usual_lists(const ir::Template& source, const UsualValues& usual, diag::Sink& sink);

}  // namespace stackc::check
