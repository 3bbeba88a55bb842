#pragma once

#include <git2.h>

#include <string>
#include <vector>

#include "compiler/base/result.h"

namespace stackc::publish {

/// Fails if one of the directories (at the root of the work tree) holds changes that no commit has,
/// staged or not, or new files; names them. Ignored files count only where git would have to
/// overwrite them, at `paths`.
Result<void> expect_clean(git_repository* repository, const std::vector<std::string>& directories,
                          const std::vector<std::string>& paths);

/// Carries what changed between two commits into the work tree and the index. Never touches a file
/// or index entry that is neither as in `before` nor as in `after`, so it can be repeated, and what
/// somebody changed meanwhile stays. `before` is null for the first commit. The caller holds
/// `index.lock`.
Result<void> advance_work_tree(git_repository* repository, const git_oid* before,
                               const git_oid& after);

}  // namespace stackc::publish
