#include "compiler/driver/chart_archive.h"

#include <fmt/core.h>

#include <deque>

#include "compiler/package/archive_reader.h"

namespace stackc::driver {
namespace {

constexpr std::size_t most_archives = 64;
constexpr std::string_view subcharts = "charts/";

bool is_packaged_subchart(std::string_view path) {
  const std::size_t folder = path.rfind('/');
  return path.ends_with(".tgz") && folder != path.npos &&
         path.substr(0, folder + 1).ends_with(subcharts);
}

struct Packaged {
  std::string bytes;
  std::string folder;  // where its files go
};

}  // namespace

Result<FileTree> chart_files(std::string archive) {
  FileTree files;
  package::ArchiveLimits left;  // for all archives together
  std::deque<Packaged> waiting{{std::move(archive), ""}};
  for (std::size_t count = 0; !waiting.empty(); ++count) {
    if (count == most_archives)
      return Error{fmt::format("more than {} charts in one another", most_archives)};
    const Packaged next = std::move(waiting.front());
    waiting.pop_front();
    auto unpacked = package::read_tar_gz(next.bytes, left);
    if (!unpacked) return unpacked.error();
    left.entries -= unpacked->size();
    for (auto& [path, bytes] : *unpacked) {
      left.unpacked_bytes -= bytes.size();
      // Every file is in the directory of its chart, whose name is the archive's own affair.
      const std::size_t slash = path.find('/');
      if (next.folder.empty() && slash == std::string::npos) continue;
      const std::string full = next.folder.empty() ? path.substr(slash + 1) : next.folder + path;
      if (is_packaged_subchart(full)) {
        waiting.push_back({std::move(bytes), full.substr(0, full.rfind('/') + 1)});
      } else {
        files.emplace(full, std::move(bytes));  // what is there unpacked comes first
      }
    }
  }
  if (!files.contains("Chart.yaml")) return Error{"it has no `Chart.yaml`"};
  return files;
}

}  // namespace stackc::driver
