#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/base/file_tree.h"
#include "compiler/diag/sink.h"
#include "compiler/driver/lowered_classes.h"
#include "compiler/ir/stack.h"
#include "compiler/package/directory_hash.h"
#include "compiler/package/release_name.h"

namespace stackc::driver {

/// Versions of a release and of its parts.
struct PartVersions {
  package::Version cluster_class;  // of the release as a whole
  package::Version cluster_addon;
  package::Version node_image;
};

/// The same version for all parts.
PartVersions same_version(const package::Version& version);

/// The release of one stack for one Kubernetes line, complete but for its versions: what changed
/// can be told before they are chosen.
class ReleaseContent {
 public:
  /// Lowers the stack; what cannot be lowered is reported, and then there is no content. The stack
  /// has been adapted to its target. `classes` are those of its file, which the content uses as
  /// long as it lives. `charts` has the archive of each add-on in order, empty for those that are
  /// not vendored.
  static std::optional<ReleaseContent> make(const ir::Stack& stack, ir::ExprStore& exprs,
                                            LoweredClasses& classes,
                                            std::vector<std::string> charts, diag::Sink& sink);

  const std::string& line() const { return line_; }
  const package::ReleaseHashes& hashes() const { return hashes_; }

  /// Everything in the directory of the release: readable sources and the files that the operator
  /// downloads.
  FileTree files(const PartVersions& versions);

 private:
  ReleaseContent(const ir::Stack& stack, LoweredClass& lowered)
      : stack_(stack), lowered_(lowered) {}
  FileTree sources(const PartVersions& versions);

  const ir::Stack& stack_;
  std::string line_;       // `openstack-scs2-1-34`
  FileTree lasting_;       // files in which no version is
  LoweredClass& lowered_;  // its objects are to be named anew before each use: other lines share it
  package::ReleaseHashes hashes_;
};

}  // namespace stackc::driver
