#include "compiler/source/atomic_write.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace stackc::source {
namespace {

namespace fs = std::filesystem;

class AtomicWrite : public testing::Test {
 protected:
  AtomicWrite()
      : directory_(fs::path(testing::TempDir()) /
                   ("stackc-atomic-write-" + std::to_string(::getpid()))) {
    fs::remove_all(directory_);
    fs::create_directories(directory_);
  }
  ~AtomicWrite() override { fs::remove_all(directory_); }

  std::string path(const char* name) const { return directory_ / name; }
  static std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(directory_), fs::directory_iterator()));
  }

  fs::path directory_;
};

TEST_F(AtomicWrite, ReplacesTheContentAndKeepsTheMode) {
  ASSERT_TRUE(write_file_atomically(path("a"), "old and longer"));
  ::chmod(path("a").c_str(), 0640);
  ASSERT_TRUE(write_file_atomically(path("a"), std::string_view("n\0w", 3)));
  EXPECT_EQ(content(path("a")), std::string("n\0w", 3));
  EXPECT_EQ(fs::status(path("a")).permissions(), fs::perms(0640));
  EXPECT_EQ(files(), 1u) << "no temporary file stays";
}

TEST_F(AtomicWrite, ReplacesTheFileThatALinkLeadsTo) {
  fs::create_directory(directory_ / "elsewhere");
  ASSERT_TRUE(write_file_atomically(path("elsewhere/a"), "old"));
  fs::create_symlink("elsewhere/a", path("link"));
  ASSERT_TRUE(write_file_atomically(path("link"), "new"));
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(content(path("elsewhere/a")), "new");
}

TEST_F(AtomicWrite, MakesNewFilesReadableAsTheUmaskAllows) {
  const mode_t mask = ::umask(022);
  ASSERT_TRUE(write_file_atomically(path("a"), ""));
  ::umask(mask);
  EXPECT_EQ(fs::status(path("a")).permissions(), fs::perms(0644));
}

TEST_F(AtomicWrite, LeavesNothingWhenTheTargetCannotBeReplaced) {
  fs::create_directories(path("a") + "/child");
  const Result<void> done = write_file_atomically(path("a"), "x");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().text, "`" + path("a") + "` cannot be written: Is a directory");
  EXPECT_EQ(files(), 1u);
}

TEST_F(AtomicWrite, ReplacesWhatAKilledWriterLeftAtTheTemporaryName) {
  ASSERT_TRUE(write_file_atomically(path("t"), "half of a fi"));
  ASSERT_TRUE(write_file_through(path("t"), path("a"), "whole"));
  EXPECT_EQ(content(path("a")), "whole");
  EXPECT_EQ(files(), 1u);
}

}  // namespace
}  // namespace stackc::source
