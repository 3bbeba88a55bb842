#include "compiler/package/release_name.h"

#include <gmock/gmock.h>

namespace stackc::package {
namespace {

std::string version_error(std::string_view text) {
  const Result<Version> version = parse_version(text);
  return version ? "accepted" : version.error().text;
}

TEST(Version, KeepsItsTextInBothForms) {
  struct Case {
    std::string with_dot, with_dash;
    Version version;
  };
  for (const Case& c : {Case{"v3", "v3", {3, "", ""}},
                        Case{"v0-sha.rwvgrna", "v0-sha-rwvgrna", {0, "sha", "rwvgrna"}},
                        Case{"v0-beta.1", "v0-beta-1", {0, "beta", "1"}},
                        Case{"v12-lts.0a7", "v12-lts-0a7", {12, "lts", "0a7"}}}) {
    const Result<Version> version = parse_version(c.with_dot);
    ASSERT_TRUE(version) << version.error().text;
    EXPECT_EQ(*version, c.version);
    EXPECT_EQ(dotted(c.version), c.with_dot);
    EXPECT_EQ(dashed(c.version), c.with_dash);
  }
}

TEST(Version, SaysWhatIsWrong) {
  EXPECT_EQ(version_error("3"), "version `3` does not begin with `v` and a number");
  EXPECT_EQ(version_error(""), "version `` does not begin with `v` and a number");
  EXPECT_EQ(version_error("v"), "version `v` does not begin with `v` and a number");
  EXPECT_EQ(version_error("v03"), "version `v03` does not begin with `v` and a number");
  EXPECT_EQ(version_error("v1.2"), "version `v1.2` does not begin with `v` and a number");
  EXPECT_EQ(version_error("v9999999999"),
            "version `v9999999999` does not begin with `v` and a number");
  EXPECT_EQ(version_error("v0-beta-1"),
            "version `v0-beta-1` has no patch after its channel; write `v0-beta.1`");
  EXPECT_EQ(version_error("v0-.1"), "the channel is empty");
  EXPECT_EQ(version_error("v0-beta."), "the patch is empty");
  EXPECT_EQ(version_error("v0-beta.1.0"),
            "patch `1.0` has characters other than `a`–`z` and `0`–`9`");
  EXPECT_EQ(version_error("v0-beta.01"), "`01` is a number with leading zeros, which Helm refuses");
  EXPECT_EQ(version_error("v0-01.1"), "`01` is a number with leading zeros, which Helm refuses");
  EXPECT_EQ(version_error("v0-beta.0"), "accepted");
  EXPECT_EQ(version_error("v0-Beta.1"),
            "channel `Beta` has characters other than `a`–`z` and `0`–`9`");
}

TEST(Version, AHashVersionIsTheFirstSevenCharacters) {
  EXPECT_EQ(dotted(hash_version("rwvgrnaxyz")), "v0-sha.rwvgrna");
  EXPECT_EQ(dotted(hash_version("0012345b")), "v0-sha.012345b");
  EXPECT_EQ(dotted(hash_version("0rwvgrnaxyz")), "v0-sha.0rwvgrn");
}

TEST(ReleaseName, HasDashesInATagAndADotInTheNameOfItsClass) {
  const ReleaseName stable{"openstack-scs2-1-34", {3, "", ""}};
  const ReleaseName hash{"docker-scs-1-33", {0, "sha", "rwvgrna"}};
  EXPECT_EQ(tag(stable), "openstack-scs2-1-34-v3");
  EXPECT_EQ(class_name(stable), "openstack-scs2-1-34-v3");
  EXPECT_EQ(tag(hash), "docker-scs-1-33-v0-sha-rwvgrna");
  EXPECT_EQ(class_name(hash), "docker-scs-1-33-v0-sha.rwvgrna");
}

}  // namespace
}  // namespace stackc::package
