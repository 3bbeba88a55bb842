#include "compiler/charts/lock_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackc::charts {
namespace {

const PinnedChart cilium{"cilium", "1.10", "https://helm.cilium.io", std::string(64, 'a')};
const PinnedChart csi{"openstack-cinder-csi", "2.31.0+k8s", "http://127.0.0.1:8080/charts",
                      std::string(64, '0')};

TEST(LockFile, IsSortedYamlWithQuotedVersions) {
  EXPECT_EQ(print_lock_file({csi, cilium}),
            "# The charts this stack is built from, pinned by digest. Written by `stackc vendor`; "
            "belongs under version control.\n"
            "charts:\n"
            "  - name: cilium\n"
            "    version: \"1.10\"\n"
            "    repository: https://helm.cilium.io\n"
            "    sha256: " +
                std::string(64, 'a') +
                "\n"
                "  - name: openstack-cinder-csi\n"
                "    version: \"2.31.0+k8s\"\n"
                "    repository: http://127.0.0.1:8080/charts\n"
                "    sha256: " +
                std::string(64, '0') + "\n");
}

TEST(LockFile, ReadsWhatItPrints) {
  EXPECT_THAT(*parse_lock_file(print_lock_file({csi, cilium})), testing::ElementsAre(cilium, csi));
  EXPECT_THAT(*parse_lock_file(print_lock_file({})), testing::IsEmpty());
}

TEST(LockFile, NamesTheLineThatSomebodyBroke) {
  const std::string good = print_lock_file({cilium});
  const auto error = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    const Result<std::vector<PinnedChart>> charts = parse_lock_file(text);
    return charts ? "accepted" : charts.error().text;
  };
  EXPECT_EQ(error("\"1.10\"", "1.10"),
            "line 4 of `stackc.lock` is not what `stackc vendor` writes: `    version: 1.10`");
  EXPECT_EQ(error("  - name: cilium", "<<<<<<< HEAD"),
            "line 3 of `stackc.lock` is not what `stackc vendor` writes: `<<<<<<< HEAD`");
  EXPECT_EQ(error("cilium\n", "../cilium\n"),
            "line 3 of `stackc.lock` is not what `stackc vendor` writes: `  - name: ../cilium`");
  EXPECT_THAT(error("https://helm", "https://user:secret@helm"), testing::StartsWith("line 5 of"));
  EXPECT_THAT(error("aaaa\n", "AAAA\n"), testing::StartsWith("line 6 of"));
  EXPECT_THAT(error("    version", "    extra: 1\n    version"), testing::StartsWith("line 4 of"));
  EXPECT_THAT(error("\"1.10\"", "\""), testing::StartsWith("line 4 of"));
}

TEST(LockFile, ReadsNoPartOfAChart) {
  const std::string good = print_lock_file({cilium});
  EXPECT_EQ(parse_lock_file(good.substr(0, good.find("    sha256"))).error().text,
            "`stackc.lock` ends in the middle of a chart");
  EXPECT_EQ(parse_lock_file("").error().text, "`stackc.lock` ends in the middle of a chart");
}

TEST(LockFile, PinsAChartOnce) {
  PinnedChart other = cilium;
  other.sha256 = std::string(64, 'b');
  EXPECT_EQ(parse_lock_file(print_lock_file({cilium, other})).error().text,
            "`stackc.lock` pins `cilium-1.10.tgz` twice");
}

TEST(LockFile, FindsAChartByNameAndVersion) {
  const std::vector<PinnedChart> charts{cilium, csi};
  EXPECT_EQ(find_chart(charts, "cilium", "1.10"), &charts[0]);
  EXPECT_EQ(find_chart(charts, "cilium", "1.1"), nullptr);
}

TEST(LockFile, AnotherDigestIsAnErrorThatNamesBoth) {
  EXPECT_TRUE(expect_digest(cilium, "charts/cilium-1.10.tgz", std::string(64, 'a')));
  EXPECT_EQ(expect_digest(cilium, "charts/cilium-1.10.tgz", std::string(64, 'c')).error().text,
            "`charts/cilium-1.10.tgz` has the sha256 " + std::string(64, 'c') +
                ", but `stackc.lock` pins " + std::string(64, 'a'));
}

}  // namespace
}  // namespace stackc::charts
