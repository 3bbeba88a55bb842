#pragma once

#include <string>

#include "compiler/publish/publisher.h"
#include "compiler/publish/repository_lock.h"

namespace stackc::publish {

/// A repository that is made beside the place where it shall be, and moved there once it holds its
/// first release: whoever looks sees no repository or a complete one. Gone again if it is never
/// moved.
class NewRepository {
 public:
  /// True if `directory` is missing or empty.
  static bool is_wanted_at(const std::string& directory);

  /// Makes it, with missing parent directories. Holds a lock on the parent directory from here on,
  /// so that no other run makes the same one.
  static Result<NewRepository> make(const std::string& directory, const OpenOptions& options);

  NewRepository(NewRepository&& other) noexcept;
  NewRepository& operator=(NewRepository&&) = delete;
  ~NewRepository();

  /// Where it is for now; empty if another run was faster and there is one in the wanted place.
  const std::string& path() const { return path_; }

  const std::string& wanted() const { return wanted_; }

  Result<void> move_into_place();

 private:
  NewRepository(std::string path, std::string wanted, RunLock lock)
      : path_(std::move(path)), wanted_(std::move(wanted)), lock_(std::move(lock)) {}
  std::string path_;
  std::string wanted_;
  RunLock lock_;
};

}  // namespace stackc::publish
