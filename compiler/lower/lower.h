#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::lower {

struct Object {
  std::string file;  // its name in `templates/` of the class chart: `cluster-class.yaml`
  Value manifest;
};

/// The ClusterClass first, then its templates.
struct ClassObjects {
  std::vector<Object> objects;
};

/// The Cluster API objects of one stack for one Kubernetes line. `class_name` is `<release
/// prefix>-<class version>`, such as `openstack-scs2-1-34-v3`; the templates are named after it.
/// Manifests have no namespace. The stack went through adapt_to_target() before. What Cluster API
/// cannot hold is reported; the result is incomplete then.
ClassObjects lower_class(const ir::Stack& stack, ir::ExprStore& exprs, std::string_view class_name,
                         diag::Sink& sink);

}  // namespace stackc::lower
