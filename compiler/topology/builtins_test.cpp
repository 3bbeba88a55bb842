#include "compiler/topology/builtins.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/ir/builtins.h"

namespace stackc::topology {
namespace {

/// Paths of the values in the record that are builtins, or that hold none.
void collect(const Record& record, const std::string& prefix, std::vector<std::string>& paths) {
  for (const auto& [name, value] : record) {
    const std::string path = prefix.empty() ? name : prefix + "." + name;
    const Record* inside = value.if_record();
    if (inside == nullptr || ir::find_builtin(path) != nullptr) {
      paths.push_back(path);
    } else {
      collect(*inside, path, paths);
    }
  }
}

std::vector<std::string> paths_of(const Record& builtins) {
  std::vector<std::string> paths;
  collect(builtins, "", paths);
  return paths;
}

std::vector<std::string> seen_by(ir::Role role) {
  std::vector<std::string> paths;
  for (const ir::BuiltinVariable& variable : ir::builtins()) {
    if (variable.is_seen_by(role)) paths.emplace_back(variable.path);
  }
  return paths;
}

TEST(Builtins, AClusterThatSaysEverythingHasEachThatATemplateMayRead) {
  Metadata metadata;
  metadata.labels.set("a", "b");
  metadata.annotations.set("a", "b");
  const ObjectHead object{"object", metadata};
  Cluster cluster;
  cluster.name = "c1";
  cluster.namespace_name = "default";
  cluster.metadata = metadata;
  cluster.class_name = "scs2";
  cluster.version = "v1.34.7";
  cluster.service_domain = "cluster.local";
  cluster.service_cidrs = {"10.1.0.0/16"};
  cluster.pod_cidrs = {"10.2.0.0/16"};
  cluster.control_plane_replicas = 3;
  MachineDeployment workers;
  workers.name = "md-0";
  workers.class_name = "default-worker";
  workers.replicas = 2;
  using testing::UnorderedElementsAreArray;
  EXPECT_THAT(paths_of(cluster_builtins(cluster)),
              UnorderedElementsAreArray(seen_by(ir::Role::InfrastructureCluster)));
  EXPECT_THAT(paths_of(control_plane_builtins(cluster, object, "machines")),
              UnorderedElementsAreArray(seen_by(ir::Role::ControlPlane)));
  EXPECT_THAT(paths_of(machine_deployment_builtins(cluster, workers, object, "set-up", "machines")),
              UnorderedElementsAreArray(seen_by(ir::Role::Machine)));
}

}  // namespace
}  // namespace stackc::topology
