#pragma once

#include <deque>

#include "compiler/check/context.h"

namespace stackc::check {

/// `variable oidc.clientID` for what a condition can speak of; empty for everything else.
std::string path_of(ir::ExprRef expr);

/// The same as an author would write it, for messages: `oidc.clientID`, or `this value` for
/// everything else.
std::string shown_path(ir::ExprRef expr);
/// The same as prose: `a.b` in backticks, or `this value` without.
std::string quoted_path(ir::ExprRef expr);

/// `facts` extended by what follows from `condition` being `holds`. New facts live in `store`.
const Fact* assume(ir::ExprRef condition, bool holds, const Fact* facts, std::deque<Fact>& store);

/// The arm of a match is taken.
const Fact* assume_equal(ir::ExprRef subject, const Value& value, const Fact* facts,
                         std::deque<Fact>& store);

bool known_present(const std::string& path, const Fact* facts);
bool known_absent(const std::string& path, const Fact* facts);

/// The type of what stands at `path`, narrowed by the facts: without the empty text, one value of
/// an enumeration …
types::TypeRef narrow(const std::string& path, types::TypeRef type, const Fact* facts,
                      types::TypeStore& types);

}  // namespace stackc::check
