#include "compiler/package/directory_hash.h"

#include <gmock/gmock.h>

#include "compiler/package/sha256.h"

namespace stackc::package {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Sha256, AgreesWithTheStandard) {
  // FIPS 180-4, examples of NIST.
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ(to_base64(sha256("abc")), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

// The expected texts are what golang.org/x/mod/sumdb/dirhash.HashDir gives for these files.
TEST(DirectoryHash, AgreesWithGo) {
  EXPECT_EQ(directory_hash({}), "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  EXPECT_EQ(directory_hash(
                {{"a-b", "2"}, {"a.txt", ""}, {"a/b", "1"}, {"a0", "3"}, {"é.yaml", "x: 1\n"}}),
            "h1:RnmbnRzaXpIojEE8fMOQwgMoKaHLFxw9ZBuCmyZ0x10=");
}

TEST(DirectoryHash, ASubtreeHasPathsOfItsOwn) {
  const FileTree files{{"cluster-addon-x", "0"},
                       {"cluster-addon/a", "1"},
                       {"cluster-addon/b/c", "2"},
                       {"cluster-addon0", "3"}};
  EXPECT_THAT(subtree(files, "cluster-addon"), ElementsAre(Pair("a", "1"), Pair("b/c", "2")));
}

TEST(DirectoryHash, ReleaseHashesAreTextThatCsctlReads) {
  const FileTree sources{{"cluster-addon/cni/Chart.yaml", "name: cni\n"},
                         {"metadata.yaml", "x\n"},
                         {"node-images.yaml", "y\n"}};
  EXPECT_EQ(hashes_json(release_hashes(sources)), R"({
  "clusterStack": "zbl5gmkjkidua8qlfwblhqbuixd129o4dospqyh6g",
  "clusterAddonDir": "toaqogd4qinglvrof2d9dhvctewm7julz5z4hrix75y",
  "clusterAddonValues": "",
  "nodeImageDir": "dztutigblgvdepmtqf46phhqrgr84x6sdpwb0ixn7q"
}
)");
}

TEST(DirectoryHash, AReleaseWithoutAddOnsAndImagesHasNoHashesOfThem) {
  const ReleaseHashes hashes = release_hashes({{"metadata.yaml", "x\n"}});
  EXPECT_EQ(hashes.cluster_addon_dir, "");
  EXPECT_EQ(hashes_json({.cluster_stack = "abc"}),
            "{\n  \"clusterStack\": \"abc\",\n  \"clusterAddonDir\": \"\",\n  "
            "\"clusterAddonValues\": \"\"\n}\n");
}

TEST(DirectoryHash, EveryPartChangesItsOwnHash) {
  const FileTree before{{"cluster-addon/cni/values.yaml", "a"},
                        {"cluster-class/Chart.yaml", "b"},
                        {"node-images.yaml", "c"}};
  const ReleaseHashes old = release_hashes(before);
  FileTree after = before;
  after["cluster-class/Chart.yaml"] = "B";
  EXPECT_NE(release_hashes(after).cluster_stack, old.cluster_stack);
  EXPECT_EQ(release_hashes(after).cluster_addon_dir, old.cluster_addon_dir);
  after = before;
  after["cluster-addon/cni/values.yaml"] = "A";
  EXPECT_NE(release_hashes(after).cluster_addon_dir, old.cluster_addon_dir);
  EXPECT_EQ(release_hashes(after).node_images, old.node_images);
}

}  // namespace
}  // namespace stackc::package
