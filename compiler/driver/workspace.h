#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/base/result.h"
#include "compiler/source/file_system.h"

namespace stackc::driver {

/// The `.stack` files that a path on the command line stands for: the file itself, or all below a
/// directory, sorted, without hidden directories. A directory without any is an error.
Result<std::vector<std::string>> stack_files(source::FileSystem& files, const std::string& path);

/// The directory that imports must not leave: the nearest one upwards that holds `.git` or
/// `stackc.lock`, otherwise that of the file. `path` is as given on the command line; so is the
/// result.
std::string workspace_root(source::FileSystem& files, const std::string& path);

/// The directory with the user's own schemas: the one that was asked for, otherwise `schemas/` at
/// the root of the workspace if there is one.
std::optional<std::string> schemas_directory(source::FileSystem& files,
                                             const std::string& workspace,
                                             const std::optional<std::string>& directory);

/// Lexical helpers on paths with forward slashes; none touches a disk.
std::string directory_of(const std::string& path);  // `.` for a bare name
std::string normalized(
    const std::string& path);  // without `.`, `..` where possible, doubled slashes
std::string joined(const std::string& directory, const std::string& name);
bool is_inside(const std::string& path, const std::string& directory);  // both normalized

}  // namespace stackc::driver
