#include "compiler/publish/release_objects.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>

#include "compiler/publish/git_handle.h"

namespace stackc::publish {
namespace {

constexpr const char* neutral_name = "stackc";
constexpr const char* neutral_email = "stackc@localhost";

/// A value of the git configuration (system, user, repository), or the fallback.
std::string configured(git_repository* repository, const char* key, const char* fallback) {
  GitConfig live;
  GitConfig config;
  const char* value = nullptr;
  const bool found = git_repository_config(out(live), repository) == 0 &&
                     git_config_snapshot(out(config), live.get()) == 0 &&
                     git_config_get_string(&value, config.get(), key) == 0;
  return found && *value != '\0' ? value : fallback;
}

std::int64_t seconds_since_1970() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Result<GitSignature> make_signature(git_repository* repository, const Authorship& author) {
  const std::string name =
      author.name.empty() ? configured(repository, "user.name", neutral_name) : author.name;
  const std::string email =
      author.email.empty() ? configured(repository, "user.email", neutral_email) : author.email;
  const std::int64_t time = author.unix_time ? *author.unix_time : seconds_since_1970();
  GitSignature signature;
  if (git_signature_new(out(signature), name.c_str(), email.c_str(), time, 0) != 0) {
    return git_failure(fmt::format("`{} <{}>` cannot sign a commit", name, email));
  }
  return signature;
}

/// A relative path of ordinary names: libgit2 would mend some others (`/x`, `a//b`) instead of
/// refusing them.
bool is_plain_path(std::string_view path) {
  if (path.find('\0') != std::string_view::npos) return false;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const std::string_view name = path.substr(start, end - start);
    if (name.empty() || name == "." || name == "..") return false;
    start = end + 1;
  }
  return true;
}

/// The tree of the directory of a line.
Result<git_oid> write_line_tree(git_repository* repository, const LineRelease& release) {
  GitIndex index;
  if (git_index_new(out(index)) != 0) return git_failure("no memory for a tree");
  for (const ReleaseFile& file : release.files) {
    if (!is_plain_path(file.path)) {
      return Error{fmt::format("`{}` of `{}` is no path in a release", file.path, release.tag)};
    }
    git_index_entry entry{};
    entry.mode = GIT_FILEMODE_BLOB;
    entry.path = file.path.c_str();
    if (git_blob_create_from_buffer(&entry.id, repository, file.bytes.data(), file.bytes.size()) !=
            0 ||
        git_index_add(index.get(), &entry) != 0) {
      return git_failure(fmt::format("`{}/{}` cannot be stored", release.line, file.path));
    }
  }
  // Two files of one path, or a file and a directory of one name, replace each other in an index.
  if (git_index_entrycount(index.get()) != release.files.size()) {
    return Error{fmt::format("two files of `{}` have paths that exclude each other", release.tag)};
  }
  git_oid tree;
  if (git_index_write_tree_to(&tree, index.get(), repository) != 0) {
    return git_failure(fmt::format("the tree of `{}` cannot be stored", release.tag));
  }
  return tree;
}

/// The tree of the parent with the directory of the line replaced.
Result<git_oid> write_root_tree(git_repository* repository, const git_tree* base,
                                const LineRelease& release) {
  const Result<git_oid> line_tree = write_line_tree(repository, release);
  if (!line_tree) return line_tree;
  GitTreeBuilder builder;
  git_oid root;
  if (git_treebuilder_new(out(builder), repository, base) != 0 ||
      git_treebuilder_insert(nullptr, builder.get(), release.line.c_str(), &*line_tree,
                             GIT_FILEMODE_TREE) != 0 ||
      git_treebuilder_write(&root, builder.get()) != 0) {
    return git_failure(fmt::format("the tree of `{}` cannot be stored", release.tag));
  }
  return root;
}

Result<git_oid> write_commit(git_repository* repository, const git_oid* parent,
                             const LineRelease& release, const git_signature* author,
                             const std::string& message) {
  GitCommit parent_commit;
  GitTree base;
  if (parent != nullptr && (git_commit_lookup(out(parent_commit), repository, parent) != 0 ||
                            git_commit_tree(out(base), parent_commit.get()) != 0)) {
    return git_failure(fmt::format("commit `{}` cannot be read", to_hex(*parent)));
  }
  const Result<git_oid> root = write_root_tree(repository, base.get(), release);
  if (!root) return root;
  GitTree tree;
  git_oid commit;
  const git_commit* parents[] = {parent_commit.get()};
  if (git_tree_lookup(out(tree), repository, &*root) != 0 ||
      git_commit_create(&commit, repository, nullptr, author, author, nullptr, message.c_str(),
                        tree.get(), parent != nullptr ? 1 : 0, parents) != 0) {
    return git_failure(fmt::format("the commit of `{}` cannot be stored", release.tag));
  }
  return commit;
}

Result<PackedRef> write_tag(git_repository* repository, const git_oid& commit,
                            const LineRelease& release, const git_signature* tagger,
                            const std::string& message) {
  GitObject target;
  git_oid tag;
  if (git_object_lookup(out(target), repository, &commit, GIT_OBJECT_COMMIT) != 0 ||
      git_tag_annotation_create(&tag, repository, release.tag.c_str(), target.get(), tagger,
                                message.c_str()) != 0) {
    return git_failure(fmt::format("the tag `{}` cannot be stored", release.tag));
  }
  return PackedRef{
      .name = "refs/tags/" + release.tag, .target = to_hex(tag), .peeled = to_hex(commit)};
}

std::string message_for(const LineRelease& release) {
  std::string message = fmt::format("Release {}\n", release.tag);
  if (!release.notes.empty()) message += "\n" + release.notes;
  if (message.back() != '\n') message += '\n';
  return message;
}

}  // namespace

Result<ReleaseObjects> write_release_objects(git_repository* repository, const git_oid* parent,
                                             const std::vector<LineRelease>& releases,
                                             const Authorship& authorship) {
  const Result<GitSignature> signature = make_signature(repository, authorship);
  if (!signature) return signature.error();
  ReleaseObjects objects;
  std::optional<git_oid> head;
  if (parent != nullptr) head = *parent;
  for (const LineRelease& release : releases) {
    const std::string message = message_for(release);
    const Result<git_oid> commit =
        write_commit(repository, head ? &*head : nullptr, release, signature->get(), message);
    if (!commit) return commit.error();
    Result<PackedRef> tag = write_tag(repository, *commit, release, signature->get(), message);
    if (!tag) return tag.error();
    objects.commits.push_back(to_hex(*commit));
    objects.tags.push_back(std::move(*tag));
    head = *commit;
  }
  return objects;
}

}  // namespace stackc::publish
