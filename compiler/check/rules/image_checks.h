#pragma once

#include <string>
#include <vector>

#include "compiler/check/expr_builder.h"
#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// The node images of one Kubernetes line.
struct ListedImages {
  const ir::Stack& stack;
  const std::vector<ir::ExprRef>& written;  // the record of each image of the stack, in its order
  source::Span line;                        // the version of the line
  std::vector<std::string> other_minors;    // of the other lines of the stack
  bool broken;                              // there are others, about which an error has been told
};

/// Versions, checksums and sources of images, each by itself and beside each other. A field that is
/// wrong for all images of a list is blamed where the list says it, one that is wrong for some of
/// them where these got it from.
void check_images(const ListedImages& images, const ExprBuilder& build, diag::Sink& sink);

}  // namespace stackc::check
