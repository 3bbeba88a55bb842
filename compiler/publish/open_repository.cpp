#include "compiler/publish/open_repository.h"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "compiler/publish/git_handle.h"
#include "compiler/publish/journal.h"
#include "compiler/publish/new_repository.h"
#include "compiler/publish/ref_switch.h"
#include "compiler/publish/release_objects.h"
#include "compiler/publish/repository_lock.h"
#include "compiler/publish/work_tree.h"
#include "compiler/source/atomic_write.h"
#include "compiler/source/real_file_system.h"

namespace stackc::publish {
namespace {

namespace fs = std::filesystem;

// A git command holds its locks for an instant; one that is still there after this is a leftover.
constexpr int patience_with_git = 5;  // seconds
constexpr std::string_view branch_prefix = "refs/heads/";

/// Where the branch stands that HEAD names.
struct Head {
  std::string branch;          // `refs/heads/main`
  std::optional<git_oid> tip;  // nothing for a branch without a commit
};

Result<Head> read_head(git_repository* repository) {
  GitReference head;
  if (git_reference_lookup(out(head), repository, "HEAD") != 0) {
    return git_failure("`HEAD` cannot be read");
  }
  const char* const branch = git_reference_symbolic_target(head.get());
  if (branch == nullptr || !std::string_view(branch).starts_with(branch_prefix)) {
    return Error{"no branch is checked out; releases go on top of a branch"};
  }
  Head result{.branch = branch};
  git_oid tip;
  const int code = git_reference_name_to_id(&tip, repository, branch);
  if (code == 0) result.tip = tip;
  if (code != 0 && code != GIT_ENOTFOUND) {
    return git_failure(fmt::format("`{}` cannot be read", branch));
  }
  return result;
}

class GitReleaseRepository : public ReleaseRepository {
 public:
  GitReleaseRepository(GitRepository repository, RunLock lock, std::optional<NewRepository> created,
                       int wait_seconds)
      : created_(std::move(created)),
        lock_(std::move(lock)),
        repository_(std::move(repository)),
        git_wait_seconds_(std::min(wait_seconds, patience_with_git)) {}

  Result<std::vector<std::string>> tags(const std::string& line) override;
  Result<std::optional<std::string>> read(const std::string& tag, const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& tag,
                                        const std::string& directory) override;
  Result<Receipt> publish(const std::vector<LineRelease>& releases,
                          const Authorship& authorship) override;

  /// Clears or finishes what a killed run left. Before anything else.
  Result<void> recover();

 private:
  std::string git_directory() const { return git_repository_path(repository_.get()); }
  std::string journal_path() const { return git_directory() + "stackc-release.journal"; }
  bool has_work_tree() const { return git_repository_is_bare(repository_.get()) == 0; }

  Result<GitTree> tree_of_tag(const std::string& tag) const;
  Result<void> expect_ready(const std::vector<LineRelease>& releases) const;
  /// From the journal to the visible release; sets what could not follow in the receipt.
  Result<void> make_visible(const Head& head, const ReleaseObjects& objects,
                            const std::vector<LineRelease>& releases, Receipt& receipt);
  /// Moves a new repository to where it was wanted, and goes on there.
  Result<void> move_into_place();
  void append_reflog(const std::string& name, const Journal& change,
                     const std::vector<LineRelease>& releases) const;

