#pragma once

#include <string>

#include "compiler/base/file_tree.h"

namespace stackc::package {

/// Go's hash of a directory, `h1:` and base64 (golang.org/x/mod/sumdb/dirhash, Hash1): SHA-256 over
/// a line per file, sorted by path: its SHA-256 in hexadecimal, two spaces, its path. No path has a
/// line feed.
std::string directory_hash(const FileTree& files);

/// The part of the tree below `folder`, paths relative to it.
FileTree subtree(const FileTree& files, const std::string& folder);

/// Contents of `hashes.json`, each cleaned as `csctl` does: no `h1:`, `/`, `=` and `+`, lower case.
/// Empty: no such part.
struct ReleaseHashes {
  std::string cluster_stack;      // everything
  std::string cluster_addon_dir;  // `cluster-addon/`
  std::string node_images;        // `node-images.yaml`
};

/// Of a release whose sources carry the version `unversioned` (release_name.h) for all three
/// components, so that a hash says what changed and not which version it became.
ReleaseHashes release_hashes(const FileTree& unversioned_sources);

/// The text of `hashes.json`, with the keys that `csctl` reads.
std::string hashes_json(const ReleaseHashes& hashes);

}  // namespace stackc::package
