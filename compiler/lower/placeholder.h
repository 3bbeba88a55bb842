#pragma once

#include <vector>

#include "compiler/ir/stack.h"
#include "compiler/lower/conditions.h"

namespace stackc::lower {

/// What stands in a base template where a patch will put the real value: the value under the
/// defaults of the variables, of the first alternative that they choose. What has no default is its
/// first example, or the simplest value of its type: the first of an enumeration, the minimum, a
/// zero UUID, the text `set-by-patch`. `expected` is the provider's type of the place; null if it
/// is not known.
Value placeholder(const std::vector<Conditions::Alternative>& alternatives, types::TypeRef expected,
                  const std::vector<ir::ClusterVariable>& variables);

/// Survives a round trip through another version of its API: no zero value, and no collection of
/// such (capi-contract.md section 5.2 "Round trip").
bool is_solid(const Value& value);

}  // namespace stackc::lower
