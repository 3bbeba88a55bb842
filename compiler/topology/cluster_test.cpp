#include "compiler/topology/cluster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/topology/machine_fields.h"

namespace stackc::topology {
namespace {

using testing::ElementsAre;

Record record(std::initializer_list<Record::Field> fields) {
  Record result;
  for (const auto& field : fields) result.set(field.name, field.value);
  return result;
}

Record minimal(std::string_view api_version = "cluster.x-k8s.io/v1beta1") {
  Record manifest;
  set_at(manifest, "apiVersion", api_version);
  set_at(manifest, "kind", "Cluster");
  set_at(manifest, "metadata.name", "c1");
  const bool old = api_version.ends_with("v1beta1");
  set_at(manifest, old ? "spec.topology.class" : "spec.topology.classRef.name",
         "openstack-scs2-1-34-v1");
  set_at(manifest, "spec.topology.version", "v1.34.7");
  return manifest;
}

/// `path: message`.
std::vector<std::string> refusals(const Value& manifest) {
  const auto result = read_cluster(manifest);
  std::vector<std::string> texts;
  if (const auto* refused = std::get_if<std::vector<Refusal>>(&result)) {
    for (const Refusal& refusal : *refused)
      texts.push_back(refusal.path + ": " + refusal.message());
  }
  return texts;
}

/// The refusals of the minimal manifest with one field set otherwise.
std::vector<std::string> refusals_with(std::string_view path, Value value) {
  Record manifest = minimal();
  set_at(manifest, path, std::move(value));
  return refusals(manifest);
}

Cluster read(const Record& manifest) {
  const auto result = read_cluster(manifest);
  if (const auto* wrong = std::get_if<std::vector<Refusal>>(&result)) {
    ADD_FAILURE() << wrong->front().path << ": " << wrong->front().message();
    return {};
  }
  return std::get<Cluster>(result);
}

TEST(ReadCluster, ReadsBothApiVersions) {
  for (const std::string_view version : {"cluster.x-k8s.io/v1beta1", "cluster.x-k8s.io/v1beta2"}) {
    const Cluster cluster = read(minimal(version));
    EXPECT_EQ(cluster.api_version, version);
    EXPECT_EQ(cluster.name, "c1");
    EXPECT_EQ(cluster.namespace_name, "default");
    EXPECT_EQ(cluster.class_name, "openstack-scs2-1-34-v1");
    EXPECT_EQ(cluster.control_plane_replicas, std::nullopt);
  }
}

TEST(ReadCluster, ReadsTheTopology) {
  Record manifest = minimal();
  set_at(manifest, "metadata.namespace", "customers");
  set_at(manifest, "spec.topology.classNamespace", "stacks");
  set_at(manifest, "spec.clusterNetwork.pods.cidrBlocks", List{"10.0.0.0/16"});
  set_at(manifest, "spec.topology.controlPlane.replicas", 3);
  set_at(manifest, "spec.topology.controlPlane.metadata.labels", record({{"a/b", "c"}}));
  set_at(manifest, "spec.topology.variables",
         List{record({{"name", "x"}, {"value", 1}}), record({{"name", "y"}, {"value", Value()}})});
  set_at(manifest, "spec.topology.workers.machineDeployments",
         List{record({{"name", "md-0"},
                      {"class", "default-worker"},
                      {"replicas", 2},
                      {"variables",
                       record({{"overrides", List{record({{"name", "x"}, {"value", 2}})}}})}})});
  const Cluster cluster = read(manifest);
  EXPECT_EQ(cluster.namespace_name, "customers");
  EXPECT_EQ(Value(cluster.pod_cidrs), Value(List{"10.0.0.0/16"}));
  EXPECT_EQ(cluster.control_plane_replicas, 3);
  EXPECT_EQ(Value(cluster.control_plane_metadata.labels), Value(record({{"a/b", "c"}})));
  ASSERT_EQ(cluster.variables.size(), 2U);
  EXPECT_EQ(cluster.variables[0].value, Value(1));
  EXPECT_EQ(cluster.variables[1].value, std::nullopt);
  ASSERT_EQ(cluster.machine_deployments.size(), 1U);
  EXPECT_EQ(cluster.machine_deployments[0].name, "md-0");
  EXPECT_EQ(cluster.machine_deployments[0].class_name, "default-worker");
  EXPECT_EQ(cluster.machine_deployments[0].replicas, 2);
  EXPECT_EQ(cluster.machine_deployments[0].overrides.at(0).value, Value(2));
}

TEST(ReadCluster, WantsATopologyWithAClass) {
  Record manifest = minimal();
  set_at(manifest, "spec", Record());
  EXPECT_THAT(refusals(manifest),
              ElementsAre("spec: the Cluster has no `topology`, so it uses no class"));
  EXPECT_THAT(refusals_with("spec.topology.class", ""),
              ElementsAre("spec.topology.class: the Cluster names no class"));
  EXPECT_THAT(refusals_with("kind", "Machine"),
              ElementsAre("kind: expected `Cluster`, found `Machine`"));
  EXPECT_THAT(refusals_with("apiVersion", "cluster.x-k8s.io/v1"),
              ElementsAre("apiVersion: `cluster.x-k8s.io/v1` is no API version of a Cluster; there "
                          "are `cluster.x-k8s.io/v1beta1`, `cluster.x-k8s.io/v1beta2`"));
}

TEST(ReadCluster, ChecksNames) {
  for (const std::string& name : {std::string(64, 'a'), std::string("C1"), std::string("c1-")}) {
    EXPECT_THAT(refusals_with("metadata.name", name),
                ElementsAre("metadata.name: `" + name +
                            "` is no name of a Cluster: at most 63 of `a-z`, `0-9`, `-` and `.`"));
  }
  EXPECT_THAT(refusals_with("metadata.name", std::string(63, 'a')), testing::IsEmpty());
}

TEST(ReadCluster, PutsTheVBeforeAVersionAndReadsItStrictly) {
  Record manifest = minimal();
  set_at(manifest, "spec.topology.version", "1.34.7-rc.1+build.5");
  EXPECT_EQ(read(manifest).version, "v1.34.7-rc.1+build.5");
  for (const std::string version :
       {"v1.34", "v01.34.7", "vv1.34.7", "v1.34.7-01", "v1.34.7+", "v1.34.7 "}) {
    EXPECT_THAT(
        refusals_with("spec.topology.version", version),
        ElementsAre("spec.topology.version: `" + version + "` is not a version like `v1.34.7`"));
  }
}

TEST(ReadCluster, ChecksNetworkBlocksWithoutLeadingZeros) {
  EXPECT_THAT(
      refusals_with("spec.clusterNetwork.services.cidrBlocks", List{"10.0.0.0/16", "010.0.0.0/16"}),
      ElementsAre(
          "spec.clusterNetwork.services.cidrBlocks[1]: `010.0.0.0/16` is not a CIDR block"));
}

TEST(ReadCluster, ChecksLabelsAndAnnotations) {
  EXPECT_THAT(refusals_with("spec.topology.controlPlane.metadata.labels",
                            record({{"a", "b c"}, {"d", ""}, {"Ex.org/x", "1"}})),
              ElementsAre("spec.topology.controlPlane.metadata.labels.a: `a: b c` is no label",
                          "spec.topology.controlPlane.metadata.labels.Ex.org/x: `Ex.org/x: 1` is "
                          "no label"));
  EXPECT_THAT(refusals_with("metadata.annotations",
                            record({{"a b", "any text"}, {"Ex.org/x", "any text"}})),
              ElementsAre("metadata.annotations.a b: `a b` is no name of an annotation"));
}

TEST(ReadCluster, WantsAnIntegerForTheUpgradeConcurrency) {
  const std::string key = "topology.cluster.x-k8s.io/upgrade-concurrency";
  EXPECT_THAT(refusals_with("metadata.annotations", record({{key, "+2"}})), testing::IsEmpty());
  for (const std::string text : {"0", "two", "1.5", "", "+-1"}) {
    EXPECT_THAT(refusals_with("metadata.annotations", record({{key, text}})),
                ElementsAre("metadata.annotations." + key + ": `" + text +
                            "` is not an integer of at least 1"));
  }
}

TEST(ReadCluster, ChecksMachineDeployments) {
  const auto with = [](List entries) {
    return refusals_with("spec.topology.workers.machineDeployments", std::move(entries));
  };
  const std::string path = "spec.topology.workers.machineDeployments";
  EXPECT_THAT(
      with({record({{"name", "a"}, {"class", "x"}}), record({{"name", "a"}, {"class", "x"}})}),
      ElementsAre(path + "[1].name: there is another machine deployment `a`"));
  EXPECT_THAT(
      with({record({{"class", "x"}})}),
      ElementsAre(path + "[0].name: `` is no name of a machine deployment: at most 63 of `a-z`, "
                         "`0-9`, `-` and `.`"));
  const std::string key = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size";
  const Value metadata = record({{"annotations", record({{key, "1"}})}});
  EXPECT_THAT(
      with({record({{"name", "a"}, {"class", "x"}, {"replicas", 1}, {"metadata", metadata}})}),
      ElementsAre(path + "[0].replicas: `replicas` cannot stand next to the annotation `" + key +
                  "`: the autoscaler decides"));
  EXPECT_THAT(with({record({{"name", "a"}, {"class", "x"}, {"metadata", metadata}})}),
              testing::IsEmpty());
}

TEST(ReadCluster, NamesWhatHasTheWrongShape) {
  EXPECT_THAT(
      refusals_with("spec.topology.controlPlane.replicas", "3"),
      ElementsAre("spec.topology.controlPlane.replicas: expected an integer, found a string"));
  EXPECT_THAT(refusals_with("spec.topology.controlPlane.replicas", std::int64_t{4294967296}),
              ElementsAre("spec.topology.controlPlane.replicas: 4294967296 does not fit 32 bits"));
  EXPECT_THAT(refusals_with("spec.topology.variables", List{"x"}),
              ElementsAre("spec.topology.variables[0]: expected a record, found a string"));
  EXPECT_THAT(refusals(Value(List{})), ElementsAre(": expected a Cluster, found a list"));
}

}  // namespace
}  // namespace stackc::topology
