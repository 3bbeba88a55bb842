#include "compiler/driver/real_output.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <string_view>

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

/// All folders in which some file lies, outer ones before those in them.
std::set<std::string_view> folders_of(const FileTree& files) {
  std::set<std::string_view> folders;
  for (const auto& [name, bytes] : files) {
    for (std::size_t slash = name.find('/'); slash != name.npos; slash = name.find('/', slash + 1))
      folders.insert(std::string_view(name).substr(0, slash));
  }
  return folders;
}

Result<void> write_all(const std::string& directory, const FileTree& files) {
  for (const std::string_view folder : folders_of(files)) {
    const std::string path = fmt::format("{}/{}", directory, folder);
    if (::mkdir(path.c_str(), 0777) != 0) return failure(path, errno);
  }
  for (const auto& [name, bytes] : files) {
    if (auto written = write_new_file(fmt::format("{}/{}", directory, name), bytes); !written)
      return written;
  }
  return {};
}

/// Whether the file is a regular one of mode 0644 with these bytes.
bool file_holds(const std::string& path, const std::string& bytes) {
  const int file = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return false;
  struct stat status;
  bool same = ::fstat(file, &status) == 0 && status.st_mode == (S_IFREG | 0644) &&
              static_cast<std::uint64_t>(status.st_size) == bytes.size();
  std::string found(same ? bytes.size() : 0, '\0');
  same = same && ::read(file, found.data(), found.size()) == status.st_size && found == bytes;
  ::close(file);
  return same;
}

/// Whether the directory holds exactly these files. Whatever cannot be read is not as it should be.
bool directory_holds(const std::string& directory, const FileTree& files) {
  std::error_code error;
  std::size_t entries = 0;  // that belong here
  for (auto entry = fs::recursive_directory_iterator(directory, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    ++entries;
    if (entry->is_directory(error) && !entry->is_symlink(error)) continue;
    const std::string& path = entry->path().native();
    const auto file = files.find(std::string_view(path).substr(directory.size() + 1));
    if (file == files.end() || !file_holds(path, file->second)) return false;
  }
  // A folder too many, or a file too few, shows in the number.
  return !error && entries == files.size() + folders_of(files).size();
}

}  // namespace

Result<void> RealOutput::replace_directory(const std::string& directory, const FileTree& files) {
  std::error_code error;
  const fs::path target = fs::path(directory).lexically_normal();
  if (directory_holds(target.string(), files)) return {};
  const fs::path parent = target.has_parent_path() ? target.parent_path() : fs::path(".");
  fs::create_directories(parent, error);
  if (error) return failure(parent.string(), error.value());
  std::string fresh = (parent / ".stackc-XXXXXX").string();
  if (::mkdtemp(fresh.data()) == nullptr) return failure(parent.string(), errno);
  Result<void> outcome = write_all(fresh, files);
  if (outcome) {
    fs::permissions(fresh, fs::perms(0755), error);
    if (::rename(fresh.c_str(), target.c_str()) == 0) return {};
    // Something is there already: the old directory leaves in the same instant.
    if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) != 0)
      outcome = failure(target.string(), errno);
  }
  fs::remove_all(fresh, error);  // the old directory, or the unfinished new one
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
