#include "compiler/source/atomic_write.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace stackc::source {
namespace {

Error failure(const std::string& path, int code) {
  return {fmt::format("`{}` cannot be written: {}", path, std::strerror(code))};
}

/// Writes and syncs; 0 or the error number.
int write_and_sync(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return ::fsync(file) == 0 ? 0 : errno;
}

/// mkstemp makes files private; what is published is as readable as anything else its owner makes.
void set_usual_mode(int file, const std::string& path) {
  struct stat status {};
  const mode_t mask = ::umask(0);
  ::umask(mask);
  const mode_t mode = ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0666 & ~mask;
  static_cast<void>(::fchmod(file, mode));  // a wrong mode does not make the content wrong
}

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// Takes over the open `file` at `temporary`; closes it and renames it to `path`, or removes it.
Result<void> fill_and_rename(int file, const std::string& temporary, const std::string& path,
                             std::string_view bytes) {
  int code = write_and_sync(file, bytes);
  if (code == 0) set_usual_mode(file, path);
  if (::close(file) != 0 && code == 0) code = errno;
  if (code == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) code = errno;
  if (code != 0) {
    ::unlink(temporary.c_str());
    return failure(path, code);
  }
  return sync_directory(directory_of(path));
}

}  // namespace

Result<void> write_file_atomically(const std::string& named, std::string_view bytes) {
  // What is not there yet is no link either.
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(named.c_str(), nullptr),
                                                         &std::free);
  const std::string path = real ? real.get() : named;
  std::string temporary = path + ".XXXXXX";
  const int file = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (file < 0) return failure(path, errno);
  return fill_and_rename(file, temporary, path, bytes);
}

Result<void> write_file_through(const std::string& temporary, const std::string& path,
                                std::string_view bytes) {
  ::unlink(temporary.c_str());
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return failure(path, errno);
  return fill_and_rename(file, temporary, path, bytes);
}

Result<void> sync_directory(const std::string& directory) {
  const int file = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return failure(directory, errno);
  const int code = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  // Some file systems cannot sync a directory and say so; they order renames by themselves.
  if (code != 0 && code != EINVAL) return failure(directory, code);
  return {};
}

}  // namespace stackc::source
