#include "compiler/publish/loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace stackc::publish {
namespace {

TEST(Loader, NamesTheModuleThatIsMissing) {
  EXPECT_THAT(load_publisher("/nowhere").error().text,
              testing::StartsWith("publishing needs `/nowhere/stackc-publish.so`, which cannot be "
                                  "loaded: "));
}

TEST(Loader, FindsTheModuleBesideTheBinary) {
  const auto self = std::filesystem::read_symlink("/proc/self/exe");
  const Result<Publisher*> first = load_publisher(self.parent_path());
  ASSERT_TRUE(first) << first.error().text;
  EXPECT_EQ(*first, *load_publisher(self.parent_path())) << "one per process";
}

}  // namespace
}  // namespace stackc::publish
