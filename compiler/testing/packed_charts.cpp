#include "compiler/testing/packed_charts.h"

#include <map>

#include "compiler/charts/lock_file.h"
#include "compiler/package/archive_writer.h"
#include "compiler/package/sha256.h"

namespace stackc::testing {
namespace {

constexpr std::string_view archive_end = ".tgz/";
constexpr std::string_view charts_folder = "charts/";

/// `demo-1.0.0`: the version begins with the first digit behind a dash.
charts::PinnedChart pinned(const std::string& name_and_version, const std::string& archive) {
  std::size_t dash = name_and_version.find_first_of("0123456789");
  while (dash != std::string::npos && dash > 0 && name_and_version[dash - 1] != '-')
    dash = name_and_version.find_first_of("0123456789", dash + 1);
  return {.name = name_and_version.substr(0, dash - 1),
          .version = name_and_version.substr(dash),
          .repository = "https://charts.example",
          .sha256 = package::to_hex(package::sha256(archive))};
}

}  // namespace

FileTree with_packed_charts(const FileTree& files) {
  FileTree result;
  std::map<std::string, FileTree> archives;
  for (const auto& [path, bytes] : files) {
    const std::size_t end = path.find(archive_end);
    if (end == std::string::npos) {
      result.emplace(path, bytes);
    } else {
      archives[path.substr(0, end + archive_end.size() - 1)].emplace(
          "chart/" + path.substr(end + archive_end.size()), bytes);
    }
  }
  std::map<std::string, std::vector<charts::PinnedChart>> locks;
  for (const auto& [path, content] : archives) {
    const std::string archive = package::tar_gz(content);
    const std::size_t folder = path.rfind(charts_folder);
    const std::size_t name = folder + charts_folder.size();
    locks[path.substr(0, folder) + "stackc.lock"].push_back(
        pinned(path.substr(name, path.size() - name - 4), archive));
    result.emplace(path, archive);
  }
  for (const auto& [path, charts] : locks) result.emplace(path, charts::print_lock_file(charts));
  return result;
}

}  // namespace stackc::testing
