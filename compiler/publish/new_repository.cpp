#include "compiler/publish/new_repository.h"

#include <fmt/core.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "compiler/publish/git_handle.h"
#include "compiler/source/atomic_write.h"

namespace stackc::publish {
namespace {

namespace fs = std::filesystem;

Result<void> initialise(const std::string& path, RepositoryKind kind) {
  git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;
  options.flags = GIT_REPOSITORY_INIT_MKDIR | GIT_REPOSITORY_INIT_NO_REINIT;
  if (kind == RepositoryKind::Bare) options.flags |= GIT_REPOSITORY_INIT_BARE;
  options.initial_head = "main";
  GitRepository repository;
  if (git_repository_init_ext(out(repository), path.c_str(), &options) != 0) {
    return git_failure(fmt::format("no repository can be made at `{}`", path));
  }
  return {};
}

}  // namespace

bool NewRepository::is_wanted_at(const std::string& directory) {
  std::error_code error;
  const fs::file_status status = fs::status(directory, error);
  if (status.type() == fs::file_type::not_found) return true;
  return fs::is_directory(status) && fs::is_empty(directory, error) && !error;
}

Result<NewRepository> NewRepository::make(const std::string& directory,
                                          const OpenOptions& options) {
  std::error_code error;
  fs::path wanted = fs::absolute(directory, error).lexically_normal();
  if (!wanted.has_filename()) wanted = wanted.parent_path();  // a slash at the end
  if (!error) fs::create_directories(wanted.parent_path(), error);
  if (error) return Error{fmt::format("`{}` cannot be made: {}", directory, error.message())};
  Result<RunLock> lock = RunLock::take(wanted.parent_path(), options.wait_seconds);
  if (!lock) return lock.error();
  const std::string path =
      wanted.parent_path() / fmt::format(".{}.stackc-new", wanted.filename().string());
  if (!is_wanted_at(wanted)) return NewRepository("", wanted, std::move(*lock));
  fs::remove_all(path, error);  // of a killed run
  NewRepository made(path, wanted, std::move(*lock));
  if (Result<void> done = initialise(path, options.create_as); !done) return done.error();
  return made;
}

NewRepository::NewRepository(NewRepository&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      wanted_(std::move(other.wanted_)),
      lock_(std::move(other.lock_)) {}

NewRepository::~NewRepository() {
  std::error_code ignored;  // the next run removes it as well
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<void> NewRepository::move_into_place() {
  if (std::rename(path_.c_str(), wanted_.c_str()) != 0) {
    return Error{fmt::format("`{}` cannot be made: {}", wanted_, std::strerror(errno))};
  }
  path_.clear();
  return source::sync_directory(fs::path(wanted_).parent_path());
}

}  // namespace stackc::publish
