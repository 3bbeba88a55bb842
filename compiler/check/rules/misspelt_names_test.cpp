#include "compiler/check/rules/misspelt_names.h"

#include <gtest/gtest.h>

namespace stackc::check {
namespace {

TEST(MisspeltNames, KnowsWhatASlipMakesOfAName) {
  EXPECT_EQ(meant_name("kube-sytsem"), "kube-system");
  EXPECT_EQ(meant_name("kube-systm"), "kube-system");
  EXPECT_EQ(meant_name("kube-systemm"), "kube-system");
  EXPECT_EQ(meant_name("kube-sysrem"), "kube-system");
  EXPECT_EQ(meant_name("kubesystem"), "kube-system");
  EXPECT_EQ(meant_name("node-role.kuberentes.io"), "node-role.kubernetes.io");
  EXPECT_EQ(meant_name("ubunut"), "ubuntu");
  EXPECT_EQ(meant_name("PreferNoSchedul"), "PreferNoSchedule");
}

TEST(MisspeltNames, TakesWhatIsANameOfItsOwn) {
  for (const std::string_view word :
       {"kube-system", "kubectl", "kubelet", "ghcr.io", "defaults", "clouds.yml", "cloud-conf",
        "kubuntu", "kubernetes2", "Kubernetes", "control_plane", "default-", "ubuntus", "container",
        "system", "localhos", "kubectx", "uninitialised"})
    EXPECT_EQ(meant_name(word), word == "localhos" ? "localhost" : "") << word;
}

}  // namespace
}  // namespace stackc::check
