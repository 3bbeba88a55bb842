#include "compiler/driver/workspace.h"

#include <gmock/gmock.h>

namespace stackc::driver {
namespace {

TEST(Workspace, HoldsWhatLiesBelowItsRoot) {
  EXPECT_TRUE(is_inside("a/b", "a"));
  EXPECT_TRUE(is_inside("a", "a"));
  EXPECT_FALSE(is_inside("ab", "a"));
  EXPECT_FALSE(is_inside("b/a", "a"));
  EXPECT_TRUE(is_inside("/a/b", "/a"));
  EXPECT_TRUE(is_inside("/a", "/"));
  EXPECT_FALSE(is_inside("/b", "/a"));
}

TEST(Workspace, MayLieAboveTheCurrentDirectory) {
  EXPECT_TRUE(is_inside("a", "."));
  EXPECT_FALSE(is_inside("../a", "."));
  EXPECT_TRUE(is_inside("a", ".."));
  EXPECT_TRUE(is_inside("../a", ".."));
  EXPECT_TRUE(is_inside("../a", "../.."));
  EXPECT_TRUE(is_inside("../../a", "../.."));
  EXPECT_FALSE(is_inside("../../a", ".."));
  EXPECT_FALSE(is_inside("/a", ".."));
  EXPECT_TRUE(is_inside("..a", "."));
  EXPECT_TRUE(is_inside("../a/b", "../a"));
  EXPECT_FALSE(is_inside("a", "../a"));
}

}  // namespace
}  // namespace stackc::driver
