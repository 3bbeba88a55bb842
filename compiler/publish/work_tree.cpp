#include "compiler/publish/work_tree.h"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>

#include "compiler/publish/git_handle.h"
#include "compiler/source/atomic_write.h"

namespace stackc::publish {
namespace {

namespace fs = std::filesystem;

/// A file that a commit adds, changes or removes.
struct FileChange {
  std::string path;  // from the root
  std::optional<git_oid> before;
  std::optional<git_oid> after;
};

bool is(const std::optional<git_oid>& id, const std::optional<git_oid>& other) {
  if (id.has_value() != other.has_value()) return false;
  return !id || git_oid_equal(&*id, &*other) != 0;
}

Result<std::vector<FileChange>> changes_between(git_repository* repository, const git_oid* before,
                                                const git_oid& after) {
  Result<GitTree> old_tree = GitTree();
  if (before != nullptr) old_tree = tree_of_commit(repository, *before);
  if (!old_tree) return old_tree.error();
  const Result<GitTree> new_tree = tree_of_commit(repository, after);
  if (!new_tree) return new_tree.error();
  GitDiff diff;
  if (git_diff_tree_to_tree(out(diff), repository, old_tree->get(), new_tree->get(), nullptr) !=
      0) {
    return git_failure("the new commit cannot be compared with its parent");
  }
  std::vector<FileChange> changes;
  for (std::size_t i = 0; i < git_diff_num_deltas(diff.get()); ++i) {
    const git_diff_delta* const delta = git_diff_get_delta(diff.get(), i);
    FileChange change{.path = delta->new_file.path};
    if (git_oid_is_zero(&delta->old_file.id) == 0) change.before = delta->old_file.id;
    if (git_oid_is_zero(&delta->new_file.id) == 0) change.after = delta->new_file.id;
    changes.push_back(std::move(change));
  }
  return changes;
}

/// Git's id for the file as it lies there; nothing if there is no file. Something else there (a
/// directory, a link) has an id that no commit has.
std::optional<git_oid> id_on_disk(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
  git_oid id{};
  if (!S_ISREG(status.st_mode)) return id;
  if (git_odb_hashfile(&id, path.c_str(), GIT_OBJECT_BLOB) != 0) return git_oid{};
  return id;
}

/// Removes the file, and the directories above it as far as that leaves them empty.
void remove_file(const fs::path& work_tree, const std::string& path) {
  ::unlink((work_tree / path).c_str());
  for (fs::path up = fs::path(path).parent_path(); !up.empty(); up = up.parent_path()) {
    // A killed run may have come as far as removing some of them.
    if (::rmdir((work_tree / up).c_str()) != 0 && errno != ENOENT) return;
  }
}

Result<void> write_file(git_repository* repository, const fs::path& work_tree,
                        const FileChange& change) {
  GitBlob blob;
  if (git_blob_lookup(out(blob), repository, &*change.after) != 0) {
    return git_failure(fmt::format("`{}` cannot be read back", change.path));
  }
  const fs::path path = work_tree / change.path;
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) return Error{fmt::format("`{}` cannot be made: {}", path.string(), error.message())};
  const std::string_view bytes(static_cast<const char*>(git_blob_rawcontent(blob.get())),
                               static_cast<std::size_t>(git_blob_rawsize(blob.get())));
  return source::write_file_through(work_tree / ".stackc-release.tmp", path, bytes);
}

Result<void> advance_files(git_repository* repository, const std::vector<FileChange>& changes) {
  const fs::path work_tree = git_repository_workdir(repository);
  ::unlink((work_tree / ".stackc-release.tmp").c_str());  // of a killed run
  // Removals first: a directory may take the place of a file.
  for (const FileChange& change : changes) {
    if (change.after) continue;
    const std::optional<git_oid> now = id_on_disk(work_tree / change.path);
    // Gone already: a killed run may have left the empty directories above it.
    if (!now || is(now, change.before)) remove_file(work_tree, change.path);
  }
  for (const FileChange& change : changes) {
    if (!change.after || !is(id_on_disk(work_tree / change.path), change.before)) continue;
    if (Result<void> done = write_file(repository, work_tree, change); !done) return done;
  }
  return {};
}

std::optional<git_oid> id_in_index(git_index* index, const std::string& path) {
  const git_index_entry* const entry = git_index_get_bypath(index, path.c_str(), 0);
  if (entry == nullptr) return std::nullopt;
  return entry->id;
}

/// An entry with the times and sizes of the file, so that `git status` need not read it again.
git_index_entry entry_for(const FileChange& change, const std::string& file) {
  git_index_entry entry{};
  struct stat status {};
  if (::lstat(file.c_str(), &status) == 0 && is(id_on_disk(file), change.after)) {
    entry.ctime = {static_cast<std::int32_t>(status.st_ctim.tv_sec),
                   static_cast<std::uint32_t>(status.st_ctim.tv_nsec)};
    entry.mtime = {static_cast<std::int32_t>(status.st_mtim.tv_sec),
                   static_cast<std::uint32_t>(status.st_mtim.tv_nsec)};
    entry.dev = static_cast<std::uint32_t>(status.st_dev);
    entry.ino = static_cast<std::uint32_t>(status.st_ino);
    entry.uid = status.st_uid;
    entry.gid = status.st_gid;
    entry.file_size = static_cast<std::uint32_t>(status.st_size);
  }
  entry.mode = GIT_FILEMODE_BLOB;
  entry.id = *change.after;
  entry.path = change.path.c_str();
  return entry;
}

/// Edits a copy and renames it over the index: libgit2 would want `index.lock`, which we hold by a
/// means of our own.
Result<void> advance_index(git_repository* repository, const std::vector<FileChange>& changes) {
  const std::string git_directory = git_repository_path(repository);
  const fs::path work_tree = git_repository_workdir(repository);
  const std::string path = git_directory + "index";
  const std::string copy = git_directory + "stackc-release.index";
  std::error_code error;
  fs::remove(copy, error);
  fs::remove(copy + ".lock", error);
  if (fs::exists(path, error)) fs::copy_file(path, copy, error);
  if (error) return Error{fmt::format("`{}` cannot be copied: {}", path, error.message())};
  GitIndex index;
  if (git_index_open(out(index), copy.c_str()) != 0) return git_failure("the index cannot be read");
  for (const FileChange& change : changes) {
    if (!is(id_in_index(index.get(), change.path), change.before)) continue;
    const git_index_entry entry =
        change.after ? entry_for(change, work_tree / change.path) : git_index_entry{};
    const int failed = change.after ? git_index_add(index.get(), &entry)
                                    : git_index_remove(index.get(), change.path.c_str(), 0);
    if (failed != 0) return git_failure(fmt::format("`{}` cannot enter the index", change.path));
  }
  if (git_index_write(index.get()) != 0) return git_failure("the index cannot be written");
  if (std::rename(copy.c_str(), path.c_str()) != 0) {
    return Error{fmt::format("`{}` cannot be replaced: {}", path, std::strerror(errno))};
  }
  return source::sync_directory(git_directory);
}

/// Paths in the directories that git reports as anything but unchanged; ignored ones only if they
/// are among `paths`.
Result<std::vector<std::string>> changed_paths(git_repository* repository,
                                               const std::vector<std::string>& directories,
                                               const std::vector<std::string>& paths) {
  std::vector<char*> specs;
  for (const std::string& directory : directories)
    specs.push_back(const_cast<char*>(directory.c_str()));
  git_status_options options = GIT_STATUS_OPTIONS_INIT;
  options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
  options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
                  GIT_STATUS_OPT_INCLUDE_IGNORED | GIT_STATUS_OPT_RECURSE_IGNORED_DIRS |
                  GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
  options.pathspec = {.strings = specs.data(), .count = specs.size()};
  GitStatusList list;
  if (git_status_list_new(out(list), repository, &options) != 0) {
    return git_failure("the state of the work tree cannot be read");
  }
  std::vector<std::string> changed;
  for (std::size_t i = 0; i < git_status_list_entrycount(list.get()); ++i) {
    const git_status_entry* const entry = git_status_byindex(list.get(), i);
    const git_diff_delta* const delta =
        entry->index_to_workdir != nullptr ? entry->index_to_workdir : entry->head_to_index;
    const std::string path = delta->new_file.path;
    const bool harmless = entry->status == GIT_STATUS_IGNORED && !std::ranges::count(paths, path);
    if (entry->status != GIT_STATUS_CURRENT && !harmless) changed.push_back(path);
  }
  std::ranges::sort(changed);
  return changed;
}

}  // namespace

Result<void> expect_clean(git_repository* repository, const std::vector<std::string>& directories,
                          const std::vector<std::string>& paths) {
  const Result<std::vector<std::string>> changed = changed_paths(repository, directories, paths);
  if (!changed) return changed.error();
  if (changed->empty()) return {};
  constexpr std::size_t most_shown = 3;
  std::string shown;
  for (std::size_t i = 0; i < std::min(most_shown, changed->size()); ++i) {
    shown += fmt::format("{}`{}`", i == 0 ? "" : ", ", (*changed)[i]);
  }
  const std::size_t rest = changed->size() - std::min(most_shown, changed->size());
  if (rest > 0) shown += fmt::format(" and {} more", rest);
  return Error{
      fmt::format("uncommitted changes in the way of the release: {}; commit, stash or "
                  "remove them first",
                  shown)};
}

Result<void> advance_work_tree(git_repository* repository, const git_oid* before,
                               const git_oid& after) {
  const Result<std::vector<FileChange>> changes = changes_between(repository, before, after);
  if (!changes) return changes.error();
  if (Result<void> done = advance_files(repository, *changes); !done) return done;
  return advance_index(repository, *changes);
}

}  // namespace stackc::publish
