#include "compiler/check/rules/cloud_conf.h"

#include <gtest/gtest.h>

namespace stackc::check {
namespace {

TEST(CloudConf, IsReadAsGcfgReadsIt) {
  EXPECT_EQ(unreadable_line("# comment\n; another\n[Global]\n  use-clouds = \"true\" ; why\n"
                            "clouds-file=/etc/openstack/clouds.yaml\nsecret\n\n"
                            "[LoadBalancerClass \"inner one\"] # c\nname = a \"b;\" # \"\n"
                            "long = a \\\n  : b\n{{ .made }}\n"),
            std::nullopt);
  EXPECT_EQ(unreadable_line("[\tGlobal\t]\n[LoadBalancerClass\t\"a\"]\n[Metadata\"b\"]"),
            std::nullopt);
}

TEST(CloudConf, TellsTheFirstLineThatCannotBeRead) {
  EXPECT_EQ(unreadable_line("[Global]\n  use-clouds: true\nx: y\n"), "use-clouds: true");
  EXPECT_EQ(unreadable_line("[Global\n"), "[Global");
  EXPECT_EQ(unreadable_line("[Load Balancer]\n"), "[Load Balancer]");
  EXPECT_EQ(unreadable_line("[Global]\nuse_clouds = true"), "use_clouds = true");
  EXPECT_EQ(unreadable_line("[Global]\nregion = \"RegionOne\n"), "region = \"RegionOne");
}

TEST(CloudConf, TellsASettingThatIsMisspelt) {
  const auto setting = misspelt_setting("[Global]\nuse-clouds = true\ncloud-file = /a\n");
  ASSERT_TRUE(setting);
  EXPECT_EQ(setting->name, "cloud-file");
  EXPECT_EQ(setting->meant, "clouds-file");
  EXPECT_FALSE(misspelt_setting("[Global]\nregion = a\n# use-cloud = true\nother-setting = b\n"));
}

TEST(CloudConf, LeavesTheFilesOfOtherCloudsAlone) {
  EXPECT_EQ(unreadable_line("{\n  \"tenantId\": \"a\"\n}\n"), std::nullopt);
  EXPECT_EQ(unreadable_line("global:\n  user: a\n"), std::nullopt);
}

TEST(CloudConf, KnowsItsSectionsAndSwitches) {
  const std::string text = "[Gloabl]\nuse-clouds = true\n";
  const auto section = misspelt_setting(text);
  ASSERT_TRUE(section);
  EXPECT_EQ(section->name, "Gloabl");
  EXPECT_EQ(section->meant, "Global");
  EXPECT_FALSE(misspelt_setting("[Global]\n[LoadBalancerClass \"inner\"]\n[Own]\n"));
  EXPECT_FALSE(misspelt_setting("[global]\n[MetaData]\n"));
  EXPECT_EQ(unreadable_line("[Global]\nuse-clouds = tru\n"), "use-clouds = tru");
  EXPECT_EQ(unreadable_line("# c\nuse-clouds = true\n"), "use-clouds = true");
  EXPECT_EQ(unreadable_line("[Global]\nuse-clouds\ntls-insecure = \"Yes\" ; c\n"), std::nullopt);
}

}  // namespace
}  // namespace stackc::check
