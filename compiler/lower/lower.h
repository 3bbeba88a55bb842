#pragma once

#include <string_view>

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"
#include "compiler/lower/class_objects.h"

namespace stackc::lower {

/// The Cluster API objects of one stack for one Kubernetes line. `class_name` is `<release
/// prefix>-<class version>`, such as `openstack-scs2-1-34-v3`; the templates are named after it.
/// Manifests have no namespace. The stack went through adapt_to_target() before. What Cluster API
/// cannot hold is reported; the result is incomplete then.
ClassObjects lower_class(const ir::Stack& stack, ir::ExprStore& exprs, std::string_view class_name,
                         diag::Sink& sink);

/// Gives the class of the stack, and with it its templates, another name.
void rename_class(const ir::Stack& stack, std::string_view class_name, ClassObjects& objects);

}  // namespace stackc::lower
