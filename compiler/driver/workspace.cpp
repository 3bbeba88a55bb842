#include "compiler/driver/workspace.h"

#include <fmt/core.h>

#include <algorithm>

namespace stackc::driver {
namespace {

constexpr std::size_t deepest_directory = 64;

void collect(source::FileSystem& files, const std::string& directory, std::size_t depth,
             std::vector<std::string>& found) {
  if (depth > deepest_directory) return;  // a loop of links
  const auto names = files.list(directory);
  if (!names)
    return;  // what cannot be listed holds no file of ours; the top one is listed by the caller
  for (const std::string& name : *names) {
    if (name.starts_with('.')) continue;
    const std::string path = joined(directory, name);
    if (files.is_directory(path)) {
      collect(files, path, depth + 1, found);
    } else if (name.ends_with(".stack")) {
      found.push_back(path);
    }
  }
}

/// How often a normalized path begins with `..`.
std::size_t steps_up(std::string_view path) {
  std::size_t steps = 0;
  while (path == ".." || path.starts_with("../")) {
    ++steps;
    path.remove_prefix(std::min<std::size_t>(3, path.size()));
  }
  return steps;
}

}  // namespace

Result<std::vector<std::string>> stack_files(source::FileSystem& files, const std::string& path) {
  if (!files.exists(path)) return Error{fmt::format("no file or directory `{}`", path)};
  if (!files.is_directory(path)) return std::vector<std::string>{normalized(path)};
  if (const auto names = files.list(path); !names) return names.error();
  std::vector<std::string> found;
  collect(files, normalized(path), 0, found);
  if (found.empty()) return Error{fmt::format("`{}` holds no `.stack` file", path)};
  std::ranges::sort(found);
  return found;
}

std::string workspace_root(source::FileSystem& files, const std::string& path) {
  const std::string start = directory_of(normalized(path));
  std::string directory = start;
  for (std::size_t i = 0; i < deepest_directory; ++i) {
    if (files.exists(joined(directory, ".git")) || files.exists(joined(directory, "stackc.lock")))
      return directory;
    if (files.is_root(directory)) break;
    directory = normalized(joined(directory, ".."));
    if (!files.is_directory(directory)) break;
  }
  return start;
}

std::optional<std::string> schemas_directory(source::FileSystem& files,
                                             const std::string& workspace,
                                             const std::optional<std::string>& directory) {
  if (directory) return normalized(*directory);
  const std::string usual = joined(workspace, "schemas");
  return files.is_directory(usual) ? std::optional(usual) : std::nullopt;
}

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string normalized(const std::string& path) {
  const bool absolute = path.starts_with('/');
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string part = path.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (part != ".." || !absolute) {
      parts.push_back(part);
    }
  }
  std::string result = absolute ? "/" : "";
  for (const std::string& part : parts) {
    if (!result.empty() && result.back() != '/') result += '/';
    result += part;
  }
  return result.empty() ? "." : result;
}

std::string joined(const std::string& directory, const std::string& name) {
  if (directory == ".") return name;
  return directory.ends_with('/') ? directory + name : directory + "/" + name;
}

bool is_inside(const std::string& path, const std::string& directory) {
  // Above the current directory names are unknown: `../a` lies in `../..`, as everything does that
  // leads no further up.
  const bool is_above = directory == "." || directory == ".." || directory.ends_with("/..");
  if (is_above && !directory.starts_with('/'))
    return !path.starts_with('/') && steps_up(path) <= steps_up(directory);
  if (!path.starts_with(directory)) return false;
  return path.size() == directory.size() || directory.ends_with('/') ||
         path[directory.size()] == '/';
}

}  // namespace stackc::driver
