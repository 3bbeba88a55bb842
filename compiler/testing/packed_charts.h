#pragma once

#include "compiler/base/file_tree.h"

namespace stackc::testing {

/// The same files, with those below a path such as `charts/demo-1.0.0.tgz/` packed into that
/// archive, which is pinned in `stackc.lock` beside `charts/` unless there is such a file: so a
/// test shows the files of a chart as text.
FileTree with_packed_charts(const FileTree& files);

}  // namespace stackc::testing
