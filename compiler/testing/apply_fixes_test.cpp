#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/driver/commands.h"
#include "compiler/testing/memory_world.h"

namespace stackc::testing {
namespace {

/// A disk where one file cannot be written.
class StubbornWorld : public MemoryWorld {
 public:
  StubbornWorld(FileTree files, std::string stubborn)
      : MemoryWorld(std::move(files)), stubborn_(std::move(stubborn)) {}

  Result<void> write_file(const std::string& path, const std::string& bytes) override {
    if (path == stubborn_) return Error{"`" + path + "` cannot be written: Permission denied"};
    return MemoryWorld::write_file(path, bytes);
  }

 private:
  std::string stubborn_;
};

TEST(ApplyFixes, SaysWhichFileItCouldNotWriteAndWhatItChangedAllTheSame) {
  StubbornWorld world(
      {{"main.stack", "import \"lib.stack\"\nlet a = [1 2]\n"}, {"lib.stack", "let b = [3 4]\n"}},
      "main.stack");
  std::string out, err;
  driver::Environment environment{
      .files = world, .output = world, .out = out, .err = err, .binary_directory = {}};
  const auto exit = driver::check({.paths = {"main.stack"}, .fix = true}, environment);
  EXPECT_EQ(exit, driver::Exit::World);
  EXPECT_EQ(err,
            "fixed[parse/missing-comma]: lib.stack:1:12: Insert a comma\n"
            "error: `main.stack` cannot be written: Permission denied\n"
            "error[parse/missing-comma]: found `2`, expected `,` before the next item\n"
            "  --> main.stack:2:12\n"
            "  |\n"
            "2 | let a = [1 2]\n"
            "  |            ^\n"
            "\n"
            "1 error\n");
  EXPECT_THAT(world.written(),
              ::testing::ElementsAre(::testing::Pair("lib.stack", "let b = [3, 4]\n")));
}

}  // namespace
}  // namespace stackc::testing
