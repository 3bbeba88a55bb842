#include "compiler/publish/git_handle.h"

#include <fmt/core.h>

namespace stackc::publish {

Error git_failure(std::string_view what) {
  const git_error* const reason = git_error_last();
  return {fmt::format("{}: {}", what, reason != nullptr ? reason->message : "no reason given")};
}

std::string to_hex(const git_oid& id) {
  std::string text(GIT_OID_HEXSZ, '0');
  git_oid_fmt(text.data(), &id);
  return text;
}

Result<GitTree> tree_of_commit(git_repository* repository, const git_oid& id) {
  GitCommit commit;
  GitTree tree;
  if (git_commit_lookup(out(commit), repository, &id) != 0 ||
      git_commit_tree(out(tree), commit.get()) != 0) {
    return git_failure(fmt::format("commit `{}` cannot be read", to_hex(id)));
  }
  return tree;
}

}  // namespace stackc::publish
