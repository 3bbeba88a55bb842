#pragma once

#include <string>

#include "compiler/base/file_tree.h"

namespace stackc::testing {

/// The whole file; empty if there is none.
std::string read_file(const std::string& path);

/// The files below `root/directory`, with paths from `root`; none if there is no such directory.
FileTree read_tree(const std::string& root, const std::string& directory);

}  // namespace stackc::testing
