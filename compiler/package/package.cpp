#include "compiler/package/package.h"

#include <fmt/format.h>

#include "compiler/base/check.h"
#include "compiler/package/archive_writer.h"

namespace stackc::package {
namespace {

FileTree below(const std::string& folder, const FileTree& files) {
  FileTree moved;
  for (const auto& [path, bytes] : files)
    moved.emplace_hint(moved.end(), fmt::format("{}/{}", folder, path), bytes);
  return moved;
}

}  // namespace

FileTree package(const PackageInput& input) {
  const std::string line = to_string(input.name.line);
  const std::string class_chart = line + "-cluster-class";
  FileTree release;
  // Helm looks for a chart in the one folder of its archive.
  release[fmt::format("{}-{}.tgz", class_chart, dotted(input.name.version))] =
      tar_gz(below(class_chart, subtree(input.sources, "cluster-class")));
  // Not a chart but a folder per add-on; the operator wants the archive even if it is empty.
  release[fmt::format("{}-cluster-addon-{}.tgz", line, dotted(input.cluster_addon))] =
      tar_gz(subtree(input.sources, "cluster-addon"));
  for (const std::string_view name : {"clusteraddon.yaml", "metadata.yaml", "node-images.yaml"}) {
    const auto file = input.sources.find(name);
    CHECK(file != input.sources.end() || name == "node-images.yaml",
          "every release has stages and metadata");
    if (file != input.sources.end()) release.insert(*file);
  }
  release["hashes.json"] = hashes_json(input.hashes);
  return release;
}

}  // namespace stackc::package
