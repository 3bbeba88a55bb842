#include "compiler/testing/golden.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace stackc::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A source directory with goldens, on the real disk.
class GoldenRunner : public ::testing::Test {
 protected:
  GoldenRunner() {
    std::string name = (fs::temp_directory_path() / "golden-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
  }
  ~GoldenRunner() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& text) const {
    const fs::path file = fs::path(root_) / "golden-tests" / path;
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  std::string read(const std::string& path) const {
    std::ifstream file(fs::path(root_) / "golden-tests" / path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool exists(const std::string& path) const {
    return fs::exists(fs::path(root_) / "golden-tests" / path);
  }
  Verdict run(const std::string& name, Mode mode) const { return run_golden({name}, root_, mode); }

  std::string root_;
};

const std::string broken = "It fails.\n#run: check a.stack\n\n-- a.stack --\nimport nothing\n";
const std::string fine = "It is fine.\n#run: check a.stack\n\n-- a.stack --\nlet a = 1\n";

TEST_F(GoldenRunner, FindsFilesAndFolders) {
  write("b/one.golden", fine);
  write("a/two/case.txt", fine);
  const auto goldens = find_goldens(root_);
  ASSERT_EQ(goldens.size(), 2U);
  EXPECT_EQ(goldens[0].name, "a/two");
  EXPECT_TRUE(goldens[0].is_folder);
  EXPECT_EQ(goldens[1].name, "b/one");
}

TEST_F(GoldenRunner, AcceptsWhatItHasWritten) {
  write("fail_a.golden", broken);
  EXPECT_FALSE(run("fail_a", Mode::Check).passed);
  const Verdict updated = run("fail_a", Mode::Update);
  EXPECT_TRUE(updated.passed);
  EXPECT_TRUE(updated.is_new);
  EXPECT_THAT(updated.changed, ElementsAre("fail_a.golden"));
  EXPECT_THAT(read("fail_a.golden"),
              HasSubstr(broken + "-- out/diagnostics --\nerror[resolve/no-such-module]"));
  EXPECT_TRUE(run("fail_a", Mode::Check).passed);
  EXPECT_THAT(run("fail_a", Mode::Update).changed, IsEmpty());
}

TEST_F(GoldenRunner, ShowsWhatDiffers) {
  write("fail_a.golden", broken + "-- out/diagnostics --\n1 error\n");
  EXPECT_THAT(run("fail_a", Mode::Check).message, HasSubstr("+error[resolve/no-such-module]"));
}

TEST_F(GoldenRunner, WantsTheNameToTellWhetherACaseFails) {
  write("a.golden", broken);
  write("fail_b.golden", fine);
  EXPECT_THAT(run("a", Mode::Update).message,
              HasSubstr("`a` fails, so its name must begin with `fail_`"));
  EXPECT_THAT(run("fail_b", Mode::Update).message,
              HasSubstr("`fail_b` is called `fail_…`, but no command fails"));
  EXPECT_EQ(read("a.golden"), broken);
}

TEST_F(GoldenRunner, WantsWorkToBeDoneToFail) {
  write("todo_a.golden", fine);
  write("todo_b.golden", fine + "-- out/stdout --\nsomething\n");
  EXPECT_THAT(run("todo_a", Mode::Check).message, HasSubstr("loses its `todo_`"));
  EXPECT_TRUE(run("todo_b", Mode::Update).passed);
  EXPECT_THAT(read("todo_b.golden"), HasSubstr("something"));
}

TEST_F(GoldenRunner, DropsSectionsThatNobodyWrites) {
  write("a.golden", fine + "-- out/files/x --\nold\n");
  EXPECT_THAT(run("a", Mode::Check).message, HasSubstr("-old"));
  EXPECT_TRUE(run("a", Mode::Update).passed);
  EXPECT_EQ(read("a.golden"), fine);
}

TEST_F(GoldenRunner, SaysHowACommandEndedIfNotAsUsual) {
  write("fail_a.golden", "Nothing there.\n#run: check b.stack\n#run: check\n");
  ASSERT_TRUE(run("fail_a", Mode::Update).passed);
  EXPECT_EQ(read("fail_a.golden"),
            "Nothing there.\n#run: check b.stack\n#run: check\n"
            "-- out/diagnostics --\n"
            "$ stackc check b.stack\nerror: no file or directory `b.stack`\nexit 3\n"
            "$ stackc check\nerror: PATH is required\nTry `stackc check --help`.\nexit 2\n");
}

TEST_F(GoldenRunner, DeletesExpectedFilesThatNobodyWrites) {
  write("one/case.txt", fine);
  write("one/expected/old.yaml", "a: 1\n");
  const Golden folder{.name = "one", .is_folder = true};
  EXPECT_THAT(run_golden(folder, root_, Mode::Check).message, HasSubstr("-a: 1"));
  EXPECT_THAT(run_golden(folder, root_, Mode::Update).orphaned,
              ElementsAre("one/expected/old.yaml"));
  EXPECT_FALSE(exists("one/expected/old.yaml"));
  EXPECT_TRUE(run_golden(folder, root_, Mode::Check).passed);
}

TEST_F(GoldenRunner, RefusesACaseWithoutASentence) {
  write("a.golden", "#run: check a.stack\n");
  EXPECT_THAT(run("a", Mode::Update).message, HasSubstr("does not begin with a sentence"));
}

}  // namespace
}  // namespace stackc::testing
