#pragma once

#include "compiler/check/expr_builder.h"

namespace stackc::check {

/// A value of a type that the author has declared, with the fields that its records leave out and
/// the type has defaults for. `value` fits the type. What is not written out, such as a variable,
/// stays as it is: Cluster API gives it its defaults.
ir::ExprRef with_defaults(ir::ExprRef value, types::TypeRef declared, ExprBuilder& build);

}  // namespace stackc::check
