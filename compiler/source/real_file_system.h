#pragma once

#include "compiler/source/file_system.h"

namespace stackc::source {

class RealFileSystem : public FileSystem {
 public:
  Result<std::string> read(const std::string& path, std::size_t limit) override;
  bool is_directory(const std::string& path) override;
  bool exists(const std::string& path) override;
  bool is_root(const std::string& directory) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;
};

}  // namespace stackc::source
