#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/expr.h"

namespace stackc::lower {

/// The ClusterClass variables that an expression reads, by first occurrence; null reads none.
std::vector<std::string> variables_in(ir::ExprRef expr);

/// What a condition is about, in letters, digits, `.` and `-`: `apiServerLoadBalancer-octavia-ovn`,
/// `oidc`, `not-imageIsOrc`. Empty if it is about nothing that has a name.
std::string topic_of_condition(ir::ExprRef condition);

/// Other characters become `-`; cut at 100 characters.
std::string as_name(std::string_view text);

}  // namespace stackc::lower
