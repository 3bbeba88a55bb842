#include "compiler/check/rules/kubernetes_kinds.h"

#include <gtest/gtest.h>

#include <string>

namespace stackc::check {
namespace {

std::string meant(std::string_view api_version, std::string_view kind) {
  const auto wrong = wrong_kind(api_version, kind);
  return wrong ? std::string(wrong->api_version) + " " + std::string(wrong->kind) : "";
}

TEST(KubernetesKinds, AreWrongInAnotherGroup) {
  EXPECT_EQ(meant("v1", "DaemonSet"), "apps/v1 DaemonSet");
  EXPECT_EQ(meant("apps/v1", "Service"), "v1 Service");
  EXPECT_EQ(meant("v1beta1", "Deployment"), "apps/v1 Deployment");
}

TEST(KubernetesKinds, AreWrongInAGroupThatNobodyHas) {
  EXPECT_EQ(meant("apiextensions/v1", "CustomResourceDefinition"),
            "apiextensions.k8s.io/v1 CustomResourceDefinition");
  EXPECT_EQ(meant("apps/v2", "Deployment"), "apps/v1 Deployment");
  EXPECT_EQ(meant("networking.k8s.io/v1beta1", "IPAddress"), "");
  EXPECT_EQ(meant("extensions/v1", "SomethingNew"), "");
}

TEST(KubernetesKinds, AreWrongMisspelt) {
  EXPECT_EQ(meant("apps/v1", "Daemonset"), "apps/v1 DaemonSet");
  EXPECT_EQ(meant("apps/v1", "Deploymnet"), "apps/v1 Deployment");
}

TEST(KubernetesKinds, AreOfOthersInGroupsThatAreNotOurs) {
  EXPECT_EQ(meant("apps/v1", "Deployment"), "");
  EXPECT_EQ(meant("autoscaling/v1", "HorizontalPodAutoscaler"), "");
  EXPECT_EQ(meant("serving.knative.dev/v1", "Service"), "");
  EXPECT_EQ(meant("apps/v1", "SomethingNew"), "");
}

}  // namespace
}  // namespace stackc::check
