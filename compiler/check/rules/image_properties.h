#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/expr.h"

namespace stackc::check {

/// Reports values of image properties that OpenStack or the standard scs-0102 does not know: Nova
/// builds no machine from an image with a bus it does not have, and tools that renew images read
/// the others. `image` is the record of an image as it was written. Properties that neither of the
/// two defines may be anything.
void check_image_properties(ir::ExprRef image, diag::Sink& sink);

}  // namespace stackc::check
