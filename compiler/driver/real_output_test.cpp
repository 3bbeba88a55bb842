#include "compiler/driver/real_output.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <vector>

namespace stackc::driver {
namespace {

namespace fs = std::filesystem;

class RealOutputTest : public testing::Test {
 protected:
  RealOutputTest() {
    std::string name = (fs::temp_directory_path() / "stackc-output-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
  }
  ~RealOutputTest() override { fs::remove_all(root_); }

  std::string release() const { return (root_ / "out" / "release").string(); }
  void write() { ASSERT_TRUE(RealOutput().replace_directory(release(), files_)); }

  /// A number that no other directory has at the same time.
  ino_t identity() const {
    struct stat status {};
    EXPECT_EQ(stat(release().c_str(), &status), 0);
    return status.st_ino;
  }

  /// Everything below the directory of the releases: folders with a slash, files with their bytes.
  std::map<std::string, std::string> found() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(root_ / "out")) {
      const std::string path = fs::relative(entry.path(), root_ / "out").string();
      if (entry.is_directory()) {
        all[path + "/"] = "";
      } else {
        std::ifstream in(entry.path(), std::ios::binary);
        all[path] = {std::istreambuf_iterator<char>(in), {}};
      }
    }
    return all;
  }

  const FileTree files_{{"a-b/three", "3"}, {"a/b/one", "1"}, {"a/two", "2\n"}, {"empty", ""}};
  const std::map<std::string, std::string> expected_{
      {"release/", ""},         {"release/a-b/", ""}, {"release/a-b/three", "3"},
      {"release/a/", ""},       {"release/a/b/", ""}, {"release/a/b/one", "1"},
      {"release/a/two", "2\n"}, {"release/empty", ""}};
  fs::path root_;
};

TEST_F(RealOutputTest, WritesAllFilesIntoANewDirectory) {
  write();
  EXPECT_EQ(found(), expected_);
  EXPECT_EQ(fs::status(release()).permissions(), fs::perms(0755));
}

TEST_F(RealOutputTest, LeavesADirectoryAloneThatHoldsTheFilesAlready) {
  write();
  const ino_t before = identity();
  write();
  EXPECT_EQ(found(), expected_);
  EXPECT_EQ(identity(), before);
}

TEST_F(RealOutputTest, ReplacesADirectoryThatDiffersInAnyWay) {
  const fs::path made = release();
  const std::vector<std::function<void()>> changes{
      [&] { std::ofstream(made / "a/two") << "3\n"; },
      [&] { std::ofstream(made / "a/two") << "2\n\n"; },
      [&] { std::ofstream(made / "more"); },
      [&] { fs::create_directory(made / "a/more"); },
      [&] { fs::remove(made / "empty"); },
      [&] { fs::remove_all(made / "a-b"); },
      [&] { fs::permissions(made / "a/two", fs::perms(0755)); },
      [&] {
        fs::rename(made / "a/two", root_ / "two");
        fs::create_symlink(root_ / "two", made / "a/two");
      },
      [&] {
        fs::rename(made / "a", root_ / "a");
        fs::create_directory_symlink(root_ / "a", made / "a");
      }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    write();
    const ino_t before = identity();
    changes[i]();
    write();
    EXPECT_EQ(found(), expected_) << i;
    EXPECT_NE(identity(), before) << i;
    EXPECT_FALSE(fs::is_symlink(made / "a/two") || fs::is_symlink(made / "a")) << i;
  }
}

TEST_F(RealOutputTest, TellsWhatIsInTheWay) {
  std::ofstream(root_ / "out") << "a file";
  const auto written = RealOutput().replace_directory(release(), files_);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().text,
            "`" + (root_ / "out").string() + "` cannot be written: Not a directory");
}

}  // namespace
}  // namespace stackc::driver
