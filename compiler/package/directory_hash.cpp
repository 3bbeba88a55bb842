#include "compiler/package/directory_hash.h"

#include <fmt/format.h>

#include "compiler/base/check.h"
#include "compiler/package/release_layout.h"
#include "compiler/package/sha256.h"

namespace stackc::package {
namespace {

constexpr std::string_view prefix = "h1:";

std::string clean(std::string_view hash) {
  std::string out;
  for (const char c : hash.substr(prefix.size())) {
    if (c == '/' || c == '=' || c == '+') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

std::string clean_hash(const FileTree& files) {
  return files.empty() ? "" : clean(directory_hash(files));
}

}  // namespace

std::string directory_hash(const FileTree& files) {
  std::string lines;
  for (const auto& [path, bytes] : files) {
    CHECK(path.find('\n') == std::string::npos,
          "the paths of a release are names of the compiler's making");
    lines.append(to_hex(sha256(bytes))).append("  ").append(path).append("\n");
  }
  return fmt::format("{}{}", prefix, to_base64(sha256(lines)));
}

FileTree subtree(const FileTree& files, const std::string& folder) {
  FileTree below;
  const std::string start = folder + '/';
  for (auto file = files.lower_bound(start); file != files.end() && file->first.starts_with(start);
       ++file) {
    below.emplace_hint(below.end(), file->first.substr(start.size()), file->second);
  }
  return below;
}

ReleaseHashes release_hashes(const FileTree& unversioned_sources) {
  FileTree images;
  if (const auto list = unversioned_sources.find(layout::node_images);
      list != unversioned_sources.end()) {
    images.insert(*list);
  }
  return {.cluster_stack = clean_hash(unversioned_sources),
          .cluster_addon_dir = clean_hash(subtree(unversioned_sources, layout::cluster_addon)),
          .node_images = clean_hash(images)};
}

std::string hashes_json(const ReleaseHashes& hashes) {
  // All values are letters and digits. The add-on values file is part of an older convention that
  // csctl still compares.
  std::string json = fmt::format(
      "{{\n  \"clusterStack\": \"{}\",\n  \"clusterAddonDir\": \"{}\",\n  \"clusterAddonValues\": "
      "\"\"",
      hashes.cluster_stack, hashes.cluster_addon_dir);
  if (!hashes.node_images.empty())
    json += fmt::format(",\n  \"nodeImageDir\": \"{}\"", hashes.node_images);
  return json + "\n}\n";
}

}  // namespace stackc::package
