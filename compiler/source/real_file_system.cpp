#include "compiler/source/real_file_system.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace stackc::source {
namespace {

Error failure(const std::string& path, int code) {
  if (code == ENOENT) return {fmt::format("no file `{}`", path)};
  return {fmt::format("`{}` cannot be read: {}", path, std::strerror(code))};
}

/// Closes on every way out.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

Result<std::string> RealFileSystem::read(const std::string& path, std::size_t limit) {
  // Non-blocking: opening a named pipe that nobody writes to must not hang.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return failure(path, errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return failure(path, errno);
  if (S_ISDIR(status.st_mode)) return Error{fmt::format("`{}` is a directory, not a file", path)};
  if (!S_ISREG(status.st_mode)) return Error{fmt::format("`{}` is not a regular file", path)};
  const auto too_large = [&] {
    return Error{
        fmt::format("`{}` is larger than {} MiB, the most that is read", path, limit >> 20)};
  };
  if (static_cast<std::size_t>(status.st_size) > limit) return too_large();
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t done = 0;
  while (true) {
    if (done == text.size())
      text.resize(done + 4096);  // it may have grown, or lie about its size as /proc does
    const ssize_t count = ::read(file.get(), text.data() + done, text.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failure(path, errno);
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
    if (done > limit) return too_large();
  }
  text.resize(done);
  return text;
}

bool RealFileSystem::is_directory(const std::string& path) {
  std::error_code ignored;  // unreadable counts as no directory; reading it will say why
  return std::filesystem::is_directory(path, ignored);
}

bool RealFileSystem::exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

bool RealFileSystem::is_root(const std::string& directory) {
  std::error_code ignored;
  return std::filesystem::equivalent(directory, directory + "/..", ignored);
}

Result<std::vector<std::string>> RealFileSystem::list(const std::string& directory) {
  std::error_code error;
  std::vector<std::string> names;
  std::filesystem::directory_iterator entry(directory, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) return Error{fmt::format("`{}` cannot be listed: {}", directory, error.message())};
  std::ranges::sort(names);
  return names;
}

}  // namespace stackc::source
