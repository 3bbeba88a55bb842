#include "compiler/testing/memory_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackc::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

constexpr std::size_t plenty = 1 << 20;

TEST(MemoryWorld, ListsFilesAndDirectoriesOnce) {
  MemoryWorld world({{"a/b/c", ""}, {"a/b/d", ""}, {"a/e", ""}, {"f", ""}});
  EXPECT_THAT(*world.list("a"), ElementsAre("b", "e"));
  EXPECT_THAT(*world.list("."), ElementsAre("a", "f"));
  EXPECT_TRUE(world.is_directory("a/b"));
  EXPECT_FALSE(world.is_directory("a/e"));
  EXPECT_FALSE(world.exists("a/bb"));
}

TEST(MemoryWorld, FailsInTheWordsOfTheRealDisk) {
  MemoryWorld world({{"a/b", std::string(3 << 20, 'x')}});
  EXPECT_EQ(world.read("c", plenty).error().text, "no file `c`");
  EXPECT_EQ(world.read("a", plenty).error().text, "`a` is a directory, not a file");
  EXPECT_EQ(world.read("a/b", 2 << 20).error().text,
            "`a/b` is larger than 2 MiB, the most that is read");
  EXPECT_EQ(world.list("c").error().text, "`c` cannot be listed: No such file or directory");
}

TEST(MemoryWorld, ReplacesADirectoryAsAWhole) {
  MemoryWorld world({{"out/one/old", "1"}, {"out/two/kept", "2"}});
  ASSERT_TRUE(world.replace_directory("./out/one/", {{"new/file", "3"}}));
  EXPECT_FALSE(world.exists("out/one/old"));
  EXPECT_EQ(*world.read("out/one/new/file", plenty), "3");
  EXPECT_EQ(*world.read("out/two/kept", plenty), "2");
  EXPECT_THAT(world.written(), ElementsAre(Pair("out/one/new/file", "3")));
}

}  // namespace
}  // namespace stackc::testing
