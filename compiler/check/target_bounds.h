#pragma once

#include "compiler/types/type.h"

namespace stackc::check {

/// `written`, the form in which authors write a section, with the bounds that `target`, the form in
/// which it is emitted, has for the same fields: v1beta2 takes shorter arguments of kubeadm than
/// v1beta1, and fewer. A map that becomes a list of names and values has the bounds of that list.
/// What may be empty in `written` still may where lowering leaves it out (kubeadm_v1beta2.h), which
/// is everywhere but for a list that is an item itself.
types::TypeRef with_bounds_of(types::TypeRef written, types::TypeRef target,
                              types::TypeStore& types);

}  // namespace stackc::check
