#pragma once

#include "compiler/check/expr_builder.h"
#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"
#include "compiler/source/source_set.h"

namespace stackc::check {

/// Reports contents of `files` that the program which reads them refuses: a configuration of
/// Kubernetes' programs of a kind that nearly is one, and lines of `sysctl.d` that are none. Of
/// what is known only later the rest of its text is looked at.
void check_file_contents(const ir::Template& source, const ExprBuilder& build,
                         const source::SourceSet& sources, diag::Sink& sink);

}  // namespace stackc::check
