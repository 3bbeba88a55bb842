#pragma once

#include <string>
#include <vector>

#include "compiler/value/value.h"

namespace stackc::lower {

/// An object of the cluster-class chart, as Cluster API shall see it.
struct Object {
  std::string file;  // its name in `templates/` of the class chart: `cluster-class.yaml`
  Value manifest;
};

/// The ClusterClass first, then its templates.
struct ClassObjects {
  std::vector<Object> objects;
};

}  // namespace stackc::lower
