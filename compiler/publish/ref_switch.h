#pragma once

#include <string>
#include <vector>

#include "compiler/base/result.h"
#include "compiler/publish/packed_refs.h"

namespace stackc::publish {

/// A branch and new tags that shall change together.
struct RefSwitch {
  std::string branch;           // `refs/heads/main`
  std::string before;           // what the branch must point to now; empty: it must not exist
  std::string after;            // what it shall point to
  std::vector<PackedRef> tags;  // annotated tags that must not exist yet
};

/// The lock files that git would take for the same change, relative to the git directory.
std::vector<std::string> locks_for(const RefSwitch& change);

/// Makes the whole change visible with one rename of `packed-refs` (docs/releasing.md says why that
/// is sound). The caller holds locks_for(change). Fails with nothing changed if the branch moved or
/// a tag exists.
Result<void> switch_refs(const std::string& git_directory, const RefSwitch& change);

}  // namespace stackc::publish
