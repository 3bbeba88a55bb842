#include "compiler/check/rules/scs_flavor.h"

#include <gtest/gtest.h>

namespace stackc::check {
namespace {

TEST(ScsFlavor, HasTheDiskOfItsName) {
  EXPECT_EQ(disk_of_scs_flavor("SCS-2V-4"), 0);
  EXPECT_EQ(disk_of_scs_flavor("SCS-2V-4_kvm"), 0);
  EXPECT_EQ(disk_of_scs_flavor("SCS-2V-4-20"), 20);
  EXPECT_EQ(disk_of_scs_flavor("SCS-2V-4-20s"), 20);
  EXPECT_EQ(disk_of_scs_flavor("SCS-1Li-0.5uo-5n"), 5);
  EXPECT_EQ(disk_of_scs_flavor("SCS-16T-64.5-3x10p_bms_hwv_z3h_GNa-14h_ib"), 10);
}

TEST(ScsFlavor, HasTheMemoryOfItsName) {
  EXPECT_EQ(memory_of_scs_flavor("SCS-2V-4"), 4096);
  EXPECT_EQ(memory_of_scs_flavor("SCS-2V-4-s"), 4096);
  EXPECT_EQ(memory_of_scs_flavor("SCS-1Li-0.5uo-5n"), 512);
  EXPECT_EQ(memory_of_scs_flavor("SCS-16T-64.5_kvm"), 66048);
  for (const char* name : {"m1.large", "SCS-2V:4:20s", "SCS-2V-4.2", "SCS-2V", "SCS-2V-9999999999"})
    EXPECT_EQ(memory_of_scs_flavor(name), std::nullopt) << name;
}

TEST(ScsFlavor, LeavesTheSizeToTheCloud) {
  EXPECT_EQ(disk_of_scs_flavor("SCS-2V-4-"), std::nullopt);
  EXPECT_EQ(disk_of_scs_flavor("SCS-2V-4-s"), std::nullopt);
  EXPECT_EQ(disk_of_scs_flavor("SCS-2V-4-n_kvm"), std::nullopt);
}

TEST(ScsFlavor, SaysNothingOfOtherNames) {
  for (const char* name : {"", "m1.large", "SCS-2V:4:20s", "SCS-2X-4-20", "SCS-02V-4-20",
                           "SCS-2V-4.2-20", "SCS-2V-4-020", "SCS-2V-4-20q", "SCS-2V-4-x20",
                           "SCS-2V-4-3xs", "SCS-2V", "SCS-2V-4-99999999999999999999"}) {
    EXPECT_EQ(disk_of_scs_flavor(name), std::nullopt) << name;
  }
}

TEST(ScsFlavor, IsRecognizedInWhatIsNearlyItsName) {
  const std::pair<const char*, const char*> flavors[] = {
      {"SCS-2V4", "SCS-2V-4"},
      {"SCS-4-8", "SCS-4V-8"},
      {"SCS-2v-4", "SCS-2V-4"},
      {"SCS-4V:8:50n", "SCS-4V-8-50n"},
      {"SCS-V4-8", "SCS-4V-8"},
      {"scs-2V-4", "SCS-2V-4"},
      {"SCS_4V_8", "SCS-4V-8"},
      {"SCS 2V-4", "SCS-2V-4"},
      {"SCS2V-4", "SCS-2V-4"},
      {"SCS-02V-4", "SCS-2V-4"},
      {"SCS-2V-4-20ssd", "SCS-2V-4-20s"},
      {"SCS-2V-4-s20", "SCS-2V-4-20s"},
      {"SCS-2V-4-20S", "SCS-2V-4-20s"},
      {"SCS-4V-8GB-50GB", "SCS-4V-8-50"},
      {"SCS-4V-8_50s", "SCS-4V-8-50s"},
      {"SCS-4vCPU-8Gi-100", "SCS-4V-8-100"},
      {"SCS-1L-0.5", ""},
      {"SCS-1l-0.5U-3X10P_kvm_hwv", "SCS-1L-0.5u-3x10p_kvm_hwv"}};
  for (const auto& [text, meant] : flavors) EXPECT_EQ(meant_scs_flavor(text), meant) << text;
}

TEST(ScsFlavor, IsNotSeenInOtherNames) {
  for (const char* name :
       {"", "SCS", "m1.large", "SCS-2V-4", "SCS-2V-4-20s",
        "SCS-16T-64.5-3x10p_bms_hwv_z3h_GNa-14h_ib", "SCS-2V-4-s", "scsi-fast-2-4", "scs-small",
        "SCS-2V", "SCS-large-2-4-8", "SCS-2V-4-20-30-40"}) {
    EXPECT_EQ(meant_scs_flavor(name), "") << name;
  }
}

TEST(ScsFlavor, KnowsItsMarkWithASlip) {
  EXPECT_EQ(meant_scs_flavor("SSC-4V-8"), "SCS-4V-8");
  EXPECT_EQ(meant_scs_flavor("SC-2V-4-20s"), "SCS-2V-4-20s");
  for (const std::string_view name :
       {"SSC-large", "SC-2-4", "GPU-2V-4", "S-2V-4", "SC2V-4", "-4V-8"})
    EXPECT_EQ(meant_scs_flavor(name), "") << name;
}

}  // namespace
}  // namespace stackc::check
