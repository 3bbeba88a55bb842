#pragma once

#include <string>
#include <string_view>

#include "compiler/base/result.h"

namespace stackc::publish {

/// What an `index.yaml` of a Helm repository says about one version of a chart.
struct ChartEntry {
  std::string url;     // the first of `urls`, absolute or relative to the repository
  std::string digest;  // sha256 in hexadecimal; empty if the index gives none
};

/// Finds `entries.<name>[version == …]`; the first wins. Reads the index as a stream of events, so
/// a hostile one costs time in proportion to its size and next to no memory. The error names near
/// misses.
Result<ChartEntry> find_in_index(const std::string& index, std::string_view name,
                                 std::string_view version);

}  // namespace stackc::publish
