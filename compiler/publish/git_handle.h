#pragma once

#include <git2.h>

#include <string>
#include <string_view>
#include <utility>

#include "compiler/base/result.h"

/// libgit2's objects with an owner. Only for the .cpp files of this folder.
namespace stackc::publish {

/// Owns one object. Not a unique_ptr with std::out_ptr's trick, because that assigns only at the
/// end of the full expression: too late for `git_a(out(a)) != 0 || git_b(out(b), a.get()) != 0`.
template <typename T, auto free_function>
class Owned {
 public:
  Owned() = default;
  explicit Owned(T* object) : object_(object) {}
  Owned(Owned&& other) noexcept : object_(other.release()) {}
  Owned& operator=(Owned&& other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Owned() { free_function(object_); }

  T* get() const { return object_; }
  T* release() { return std::exchange(object_, nullptr); }
  void reset() { free_function(release()); }

  /// Where libgit2 puts an object: `git_x_lookup(out(x), …)`.
  friend T** out(Owned& owner) {
    owner.reset();
    return &owner.object_;
  }

 private:
  T* object_ = nullptr;
};

using GitRepository = Owned<git_repository, git_repository_free>;
using GitReference = Owned<git_reference, git_reference_free>;
using GitObject = Owned<git_object, git_object_free>;
using GitCommit = Owned<git_commit, git_commit_free>;
using GitTree = Owned<git_tree, git_tree_free>;
using GitTreeEntry = Owned<git_tree_entry, git_tree_entry_free>;
using GitTreeBuilder = Owned<git_treebuilder, git_treebuilder_free>;
using GitBlob = Owned<git_blob, git_blob_free>;
using GitIndex = Owned<git_index, git_index_free>;
using GitConfig = Owned<git_config, git_config_free>;
using GitSignature = Owned<git_signature, git_signature_free>;
using GitDiff = Owned<git_diff, git_diff_free>;
using GitStatusList = Owned<git_status_list, git_status_list_free>;

/// `what`, and libgit2's reason for the failure that has just happened.
Error git_failure(std::string_view what);

std::string to_hex(const git_oid& id);

/// The tree of a commit.
Result<GitTree> tree_of_commit(git_repository* repository, const git_oid& commit);

}  // namespace stackc::publish
