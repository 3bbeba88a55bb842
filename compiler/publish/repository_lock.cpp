#include "compiler/publish/repository_lock.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <thread>

namespace stackc::publish {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds pause_between_tries{20};

/// Opens what is to be locked; on failure the error number is in errno.
int open_lockable(const std::string& path) {
  if (std::error_code ignored; std::filesystem::is_directory(path, ignored)) {
    return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  }
  return ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
}

}  // namespace

Result<RunLock> RunLock::take(const std::string& path, int wait_seconds) {
  const auto failure = [&](const char* why) {
    return Error{fmt::format("`{}` cannot be locked: {}", path, why)};
  };
  const int file = open_lockable(path);
  if (file < 0) return failure(std::strerror(errno));
  RunLock lock(file);
  const Clock::time_point deadline = Clock::now() + std::chrono::seconds(wait_seconds);
  while (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return failure(std::strerror(errno));
    if (Clock::now() >= deadline) return failure("another run of stackc is still working there");
    std::this_thread::sleep_for(pause_between_tries);
  }
  return lock;
}

RunLock& RunLock::operator=(RunLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

RunLock::~RunLock() {
  if (file_ >= 0) ::close(file_);
}

Result<GitLocks> GitLocks::take(const std::string& journal, const std::vector<std::string>& paths,
                                int wait_seconds) {
  GitLocks locks;
  const Clock::time_point deadline = Clock::now() + std::chrono::seconds(wait_seconds);
  for (const std::string& path : paths) {
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
    if (error) return Error{fmt::format("`{}` cannot be made: {}", path, error.message())};
    while (::link(journal.c_str(), path.c_str()) != 0) {
      if (errno != EEXIST) {
        return Error{fmt::format("`{}` cannot be made: {}", path, std::strerror(errno))};
      }
      if (Clock::now() >= deadline) {
        return Error{
            fmt::format("`{}` exists: a git command is working in the repository, or was "
                        "killed there; if none runs, delete the file",
                        path)};
      }
      std::this_thread::sleep_for(pause_between_tries);
    }
    locks.held_.push_back(path);
  }
  return locks;
}

void GitLocks::release() {
  for (const std::string& path : held_) ::unlink(path.c_str());
  held_.clear();
}

void remove_stale_locks(const std::string& journal, const std::vector<std::string>& paths) {
  struct stat ours {};
  if (::lstat(journal.c_str(), &ours) != 0) return;
  for (const std::string& path : paths) {
    struct stat lock {};
    if (::lstat(path.c_str(), &lock) != 0) continue;
    if (lock.st_dev == ours.st_dev && lock.st_ino == ours.st_ino) ::unlink(path.c_str());
  }
}

}  // namespace stackc::publish
