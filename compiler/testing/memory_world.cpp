#include "compiler/testing/memory_world.h"

#include <fmt/core.h>

#include <set>

#include "compiler/driver/workspace.h"

namespace stackc::testing {
namespace {

using driver::joined;
using driver::normalized;

/// What the paths of the files in a directory begin with.
std::string prefix_of(const std::string& directory) {
  const std::string clean = normalized(directory);
  return clean == "." ? "" : clean + "/";
}

void remove_below(FileTree& files, const std::string& prefix) {
  std::erase_if(files, [&](const auto& file) { return file.first.starts_with(prefix); });
}

}  // namespace

Result<std::string> MemoryWorld::read(const std::string& path, std::size_t limit) {
  const auto file = files_.find(normalized(path));
  if (file == files_.end()) {
    if (is_directory(path)) return Error{fmt::format("`{}` is a directory, not a file", path)};
    return Error{fmt::format("no file `{}`", path)};
  }
  if (file->second.size() > limit) {
    return Error{
        fmt::format("`{}` is larger than {} MiB, the most that is read", path, limit >> 20)};
  }
  return file->second;
}

bool MemoryWorld::is_directory(const std::string& path) {
  const std::string prefix = prefix_of(path);
  const auto first = files_.lower_bound(prefix);
  return first != files_.end() && first->first.starts_with(prefix);
}

bool MemoryWorld::exists(const std::string& path) {
  return files_.contains(normalized(path)) || is_directory(path);
}

Result<std::vector<std::string>> MemoryWorld::list(const std::string& directory) {
  if (!is_directory(directory)) {
    return Error{fmt::format("`{}` cannot be listed: No such file or directory", directory)};
  }
  const std::string prefix = prefix_of(directory);
  std::set<std::string> names;  // sorted by bytes, as promised
  for (auto file = files_.lower_bound(prefix);
       file != files_.end() && file->first.starts_with(prefix); ++file) {
    names.insert(
        file->first.substr(prefix.size(), file->first.find('/', prefix.size()) - prefix.size()));
  }
  return std::vector<std::string>(names.begin(), names.end());
}

Result<void> MemoryWorld::replace_directory(const std::string& directory, const FileTree& files) {
  for (FileTree* tree : {&files_, &written_}) {
    remove_below(*tree, prefix_of(directory));
    for (const auto& [path, bytes] : files) {
      tree->insert_or_assign(joined(normalized(directory), path), bytes);
    }
  }
  return {};
}

Result<void> MemoryWorld::write_file(const std::string& path, const std::string& bytes) {
  for (FileTree* tree : {&files_, &written_}) tree->insert_or_assign(normalized(path), bytes);
  return {};
}

}  // namespace stackc::testing
