#pragma once

#include <string>

#include "compiler/diag/sink.h"
#include "compiler/ir/expr.h"

/// What the API server demands of the parts of a pod that a chart hands to it as they are, beyond
/// their types (Kubernetes, package `validation` of the core API). `path` is that of the value.
namespace stackc::check {

/// A toleration without a key is one for all, and says so: `operator: "Exists"`.
void check_toleration_of_all(const ir::RecordLiteral& toleration, const std::string& path,
                             const std::string& chart, diag::Sink& sink);

/// A container asks for no more than it may have at most.
void check_amounts(const ir::RecordLiteral& resources, const std::string& path,
                   const std::string& chart, diag::Sink& sink);

}  // namespace stackc::check
