#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/result.h"

namespace stackc::publish {

/// What a run is about to do, on disk before it does it, so that the next run can clear or finish
/// what a killed one left. One `key value` pair a line; git's lock files are hard links to it
/// (repository_lock.h).
struct Journal {
  std::string branch;  // `refs/heads/main`
  std::string before;  // 40 hexadecimal digits; empty for the first commit of the branch
  std::string after;   // the commit that the branch gets
  std::vector<std::string> locks;  // relative to the git directory: `refs/heads/main.lock`

  bool operator==(const Journal&) const = default;
};

std::string print_journal(const Journal& journal);

/// Fails for what print_journal does not write, a cut file among it.
Result<Journal> parse_journal(std::string_view text);

}  // namespace stackc::publish
