#pragma once

#include <string>
#include <vector>

#include "compiler/syntax/ast.h"

namespace stackc::check {

/// `a.b.c` as a root and the names behind it, if the expression is nothing else.
bool flatten(const syntax::Expr& expr, std::string& root,
             std::vector<const syntax::Name*>& members);

}  // namespace stackc::check
