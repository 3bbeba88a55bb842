#pragma once

#include <string>
#include <vector>

#include "compiler/check/expr_builder.h"
#include "compiler/diag/sink.h"

namespace stackc::check {

/// What a section is by one release of its provider.
struct ReleaseType {
  std::string provider;  // `openstack`
  std::string release;   // `v0.14`; empty: the oldest, which is not chosen by name
  types::TypeRef type;
};

/// `found` as a value of each of the types, as conform() does it for one. What only some releases
/// refuse is one report that names them. Gives what the first release makes of it; no types accept
/// everything.
ir::ExprRef conform_to_releases(ir::ExprRef found, const std::vector<ReleaseType>& releases,
                                ExprBuilder& build, diag::Sink& sink);

}  // namespace stackc::check
