#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

/// How the files of a release are called (artifacts.md, "Files in a release directory"): `emit`
/// writes them, `package` packs them, and the next release reads what it has to know of them.
namespace stackc::package::layout {

inline constexpr const char* metadata = "metadata.yaml";
inline constexpr const char* stages = "clusteraddon.yaml";
inline constexpr const char* node_images = "node-images.yaml";
inline constexpr const char* hashes = "hashes.json";

/// Folders of the readable sources; each becomes an archive.
inline constexpr const char* cluster_class = "cluster-class";
inline constexpr const char* cluster_addon = "cluster-addon";

/// The chart of the class: `openstack-scs2-1-34-cluster-class`.
inline std::string class_chart(std::string_view line) {
  return fmt::format("{}-{}", line, cluster_class);
}

/// `openstack-scs2-1-34-cluster-addon`: what the name of the archive with the add-ons begins with.
inline std::string add_ons(std::string_view line) {
  return fmt::format("{}-{}", line, cluster_addon);
}

/// An archive in a release or of a chart: `cilium-1.18.9.tgz`.
inline std::string archive(std::string_view name, std::string_view version) {
  return fmt::format("{}-{}.tgz", name, version);
}

}  // namespace stackc::package::layout