  // Destroyed from the last to the first: the repository is closed, then unlocked, then removed if
  // nothing came of it.
  std::optional<NewRepository> created_;
  RunLock lock_;
  GitRepository repository_;
  int git_wait_seconds_;
};

Result<void> GitReleaseRepository::recover() {
  source::RealFileSystem disk;
  if (!disk.exists(journal_path())) return {};
  constexpr std::size_t most_bytes = std::size_t{16} << 20;
  const Result<std::string> text = disk.read(journal_path(), most_bytes);
  if (!text) return text.error();
  const Result<Journal> journal = parse_journal(*text);
  if (!journal) return Error{fmt::format("`{}`: {}", journal_path(), journal.error().text)};
  std::vector<std::string> locks;
  for (const std::string& lock : journal->locks) locks.push_back(git_directory() + lock);
  remove_stale_locks(journal_path(), locks);
  const Result<Head> head = read_head(repository_.get());
  if (!head) return head.error();
  const bool published = head->branch == journal->branch && head->tip.has_value() &&
                         to_hex(*head->tip) == journal->after;
  if (published && has_work_tree()) {
    const Result<GitLocks> lock =
        GitLocks::take(journal_path(), {git_directory() + "index.lock"}, git_wait_seconds_);
    if (!lock) return lock.error();
    git_oid before;
    const bool had_parent = git_oid_fromstr(&before, journal->before.c_str()) == 0;
    Result<void> done =
        advance_work_tree(repository_.get(), had_parent ? &before : nullptr, *head->tip);
    if (!done) return done;
  }
  ::unlink(journal_path().c_str());
  return {};
}

Result<std::vector<std::string>> GitReleaseRepository::tags(const std::string& line) {
  git_strarray found{};
  if (git_tag_list_match(&found, (line + "-v*").c_str(), repository_.get()) != 0) {
    return git_failure("the tags cannot be read");
  }
  std::vector<std::string> names(found.strings, found.strings + found.count);
  git_strarray_dispose(&found);
  std::ranges::sort(names);
  return names;
}

Result<GitTree> GitReleaseRepository::tree_of_tag(const std::string& tag) const {
  GitReference reference;
  GitObject tree;
  if (git_reference_lookup(out(reference), repository_.get(), ("refs/tags/" + tag).c_str()) != 0 ||
      git_reference_peel(out(tree), reference.get(), GIT_OBJECT_TREE) != 0) {
    return git_failure(fmt::format("release `{}` cannot be read", tag));
  }
  return GitTree(reinterpret_cast<git_tree*>(tree.release()));
}

Result<std::optional<std::string>> GitReleaseRepository::read(const std::string& tag,
                                                              const std::string& path) {
  const Result<GitTree> tree = tree_of_tag(tag);
  if (!tree) return tree.error();
  GitTreeEntry entry;
  const int code = git_tree_entry_bypath(out(entry), tree->get(), path.c_str());
  if (code == GIT_ENOTFOUND) return std::optional<std::string>();
  GitBlob blob;
  if (code != 0 ||
      git_blob_lookup(out(blob), repository_.get(), git_tree_entry_id(entry.get())) != 0) {
    return git_failure(fmt::format("`{}` of release `{}` cannot be read", path, tag));
  }
  return std::optional<std::string>(std::in_place,
                                    static_cast<const char*>(git_blob_rawcontent(blob.get())),
                                    static_cast<std::size_t>(git_blob_rawsize(blob.get())));
}

Result<std::vector<std::string>> GitReleaseRepository::list(const std::string& tag,
                                                            const std::string& directory) {
  const Result<GitTree> root = tree_of_tag(tag);
  if (!root) return root.error();
  GitTreeEntry entry;
  const int code = git_tree_entry_bypath(out(entry), root->get(), directory.c_str());
  if (code == GIT_ENOTFOUND) return std::vector<std::string>();
  GitTree tree;
  GitIndex files;
  if (code != 0 ||
      git_tree_lookup(out(tree), repository_.get(), git_tree_entry_id(entry.get())) != 0 ||
      git_index_new(out(files)) != 0 || git_index_read_tree(files.get(), tree.get()) != 0) {
    return git_failure(fmt::format("`{}` of release `{}` cannot be listed", directory, tag));
  }
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < git_index_entrycount(files.get()); ++i) {
    paths.emplace_back(git_index_get_byindex(files.get(), i)->path);
  }
  std::ranges::sort(paths);
  return paths;
}

Result<void> GitReleaseRepository::expect_ready(const std::vector<LineRelease>& releases) const {
  if (git_repository_state(repository_.get()) != GIT_REPOSITORY_STATE_NONE) {
    return Error{"a merge, rebase or the like is in progress in the repository; finish it first"};
  }
  std::vector<std::string> directories;
  std::vector<std::string> paths;
  for (const LineRelease& release : releases) {
    const std::string name = "refs/tags/" + release.tag;
    int valid = 0;
    if (git_reference_name_is_valid(&valid, name.c_str()) != 0 || valid == 0) {
      return Error{fmt::format("`{}` is no name that git allows for a tag", release.tag)};
    }
    GitReference tag;
    const int code = git_reference_lookup(out(tag), repository_.get(), name.c_str());
    if (code == 0)
      return Error{fmt::format("release `{}` exists and is never overwritten", release.tag)};
    if (code != GIT_ENOTFOUND) return git_failure(fmt::format("`{}` cannot be read", name));
    directories.push_back(release.line);
    for (const ReleaseFile& file : release.files) paths.push_back(release.line + "/" + file.path);
  }
  std::ranges::sort(directories);
  const auto twice = std::ranges::adjacent_find(directories);
  if (twice != directories.end()) {
    return Error{fmt::format("two releases of `{}` in one run", *twice)};
  }
  if (!has_work_tree()) return {};
  return expect_clean(repository_.get(), directories, paths);
}

/// The line that git would add, where git keeps such a log. A convenience for `git reflog`, so
/// failure does not matter.
void GitReleaseRepository::append_reflog(const std::string& name, const Journal& change,
                                         const std::vector<LineRelease>& releases) const {
  const std::string path = git_directory() + "logs/" + name;
  std::FILE* const log = std::fopen(path.c_str(), "r+e");
  if (log == nullptr) return;
  GitCommit commit;
  git_oid id;
  if (std::fseek(log, 0, SEEK_END) == 0 && git_oid_fromstr(&id, change.after.c_str()) == 0 &&
      git_commit_lookup(out(commit), repository_.get(), &id) == 0) {
    const git_signature* const who = git_commit_committer(commit.get());
    const std::string zero(GIT_OID_HEXSZ, '0');
    const std::string line = fmt::format(
        "{} {} {} <{}> {} +0000\trelease: {}\n", change.before.empty() ? zero : change.before,
        change.after, who->name, who->email, who->when.time, releases.back().tag);
    std::fwrite(line.data(), 1, line.size(), log);
  }
  std::fclose(log);
}

Result<void> GitReleaseRepository::make_visible(const Head& head, const ReleaseObjects& objects,
                                                const std::vector<LineRelease>& releases,
                                                Receipt& receipt) {
  const RefSwitch change{.branch = head.branch,
                         .before = head.tip ? to_hex(*head.tip) : std::string(),
                         .after = objects.commits.back(),
                         .tags = objects.tags};
  Journal journal{.branch = change.branch, .before = change.before, .after = change.after};
  if (has_work_tree()) journal.locks.push_back("index.lock");
  std::ranges::copy(locks_for(change), std::back_inserter(journal.locks));
  Result<void> done = source::write_file_through(git_directory() + "stackc-release.tmp",
                                                 journal_path(), print_journal(journal));
  if (!done) return done;
  std::vector<std::string> lock_paths;
  for (const std::string& lock : journal.locks) lock_paths.push_back(git_directory() + lock);
  Result<GitLocks> locks = GitLocks::take(journal_path(), lock_paths, git_wait_seconds_);
  done = locks ? switch_refs(git_directory(), change) : Result<void>(locks.error());
  if (!done) {
    if (locks) locks->release();
    static_cast<void>(recover());  // what it cannot clear, the next run reports
    return done;
  }
  append_reflog(head.branch, journal, releases);
  append_reflog("HEAD", journal, releases);
  if (has_work_tree()) {
    git_oid after;
    git_oid_fromstr(&after, change.after.c_str());
    Result<void> followed =
        advance_work_tree(repository_.get(), head.tip ? &*head.tip : nullptr, after);
    if (!followed) receipt.work_tree_left_behind = followed.error();
  }
  locks->release();
  if (!receipt.work_tree_left_behind) ::unlink(journal_path().c_str());
  return {};
}

Result<Receipt> GitReleaseRepository::publish(const std::vector<LineRelease>& releases,
                                              const Authorship& authorship) {
  if (releases.empty()) return Receipt{};
  const Result<Head> head = read_head(repository_.get());
  if (!head) return head.error();
  if (Result<void> ready = expect_ready(releases); !ready) return ready.error();
  const Result<ReleaseObjects> objects = write_release_objects(
      repository_.get(), head->tip ? &*head->tip : nullptr, releases, authorship);
  if (!objects) return objects.error();
  Receipt receipt{.branch = head->branch.substr(branch_prefix.size())};
  for (std::size_t i = 0; i < releases.size(); ++i) {
    receipt.releases.push_back({.tag = releases[i].tag, .commit = objects->commits[i]});
  }
  Result<void> done = make_visible(*head, *objects, releases, receipt);
  if (done && created_) done = move_into_place();
  if (!done) return done.error();
  return receipt;
}

/// Whether there is what looks like a repository of another user.
bool is_somebody_elses(const std::string& directory) {
  struct stat status {};
  const bool found = ::stat((directory + "/.git").c_str(), &status) == 0 ||
                     ::stat((directory + "/HEAD").c_str(), &status) == 0;
  return found && status.st_uid != ::geteuid();
}

Result<GitRepository> open_git(const std::string& directory) {
  GitRepository repository;
  const int code = git_repository_open_ext(out(repository), directory.c_str(),
                                           GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
  // libgit2 1.5 calls a repository of somebody else "not found" where `safe.directory` is not set
  // at all.
  if (code == GIT_EOWNER || (code == GIT_ENOTFOUND && is_somebody_elses(directory))) {
    return Error{
        fmt::format("`{}` belongs to another user; git's setting `safe.directory` allows "
                    "to use it nevertheless",
                    directory)};
  }
  if (code == GIT_ENOTFOUND) {
    return Error{
        fmt::format("`{}` is no git repository and not empty; name an empty or missing "
                    "directory, or run `git init` there",
                    directory)};
  }
  if (code != 0) return git_failure(fmt::format("repository `{}` cannot be opened", directory));
  if (git_repository_is_worktree(repository.get()) != 0) {
    return Error{
        fmt::format("`{}` is a linked work tree; release into the main one, or into a "
                    "bare repository",
                    directory)};
  }
  if (git_repository_is_shallow(repository.get()) != 0) {
    return Error{
        fmt::format("`{}` is a shallow clone, in which releases may be missing; run `git "
                    "fetch --unshallow --tags` first",
                    directory)};
  }
  return repository;
}

Result<void> GitReleaseRepository::move_into_place() {
  const std::string directory = created_->wanted();
  repository_.reset();  // it knows the old path
  if (Result<void> done = created_->move_into_place(); !done) return done;
  created_.reset();
  Result<GitRepository> reopened = open_git(directory);
  if (!reopened) return reopened.error();
  repository_ = std::move(*reopened);
  return {};
}

/// Once per process; libgit2 counts, and is never shut down because the module is never unloaded.
void start_libgit2() {
  static const int started = [] {
    const int code = git_libgit2_init();
    git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
    return code;
  }();
  static_cast<void>(started);
}

}  // namespace

Result<std::unique_ptr<ReleaseRepository>> open_repository(const std::string& directory,
                                                           const OpenOptions& options) {
  start_libgit2();
  std::optional<NewRepository> created;
  if (NewRepository::is_wanted_at(directory)) {
    Result<NewRepository> made = NewRepository::make(directory, options);
    if (!made) return made.error();
    if (!made->path().empty()) created.emplace(std::move(*made));
  }
  Result<GitRepository> repository = open_git(created ? created->path() : directory);
  if (!repository) return repository.error();
  const std::string lock_path =
      std::string(git_repository_path(repository->get())) + "stackc-release.lock";
  Result<RunLock> lock = RunLock::take(lock_path, options.wait_seconds);
  if (!lock) return lock.error();
  auto result = std::make_unique<GitReleaseRepository>(std::move(*repository), std::move(*lock),
                                                       std::move(created), options.wait_seconds);
  if (Result<void> done = result->recover(); !done) return done.error();
  return std::unique_ptr<ReleaseRepository>(std::move(result));
}
}  // namespace stackc::publish
