#pragma once

#include <functional>
#include <map>
#include <string>

namespace stackc {

/// The files of a directory in memory: bytes by path. Paths are relative to the directory, with
/// `/`; the order is that of their bytes. All are regular files that everybody may read and nobody
/// runs (mode 0644).
using FileTree = std::map<std::string, std::string, std::less<>>;

}  // namespace stackc
