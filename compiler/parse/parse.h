#pragma once

#include "compiler/diag/sink.h"
#include "compiler/source/source_set.h"
#include "compiler/syntax/ast.h"

namespace stackc::parse {

/// The tree of one file; always a tree. What is broken is reported once and stands in the tree as a
/// Hole or is left out. Refuses files over 4 MiB and nesting over 256 levels, each with a report.
syntax::Module parse(const source::SourceFile& file, diag::Sink& sink);

}  // namespace stackc::parse
