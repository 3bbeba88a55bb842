#pragma once

#include <string>
#include <vector>

#include "compiler/base/result.h"

namespace stackc::publish {

/// Keeps other runs of stackc out while the object lives. The kernel ends it with the process,
/// however that dies.
class RunLock {
 public:
  /// Locks a file (made if missing, and left there: removing it would let two runs lock two files
  /// of one name) or an existing directory. Waits for another holder for at most `wait_seconds`.
  static Result<RunLock> take(const std::string& path, int wait_seconds);

  RunLock(RunLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
  RunLock& operator=(RunLock&& other) noexcept;
  ~RunLock();

 private:
  explicit RunLock(int file) : file_(file) {}
  int file_;
};

/// Git's own lock files, which keep git itself out: `refs/heads/main.lock` and the like exist while
/// we hold them. Each is a hard link to our journal, so it appears in one step, and a later run
/// knows by the link what a killed one left.
class GitLocks {
 public:
  /// Takes all or none. Waits for a git command that holds one, for at most `wait_seconds`.
  static Result<GitLocks> take(const std::string& journal, const std::vector<std::string>& paths,
                               int wait_seconds);

  GitLocks(GitLocks&& other) noexcept : held_(std::move(other.held_)) { other.held_.clear(); }
  GitLocks& operator=(GitLocks&&) = delete;
  ~GitLocks() { release(); }

  void release();

 private:
  GitLocks() = default;
  std::vector<std::string> held_;
};

/// Removes those of `paths` that are links to `journal`: what a killed run held.
void remove_stale_locks(const std::string& journal, const std::vector<std::string>& paths);

}  // namespace stackc::publish
