#include "compiler/package/package.h"

#include <fmt/format.h>

#include "compiler/base/check.h"
#include "compiler/package/archive_writer.h"
#include "compiler/package/release_layout.h"

namespace stackc::package {
namespace {

FileTree below(const std::string& folder, FileTree&& files) {
  FileTree moved;
  for (auto& [path, bytes] : files)
    moved.emplace_hint(moved.end(), fmt::format("{}/{}", folder, path), std::move(bytes));
  return moved;
}

}  // namespace

FileTree package(const PackageInput& input) {
  const std::string class_chart = layout::class_chart(input.name.line);
  FileTree release;
  // Helm looks for a chart in the one folder of its archive.
  release[layout::archive(class_chart, dotted(input.name.version))] =
      tar_gz(below(class_chart, subtree(input.sources, layout::cluster_class)));
  // Not a chart but a folder per add-on; the operator wants the archive even if it is empty.
  release[layout::archive(layout::add_ons(input.name.line), dotted(input.cluster_addon))] =
      tar_gz(subtree(input.sources, layout::cluster_addon));
  for (const std::string_view name : {layout::stages, layout::metadata, layout::node_images}) {
    const auto file = input.sources.find(name);
    CHECK(file != input.sources.end() || name == layout::node_images,
          "every release has stages and metadata");
    if (file != input.sources.end()) release.insert(*file);
  }
  release[layout::hashes] = hashes_json(input.hashes);
  return release;
}

}  // namespace stackc::package
