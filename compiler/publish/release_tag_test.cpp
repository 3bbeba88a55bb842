#include "compiler/publish/release_tag.h"

#include <gtest/gtest.h>

namespace stackc::publish {
namespace {

constexpr const char* line = "openstack-scs2-1-34";

TEST(ReleaseTag, ReadsTheNumberOfAStableRelease) {
  EXPECT_EQ(stable_number("openstack-scs2-1-34-v3", line), 3u);
  EXPECT_EQ(stable_number("openstack-scs2-1-34-v999999999", line), 999'999'999u);
}

TEST(ReleaseTag, KnowsNoNumberForOtherLinesChannelsAndSpellings) {
  for (const char* tag :
       {"openstack-scs2-1-3-v3", "openstack-scs2-1-345-v3", "openstack-scs2-1-34-v0-sha-rwvgrna",
        "openstack-scs2-1-34-v1-beta-2", "openstack-scs2-1-34-v0", "openstack-scs2-1-34-v03",
        "openstack-scs2-1-34-v", "openstack-scs2-1-34", "openstack-scs2-1-34-v1x",
        "openstack-scs2-1-34-v1000000000", "xopenstack-scs2-1-34-v3"}) {
    EXPECT_EQ(stable_number(tag, line), std::nullopt) << tag;
  }
}

TEST(ReleaseTag, ComparesVersionsAsNumbers) {
  const std::vector<std::string> tags{"openstack-scs2-1-34-v10", "openstack-scs2-1-34-v9",
                                      "openstack-scs2-1-33-v77", "openstack-scs2-1-34-v11-beta-1"};
  EXPECT_EQ(newest_stable(tags, line), "openstack-scs2-1-34-v10");
  EXPECT_EQ(next_stable_number(tags, line), 11u);
}

TEST(ReleaseTag, StartsALineWithOne) {
  EXPECT_EQ(newest_stable({"openstack-scs2-1-34-v0-sha-rwvgrna"}, line), std::nullopt);
  EXPECT_EQ(next_stable_number({}, line), 1u);
}

}  // namespace
}  // namespace stackc::publish
