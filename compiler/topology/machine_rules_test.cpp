#include "compiler/topology/machine_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/topology/machine_fields.h"

namespace stackc::topology {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// `path: message` for an entry with these fields.
std::vector<std::string> refused(std::string_view api_version,
                                 std::initializer_list<std::pair<const char*, Value>> fields) {
  Record topology;
  for (const auto& [path, value] : fields) set_at(topology, path, value);
  std::vector<std::string> texts;
  for (const Refusal& refusal : refused_machine_fields(topology, api_version, "md"))
    texts.push_back(refusal.path + ": " + refusal.message());
  return texts;
}

TEST(MachineRules, WantRoomForARollout) {
  const std::string message =
      "neither `maxSurge` nor `maxUnavailable` leaves room to replace a machine";
  EXPECT_THAT(refused("v1beta1", {{"strategy.rollingUpdate.maxSurge", 0},
                                  {"strategy.rollingUpdate.maxUnavailable", 0}}),
              ElementsAre("md.strategy.rollingUpdate: " + message));
  EXPECT_THAT(refused("v1beta2", {{"rollout.strategy.rollingUpdate.maxSurge", 0},
                                  {"rollout.strategy.rollingUpdate.maxUnavailable", 0}}),
              ElementsAre("md.rollout.strategy.rollingUpdate: " + message));
  // Cluster API compares integers only, and leaves the default to what is missing.
  EXPECT_THAT(refused("v1beta1", {{"strategy.rollingUpdate.maxSurge", 0},
                                  {"strategy.rollingUpdate.maxUnavailable", "0%"}}),
              IsEmpty());
  EXPECT_THAT(refused("v1beta1", {{"strategy.rollingUpdate.maxSurge", 0}}), IsEmpty());
}

TEST(MachineRules, WantIntegersOrPercentages) {
  EXPECT_THAT(refused("v1beta1", {{"strategy.rollingUpdate.maxSurge", "one"},
                                  {"machineHealthCheck.maxUnhealthy", "40%"},
                                  {"strategy.remediation.maxInFlight", "20 %"}}),
              ElementsAre("md.strategy.rollingUpdate.maxSurge: `one` is neither an integer nor a "
                          "percentage like `20%`",
                          "md.strategy.remediation.maxInFlight: `20 %` is neither an integer nor a "
                          "percentage like `20%`"));
}

TEST(MachineRules, RefuseTaintsOfOthers) {
  const auto taint = [](const char* key) {
    Record record;
    record.set("key", key);
    return Value(std::move(record));
  };
  EXPECT_THAT(
      refused("v1beta2", {{"taints", List{taint("gpu"), taint("node.kubernetes.io/unreachable"),
                                          taint("node.kubernetes.io/out-of-service"),
                                          taint("node-role.kubernetes.io/master")}}}),
      ElementsAre("md.taints[1].key: the taint `node.kubernetes.io/unreachable` belongs to "
                  "Kubernetes or Cluster API",
                  "md.taints[3].key: the taint `node-role.kubernetes.io/master` belongs to "
                  "Kubernetes or Cluster API"));
}

TEST(MachineRules, WantADefinitionForAnEnabledHealthCheck) {
  const std::string message =
      "the health check is enabled, but neither the Cluster nor the class says what to check";
  EXPECT_THAT(refused("v1beta1", {{"machineHealthCheck.enable", true}}),
              ElementsAre("md.machineHealthCheck.enable: " + message));
  EXPECT_THAT(refused("v1beta2", {{"healthCheck.enabled", true}}),
              ElementsAre("md.healthCheck.enabled: " + message));
  EXPECT_THAT(refused("v1beta1", {{"machineHealthCheck.enable", true},
                                  {"machineHealthCheck.nodeStartupTimeout", "10m"}}),
              IsEmpty());
  EXPECT_THAT(refused("v1beta1", {{"machineHealthCheck.enable", false}}), IsEmpty());
}

TEST(MachineRules, GiveMachinesHalfAMinuteToStart) {
  const auto with = [](const char* timeout) {
    return refused("v1beta1", {{"machineHealthCheck.nodeStartupTimeout", timeout}});
  };
  const std::string field = "md.machineHealthCheck.nodeStartupTimeout: ";
  EXPECT_THAT(with("29s"),
              ElementsAre(field + "machines get `29s` to start, at least 30 seconds required, or 0 "
                                  "for no limit"));
  EXPECT_THAT(with("ten"), ElementsAre(field + "`ten` is not a duration like `10m`"));
  for (const char* fine : {"0", "0s", "30s", "0.5m", "1h2m3s", "100ms"})
    EXPECT_THAT(with(fine), IsEmpty());
  EXPECT_THAT(refused("v1beta2", {{"healthCheck.checks.nodeStartupTimeoutSeconds", 5}}),
              ElementsAre("md.healthCheck.checks.nodeStartupTimeoutSeconds: machines get `5s` to "
                          "start, at least 30 seconds required, or 0 for no limit"));
}

}  // namespace
}  // namespace stackc::topology
