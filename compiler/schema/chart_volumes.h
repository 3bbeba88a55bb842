#pragma once

#include <set>
#include <string>
#include <string_view>

#include "compiler/value/value.h"

namespace stackc::schema {

/// The volumes that the pods of a chart have, whatever its values are.
struct ChartVolumes {
  std::set<std::string, std::less<>> names;
  bool are_all_known = true;  // no template computes such a name, or includes what may have others

  /// Adds those in the text of a template: the items below `volumes:`.
  void add_template(std::string_view text);
  /// Adds those in the defaults of a chart: items of lists that are called `…volumes`. Depth is
  /// bounded by the reader of YAML.
  void add_defaults(const Value& defaults);
};

}  // namespace stackc::schema
