#pragma once

#include "compiler/driver/environment.h"

namespace stackc::testing {

/// A disk in memory: what a test puts there, and what commands write. Directories exist as far as
/// files lie in them. Errors have the wording of the real disk.
class MemoryWorld : public source::FileSystem, public driver::Output {
 public:
  explicit MemoryWorld(FileTree files) : files_(std::move(files)) {}

  Result<std::string> read(const std::string& path, std::size_t limit) override;
  bool is_directory(const std::string& path) override;
  bool exists(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;
  Result<void> replace_directory(const std::string& directory, const FileTree& files) override;
  Result<void> write_file(const std::string& path, const std::string& bytes) override;

  /// What commands have written, by whole path.
  const FileTree& written() const { return written_; }

 private:
  FileTree files_;  // everything that can be read, `written_` included
  FileTree written_;
};

}  // namespace stackc::testing
