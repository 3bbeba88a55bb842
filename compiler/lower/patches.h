#pragma once

#include <vector>

#include "compiler/lower/template_object.h"

namespace stackc::lower {

/// What completes one template of the class.
struct TemplateOperations {
  const ir::Template* source;
  std::vector<Operation> operations;
};

/// The patches of a ClusterClass as its `spec.patches` wants them (capi-contract.md sections 1.3
/// and 3): operations under one condition together, an operation that several templates of a kind
/// need once. On each template the operations that touch one place keep their order, whatever
/// conditions hold.
List class_patches(const std::vector<TemplateOperations>& templates, source::Span stack,
                   diag::Sink& sink);

}  // namespace stackc::lower
