#pragma once

#include <string>

#include "compiler/syntax/ast.h"

namespace stackc::testing {

/// The tree as indented text, one node a line, for tests and for people who look for a mistake in
/// the parser. Every member that is not empty is shown; with `Spans::Show` each line ends with
/// the bytes of its node.
enum class Spans : std::uint8_t { Hide, Show };
std::string dump(const syntax::Module& module, Spans spans = Spans::Hide);

}  // namespace stackc::testing
