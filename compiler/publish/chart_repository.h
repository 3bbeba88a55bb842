#pragma once

#include <cstddef>
#include <string>

#include "compiler/publish/publisher.h"

namespace stackc::publish {

/// What a repository may cost us. The defaults are far above what the largest public repositories
/// have (an index of some 20 MiB, charts of a few MiB) and far below what hurts.
struct FetchLimits {
  std::size_t index_bytes = std::size_t{64} << 20;
  std::size_t chart_bytes = std::size_t{64} << 20;
  int seconds = 300;            // per download
  int seconds_of_silence = 30;  // with less than 1 kB per second
};

/// Publisher::fetch_chart: reads `index.yaml` below the URL of the repository, finds name and
/// version in it, downloads the archive, compares it with the digest of the index if that gives
/// one. Only https, except that a repository on a loopback address may be plain http; redirects at
/// most five and only to https; TLS certificates are verified. A host's credentials may come from
/// ~/.netrc, never from a URL.
Result<FetchedChart> fetch_chart(const ChartRequest& request, const FetchLimits& limits = {});

}  // namespace stackc::publish
