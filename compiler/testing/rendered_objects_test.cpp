// The objects that `stackc render` computes for the stacks of this repository, by the schemas of
// their kinds: Cluster, MachineDeployment and KubeadmControlPlane among them, which no section
// stands for.

#include <fmt/core.h>
#include <gmock/gmock.h>

#include <set>

#include "compiler/cli/subcommand.h"
#include "compiler/schema/schema_set.h"
#include "compiler/schema/yaml_reader.h"
#include "compiler/testing/memory_world.h"
#include "compiler/testing/read_tree.h"
#include "compiler/types/validate.h"

namespace stackc::testing {
namespace {

using ::testing::UnorderedElementsAre;

std::string cluster(std::string_view cluster_api, std::string_view release,
                    std::string_view version) {
  const std::string reference = cluster_api == "v1beta1"
                                    ? fmt::format("class: {}", release)
                                    : fmt::format("classRef: {{name: {}}}", release);
  return fmt::format(R"(apiVersion: cluster.x-k8s.io/{}
kind: Cluster
metadata: {{name: demo, namespace: default}}
spec:
  clusterNetwork: {{pods: {{cidrBlocks: [192.168.0.0/16]}}}}
  topology:
    {}
    version: {}
    controlPlane: {{replicas: 3}}
    workers: {{machineDeployments: [{{class: default-worker, name: md-0, replicas: 2}}]}}
)",
                     cluster_api, reference, version);
}

std::string text_of(const Value& object, std::string_view field) {
  return *object.if_record()->find(field)->if_string();
}

/// What is wrong with the objects of a Cluster, by any release that has the kind; and the kinds
/// that were compared.
struct Comparison {
  std::string problems;
  std::set<std::string> kinds;
};

void compare(const Value& object, schema::SchemaSet& schemas, Comparison& comparison) {
  const std::string kind = text_of(object, "kind");
  std::set<std::string_view> releases;
  for (const schema::SchemaName& name : schemas.names()) releases.insert(name.provider);
  for (const std::string_view release : releases) {
    const auto* known = schemas.find(release, text_of(object, "apiVersion"), kind);
    if (known == nullptr) continue;
    comparison.kinds.insert(kind);
    for (const types::Mismatch& mismatch : types::validate(object, *known->type)) {
      comparison.problems +=
          fmt::format("{} {}: {}: {}\n", release, kind, mismatch.path, mismatch.message);
    }
  }
}

Comparison compare_rendered(const std::string& stack, const std::string& release,
                            const std::string& version, const char* cluster_api) {
  FileTree files = read_tree(STACKC_SOURCE_DIR, stack);
  files["cluster.yaml"] = cluster(cluster_api, release, version);
  MemoryWorld world(std::move(files));
  std::string out, err;
  driver::Environment environment{
      .files = world, .output = world, .out = out, .err = err, .binary_directory = {}};
  const std::vector<const char*> arguments{"render",       stack.c_str(),   "--cluster",
                                           "cluster.yaml", "--cluster-api", cluster_api};
  EXPECT_EQ(cli::run(arguments, environment), driver::Exit::Fine) << err;
  const auto objects = schema::read_located_yaml(out);
  Comparison comparison;
  if (!objects) return {objects.error().text, {}};
  schema::SchemaSet schemas;
  for (const schema::YamlDocument& object : *objects) compare(object.value, schemas, comparison);
  return comparison;
}

TEST(RenderedObjects, FitTheSchemasOfTheirKinds) {
  for (const char* cluster_api : {"v1beta1", "v1beta2"}) {
    const Comparison openstack =
        compare_rendered("stacks/openstack/scs2", "openstack-scs2-1-34-v1", "v1.34.7", cluster_api);
    EXPECT_EQ(openstack.problems, "") << cluster_api;
    EXPECT_THAT(openstack.kinds,
                UnorderedElementsAre("Cluster", "MachineDeployment", "KubeadmControlPlane",
                                     "KubeadmConfigTemplate", "OpenStackMachineTemplate"));
    const Comparison docker =
        compare_rendered("stacks/docker/scs", "docker-scs-1-30-v1", "v1.30.10", cluster_api);
    EXPECT_EQ(docker.problems, "") << cluster_api;
    EXPECT_THAT(docker.kinds,
                UnorderedElementsAre("Cluster", "MachineDeployment", "KubeadmControlPlane",
                                     "KubeadmConfigTemplate", "DockerMachineTemplate"));
  }
}

}  // namespace
}  // namespace stackc::testing
