#pragma once

#include "compiler/base/file_tree.h"
#include "compiler/package/directory_hash.h"
#include "compiler/package/release_name.h"

namespace stackc::package {

struct PackageInput {
  const FileTree& sources;  // what `emit` made, with the versions below
  ReleaseName name;
  Version cluster_addon;
  ReleaseHashes hashes;  // of the unversioned sources
};

/// The files of a release directory as the operator downloads it (artifacts.md, "Files in a release
/// directory"): two archives, `clusteraddon.yaml`, `metadata.yaml`, `hashes.json`, and
/// `node-images.yaml` if the stack has images.
FileTree package(const PackageInput& input);

}  // namespace stackc::package
