#include "compiler/base/text.h"

#include <gtest/gtest.h>

namespace stackc {
namespace {

TEST(EditDistance, CountsANeighbourSwapAsOneEdit) {
  EXPECT_EQ(edit_distance("flavor", "flavro"), 1u);
  EXPECT_EQ(edit_distance("flavor", "flavour"), 1u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
}

TEST(Nearest, PrefersTheFirstOfEquallyCloseNames) {
  const Nearest near = nearest("flavr", {"image", "flavor", "flavar"});
  EXPECT_EQ(near.name, "flavor");
  EXPECT_FALSE(near.only);
}

TEST(Nearest, KnowsWhenNoOtherNameIsNear) {
  EXPECT_TRUE(nearest("flavr", {"image", "flavor", "flavor"}).only) << "the same name twice is one";
}

TEST(Nearest, PrefersADroppedLetterToAReplacedOne) {
  EXPECT_EQ(nearest("miror", {"minor", "mirror"}).name, "mirror");
}

TEST(Nearest, SaysNothingWhenNoNameIsClose) {
  EXPECT_TRUE(nearest("sshKey", {"image", "flavor"}).empty());
}

TEST(Nearest, TakesCaseDashesAndUnderscoresForSmallThings) {
  EXPECT_EQ(nearest("network_mtu", {"networkMTU", "networkMode"}).name, "networkMTU");
  EXPECT_EQ(nearest("controlPlane", {"control-plane", "workers"}).name, "control-plane");
  EXPECT_EQ(nearest("Flavor", {"flavors", "flavor"}).name, "flavor");
}

TEST(Suggestion, KnowsAbbreviationsAndLongerNames) {
  EXPECT_EQ(suggestion("arch", {"image", "architecture"}).name, "architecture");
  EXPECT_EQ(suggestion("clusterConfig", {"clusterName", "clusterConfiguration"}).name,
            "clusterConfiguration");
  EXPECT_EQ(suggestion("machineTemplate", {"machine", "kubeadm"}).name, "machine");
  EXPECT_EQ(suggestion("SCS-4V-8", {"scs", "addons"}).name, "");
}

TEST(Utf8, FindsTheFirstBrokenByte) {
  EXPECT_EQ(find_invalid_utf8("grün 🙂"), std::string_view::npos);
  EXPECT_EQ(find_invalid_utf8("ab\xff"), 2u);
  EXPECT_EQ(find_invalid_utf8("\xed\xa0\x80"), 0u) << "a surrogate is not a character";
  EXPECT_EQ(find_invalid_utf8("\xc0\xaf"), 0u) << "an overlong form hides a slash";
  EXPECT_EQ(find_invalid_utf8("x\xe2\x82"), 1u) << "a cut sequence";
}

TEST(Utf8, CountsCodePointsNotBytes) {
  EXPECT_EQ(count_code_points("é🙂"), 2u);
}

}  // namespace
}  // namespace stackc
