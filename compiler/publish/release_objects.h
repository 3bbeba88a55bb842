#pragma once

#include <git2.h>

#include <string>
#include <vector>

#include "compiler/base/result.h"
#include "compiler/publish/packed_refs.h"
#include "compiler/publish/publisher.h"

namespace stackc::publish {

/// Commits and tags that lie in the object store, synced, with no ref to them yet: nobody sees
/// them.
struct ReleaseObjects {
  std::vector<std::string>
      commits;  // one per release, each the parent of the next; 40 hexadecimal digits
  std::vector<PackedRef>
      tags;  // one per release: `refs/tags/<tag>`, the tag object, the commit behind it
};

/// Writes one commit and one annotated tag per release on top of `parent` (null for the first
/// commit of a branch).
Result<ReleaseObjects> write_release_objects(git_repository* repository, const git_oid* parent,
                                             const std::vector<LineRelease>& releases,
                                             const Authorship& authorship);

}  // namespace stackc::publish
