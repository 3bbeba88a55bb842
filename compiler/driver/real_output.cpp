#include "compiler/driver/real_output.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "compiler/source/atomic_write.h"

namespace stackc::driver {
namespace {

namespace fs = std::filesystem;

Error failure(const std::string& path, int code) {
  return {fmt::format("`{}` cannot be written: {}", path, std::strerror(code))};
}

Result<void> write_new_file(const std::string& path, const std::string& bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) return failure(path, errno);
  std::size_t done = 0;
  int code = 0;
  while (done < bytes.size() && code == 0) {
    const ssize_t count = ::write(file, bytes.data() + done, bytes.size() - done);
    if (count >= 0)
      done += static_cast<std::size_t>(count);
    else if (errno != EINTR)
      code = errno;
  }
  // A full disk may show only here.
  if (::close(file) != 0 && code == 0) code = errno;
  return code == 0 ? Result<void>() : failure(path, code);
}

Result<void> write_all(const std::string& directory, const FileTree& files) {
  std::string made;  // the folder of the file before: files come sorted
  for (const auto& [name, bytes] : files) {
    const std::size_t slash = name.rfind('/');
    if (slash != std::string::npos && name.compare(0, slash, made) != 0) {
      made = name.substr(0, slash);
      std::error_code error;
      fs::create_directories(fs::path(directory) / made, error);
      if (error) return failure(fmt::format("{}/{}", directory, made), error.value());
    }
    if (auto written = write_new_file(fmt::format("{}/{}", directory, name), bytes); !written)
      return written;
  }
  return {};
}

}  // namespace

Result<void> RealOutput::replace_directory(const std::string& directory, const FileTree& files) {
  std::error_code error;
  const fs::path target = fs::path(directory).lexically_normal();
  const fs::path parent = target.has_parent_path() ? target.parent_path() : fs::path(".");
  fs::create_directories(parent, error);
  if (error) return failure(parent.string(), error.value());
  std::string fresh = (parent / ".stackc-XXXXXX").string();
  if (::mkdtemp(fresh.data()) == nullptr) return failure(parent.string(), errno);
  Result<void> outcome = write_all(fresh, files);
  if (outcome) {
    fs::permissions(fresh, fs::perms(0755), error);
    // Exchange when something is there already: the old directory leaves in the same instant.
    const bool replaced =
        ::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0 ||
        ::rename(fresh.c_str(), target.c_str()) == 0;
    if (!replaced) outcome = failure(target.string(), errno);
  }
  fs::remove_all(
      fresh, error);  // the old directory, or the unfinished new one; nothing when it was renamed
  return outcome;
}

Result<void> RealOutput::write_file(const std::string& path, const std::string& bytes) {
  const fs::path target = fs::path(path).lexically_normal();
  std::error_code error;
  if (target.has_parent_path()) fs::create_directories(target.parent_path(), error);
  if (error) return failure(target.parent_path().string(), error.value());
  return source::write_file_atomically(target.string(), bytes);
}

}  // namespace stackc::driver
