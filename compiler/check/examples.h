#pragma once

#include <string_view>

#include "compiler/diag/sink.h"
#include "compiler/syntax/ast.h"

namespace stackc::check {

/// What stands in `@example(…)`. Any other annotation is reported, with `rule` saying what is
/// allowed here; the result is null then.
const syntax::Expr* example_of(const syntax::Annotation& annotation, std::string_view rule,
                               diag::Sink& sink);

}  // namespace stackc::check
