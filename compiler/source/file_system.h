#pragma once

#include <string>
#include <vector>

#include "compiler/base/result.h"

namespace stackc::source {

/// What the compiler needs from a disk, and nothing more. Paths are plain strings with forward
/// slashes. The real one is made by the command line, the in-memory one by tests.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// The whole file. Fails for what is missing, unreadable, no regular file, or larger than `limit`
  /// bytes.
  virtual Result<std::string> read(const std::string& path, std::size_t limit) = 0;
  virtual bool is_directory(const std::string& path) = 0;
  virtual bool exists(const std::string& path) = 0;
  /// Whether nothing is above the directory; a relative path can lead there by `..` too.
  virtual bool is_root(const std::string& directory) { return directory == "/"; }
  /// Names of the entries of a directory, sorted by bytes.
  virtual Result<std::vector<std::string>> list(const std::string& directory) = 0;
};

}  // namespace stackc::source
