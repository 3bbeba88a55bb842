#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/result.h"

/// Charts that a stack is built from, pinned by digest: what `stackc vendor` writes and `stackc
/// build` reads.
namespace stackc::charts {

struct PinnedChart {
  std::string name;        // `cilium`
  std::string version;     // `1.16.5`, as the repository spells it
  std::string repository;  // `https://helm.cilium.io`; never with credentials
  std::string sha256;      // of the archive, 64 hexadecimal digits in lower case

  bool operator==(const PinnedChart&) const = default;
};

/// Letters, digits, `-`, `_` and `.`, starting with a letter or digit: safe in a file name. Helm
/// takes the same set.
bool is_chart_name(std::string_view text);

/// A version as Helm repositories write it: what is_chart_name allows, and `+`.
bool is_chart_version(std::string_view text);

/// 64 hexadecimal digits in lower case.
bool is_sha256(std::string_view text);

/// `cilium-1.16.5.tgz`: how the archive is called in `charts/`.
std::string archive_name(const PinnedChart& chart);

/// The text of `stackc.lock`: YAML of one fixed form, sorted by name and version. Each chart and
/// version must be there once.
std::string print_lock_file(std::vector<PinnedChart> charts);

/// Reads exactly that form; comments and blank lines may be anywhere. The error names the line:
/// what a merge or an editor broke must not turn into a build from something else.
Result<std::vector<PinnedChart>> parse_lock_file(std::string_view text);

/// The chart pinned under that name and version, or null.
const PinnedChart* find_chart(const std::vector<PinnedChart>& charts, std::string_view name,
                              std::string_view version);

/// Fails, naming the file and both digests, unless the archive in `file` has the pinned one.
Result<void> expect_digest(const PinnedChart& chart, std::string_view file,
                           std::string_view sha256);

}  // namespace stackc::charts
