#include "compiler/testing/read_tree.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace stackc::testing {

namespace fs = std::filesystem;

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

FileTree read_tree(const std::string& root, const std::string& directory) {
  FileTree files;
  if (!fs::is_directory(fs::path(root) / directory)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(root) / directory)) {
    if (!entry.is_regular_file()) continue;
    files.emplace(fs::relative(entry.path(), root).generic_string(),
                  read_file(entry.path().string()));
  }
  return files;
}

}  // namespace stackc::testing
