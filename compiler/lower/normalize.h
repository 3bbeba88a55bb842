#pragma once

#include "compiler/lower/conditions.h"

namespace stackc::lower {

/// The same value in the form that Go templates can express: a choice is never the operand of an
/// operator
/// (`"a" + (if c then x else y)` becomes `if c then "a" + x else "a" + y`), because a template
/// chooses between texts, not between values. Comprehensions over lists whose items are written out
/// are unrolled, members of records written out are taken. What stays inexpressible is found by
/// find_inexpressible().
ir::ExprRef normalize(ir::ExprRef expr, Conditions& conditions);

/// The first part of a normalized expression that Go templates cannot express; null if there is
/// none.
ir::ExprRef find_inexpressible(ir::ExprRef expr);

}  // namespace stackc::lower
