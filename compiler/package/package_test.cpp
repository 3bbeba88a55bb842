#include "compiler/package/package.h"

#include <gmock/gmock.h>

#include "compiler/package/archive_reader.h"

namespace stackc::package {
namespace {

FileTree sources() {
  return {{"cluster-addon/cni/Chart.yaml", "name: cni\n"},
          {"cluster-addon/csi/overwrite.yaml", "values: x\n"},
          {"cluster-class/Chart.yaml", "name: class\n"},
          {"cluster-class/templates/cluster-class.yaml", "kind: ClusterClass\n"},
          {"clusteraddon.yaml", "stages\n"},
          {"image-manager.yaml", "for people\n"},
          {"metadata.yaml", "metadata\n"},
          {"node-images.yaml", "images\n"},
          {"orc-images.yaml", "for people\n"}};
}

FileTree release_of(const FileTree& files) {
  return package({.sources = files,
                  .name = {"openstack-scs2-1-34", {0, "sha", "rwvgrna"}},
                  .cluster_addon = {2, "", ""},
                  .hashes = {.cluster_stack = "abc"}});
}

TEST(Package, HoldsWhatTheOperatorDownloads) {
  const FileTree release = release_of(sources());
  std::vector<std::string> names;
  for (const auto& [name, bytes] : release) names.push_back(name);
  EXPECT_THAT(names,
              testing::ElementsAre("clusteraddon.yaml", "hashes.json", "metadata.yaml",
                                   "node-images.yaml", "openstack-scs2-1-34-cluster-addon-v2.tgz",
                                   "openstack-scs2-1-34-cluster-class-v0-sha.rwvgrna.tgz"));
  EXPECT_EQ(release.at("clusteraddon.yaml"), "stages\n");
  EXPECT_EQ(release.at("metadata.yaml"), "metadata\n");
  EXPECT_EQ(release.at("node-images.yaml"), "images\n");
  EXPECT_EQ(release.at("hashes.json"), hashes_json({.cluster_stack = "abc"}));
}

TEST(Package, TheClassIsAHelmPackageAndTheAddOnsAreFoldersAtTheRoot) {
  const FileTree release = release_of(sources());
  EXPECT_EQ(*read_tar_gz(release.at("openstack-scs2-1-34-cluster-class-v0-sha.rwvgrna.tgz")),
            (FileTree{{"openstack-scs2-1-34-cluster-class/Chart.yaml", "name: class\n"},
                      {"openstack-scs2-1-34-cluster-class/templates/cluster-class.yaml",
                       "kind: ClusterClass\n"}}));
  EXPECT_EQ(*read_tar_gz(release.at("openstack-scs2-1-34-cluster-addon-v2.tgz")),
            (FileTree{{"cni/Chart.yaml", "name: cni\n"}, {"csi/overwrite.yaml", "values: x\n"}}));
}

TEST(Package, AStackWithoutAddOnsAndImagesHasAnEmptyAddOnArchive) {
  FileTree files = sources();
  std::erase_if(files, [](const auto& file) {
    return file.first.starts_with("cluster-addon/") || file.first == "node-images.yaml";
  });
  const FileTree release = release_of(files);
  EXPECT_FALSE(release.contains("node-images.yaml"));
  EXPECT_EQ(*read_tar_gz(release.at("openstack-scs2-1-34-cluster-addon-v2.tgz")), FileTree{});
}

TEST(Package, TheSameSourcesGiveTheSameBytes) {
  EXPECT_EQ(release_of(sources()), release_of(sources()));
}

}  // namespace
}  // namespace stackc::package
