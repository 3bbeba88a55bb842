#include "compiler/topology/desired.h"

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

/// A stack of one worker class; every spec shows a variable and what builtins its item sees.
class DesiredObjects : public testing::Test {
 protected:
  DesiredObjects() {
    stack.variables = {{.name = "flavor", .type = types.string(), .default_value = Value("small")},
                       {.name = "zone", .type = types.string()}};
    stack.worker_classes = {{.name = "default-worker"}};
    use("v1beta1");
    set_at(manifest, "apiVersion", "cluster.x-k8s.io/v1beta1");
    set_at(manifest, "kind", "Cluster");
    set_at(manifest, "metadata.name", "c1");
    set_at(manifest, "spec.topology.class", "scs2");
    set_at(manifest, "spec.topology.version", "v1.34.7");
    set_at(manifest, "spec.topology.controlPlane.replicas", 3);
    add_workers("md-0", {});
  }

  /// Kubeadm kinds of one API version, with the specs of this test.
  void use(const std::string& version) {
    const std::string infrastructure = "infrastructure.cluster.x-k8s.io/v1beta1";
    stack.templates = {
        {ir::Role::InfrastructureCluster, "", infrastructure, "OpenStackClusterTemplate",
         spec({{"cluster", builtin("cluster.name")}, {"none", guarded("controlPlane.version")}})},
        {ir::Role::ControlPlane, "", "controlplane.cluster.x-k8s.io/" + version,
         "KubeadmControlPlaneTemplate",
         spec({{"name", builtin("controlPlane.name")},
               {"machines", guarded("controlPlane.machineTemplate.infrastructureRef.name")},
               {"machineTemplate",
                constant(record({{"metadata", record({{"labels", record({{"team", "a"},
                                                                         {"tier", "x"}})}})}}))}})},
        {ir::Role::ControlPlaneMachine, "", infrastructure, "OpenStackMachineTemplate",
         spec({{"flavor", variable("flavor")}, {"replicas", guarded("controlPlane.replicas")}})},
        {ir::Role::Bootstrap, "default-worker", "bootstrap.cluster.x-k8s.io/" + version,
         "KubeadmConfigTemplate", spec({{"version", builtin("machineDeployment.version")}})},
        {ir::Role::Machine, "default-worker", infrastructure, "OpenStackMachineTemplate",
         spec({{"flavor", variable("flavor")},
               {"workers", builtin("machineDeployment.topologyName")}})}};
  }

  void add_workers(const std::string& name, Record further) {
    further.set("name", name);
    further.set("class", "default-worker");
    workers.emplace_back(std::move(further));
    set_at(manifest, "spec.topology.workers.machineDeployments", workers);
  }

  ir::ExprRef expr(ir::Expr::Node node) { return exprs.add({.node = std::move(node)}); }
  ir::ExprRef constant(Value value) { return expr(ir::Constant{std::move(value)}); }
  ir::ExprRef variable(std::string name) { return expr(ir::Variable{std::move(name)}); }
  ir::ExprRef builtin(std::string path) { return expr(ir::Builtin{std::move(path)}); }
  /// The builtin or `-`.
  ir::ExprRef guarded(const std::string& path) {
    return expr(ir::Conditional{expr(ir::Present{builtin(path)}), builtin(path), constant("-")});
  }
  ir::ExprRef spec(std::vector<std::pair<std::string, ir::ExprRef>> fields) {
    ir::RecordLiteral literal;
    for (auto& [name, value] : fields) literal.entries.push_back({name, {}, nullptr, value});
    return expr(std::move(literal));
  }

  std::variant<Desired, std::vector<Refusal>> run() { return desired_objects(stack, manifest); }
  /// `path: message`.
  std::vector<std::string> refusals() {
    const auto outcome = run();
    std::vector<std::string> texts;
    for (const Refusal& refusal : std::get<std::vector<Refusal>>(outcome))
      texts.push_back(refusal.path + ": " + refusal.message());
    return texts;
  }

  /// The n-th object as JSON below a path of fields.
  std::string object(std::size_t index, std::initializer_list<std::string_view> path = {}) {
    const auto result = run();
    if (const auto* wrong = std::get_if<std::vector<Refusal>>(&result))
      return wrong->front().message();
    const Value* value = &std::get<Desired>(result).objects.at(index);
    for (const std::string_view name : path) {
      value = value->if_record() == nullptr ? nullptr : value->if_record()->find(name);
      if (value == nullptr) return "absent";
    }
    return to_json(*value);
  }

  types::TypeStore types;
  ir::ExprStore exprs;
  ir::Stack stack;
  Record manifest;
  List workers;
};

TEST_F(DesiredObjects, MakesAnInfrastructureClusterThatSeesTheClusterOnly) {
  EXPECT_EQ(
      object(0),
      R"({"apiVersion":"infrastructure.cluster.x-k8s.io/v1beta1","kind":"OpenStackCluster","metadata":{"name":"c1-bbbbb",)"
      R"("namespace":"default","labels":{"cluster.x-k8s.io/cluster-name":"c1","topology.cluster.x-k8s.io/owned":""}},)"
      R"("spec":{"cluster":"c1","none":"-"}})");
}

TEST_F(DesiredObjects, MakesAControlPlaneWithVersionReplicasAndMachines) {
  set_at(manifest, "spec.topology.controlPlane.metadata.labels", record({{"tier", "own"}}));
  EXPECT_EQ(
      object(1, {"metadata", "labels"}),
      R"({"tier":"own","cluster.x-k8s.io/cluster-name":"c1","topology.cluster.x-k8s.io/owned":""})");
  EXPECT_EQ(
      object(1, {"spec"}),
      R"({"name":"c1-bbbbb","machines":"c1-bbbbb","machineTemplate":{"metadata":{"labels":{"team":"a","tier":"own",)"
      R"("cluster.x-k8s.io/cluster-name":"c1","topology.cluster.x-k8s.io/owned":""}},"infrastructureRef":)"
      R"({"apiVersion":"infrastructure.cluster.x-k8s.io/v1beta1","kind":"OpenStackMachineTemplate","name":"c1-bbbbb",)"
      R"("namespace":"default"}},"replicas":3,"version":"v1.34.7"})");
}

TEST_F(DesiredObjects, PutsReferencesAndTimeoutsWhereTheContractV1beta2WantsThem) {
  use("v1beta2");
  manifest.set("apiVersion", "cluster.x-k8s.io/v1beta2");
  set_at(manifest, "spec.topology",
         record({{"classRef", record({{"name", "scs2"}})}, {"version", "v1.34.7"}}));
  set_at(manifest, "spec.topology.controlPlane.deletion.nodeDrainTimeoutSeconds", 60);
  add_workers(
      "md-1",
      record({{"deletion", record({{"order", "Oldest"}, {"nodeDrainTimeoutSeconds", 30}})}}));
  EXPECT_EQ(
      object(1, {"spec", "machineTemplate", "spec"}),
      R"({"infrastructureRef":{"apiGroup":"infrastructure.cluster.x-k8s.io","kind":"OpenStackMachineTemplate",)"
      R"("name":"c1-bbbbb"},"deletion":{"nodeDrainTimeoutSeconds":60}})");
  EXPECT_EQ(object(8, {"spec", "deletion"}), R"({"order":"Oldest"})");
  EXPECT_EQ(object(8, {"spec", "template", "spec", "deletion"}),
            R"({"nodeDrainTimeoutSeconds":30})");
}

TEST_F(DesiredObjects, MakesTemplatesPerMachineDeployment) {
  EXPECT_EQ(object(2, {"spec"}), R"({"template":{"spec":{"flavor":"small","replicas":3}}})");
  EXPECT_EQ(object(3, {"kind"}), R"("KubeadmConfigTemplate")");
  EXPECT_EQ(object(3, {"spec"}), R"({"template":{"spec":{"version":"v1.34.7"}}})");
  EXPECT_EQ(
      object(4, {"metadata"}),
      R"({"name":"c1-md-0-bbbbb","namespace":"default","labels":{"cluster.x-k8s.io/cluster-name":"c1",)"
      R"("topology.cluster.x-k8s.io/owned":"","topology.cluster.x-k8s.io/deployment-name":"md-0"}})");
  EXPECT_EQ(object(4, {"spec"}), R"({"template":{"spec":{"flavor":"small","workers":"md-0"}}})");
}

TEST_F(DesiredObjects, MakesTheMachineDeployment) {
  add_workers(
      "md-1",
      record(
          {{"replicas", 2},
           {"failureDomain", "z1"},
           {"nodeDrainTimeout", "10m"},
           {"metadata",
            record({{"annotations",
                     record({{"a", "b"}, {"topology.cluster.x-k8s.io/defer-upgrade", ""}})}})}}));
  EXPECT_EQ(object(8, {"metadata", "annotations"}), R"({"a":"b"})");
  EXPECT_EQ(
      object(8, {"spec"}),
      R"({"clusterName":"c1","replicas":2,"selector":{"matchLabels":{"cluster.x-k8s.io/cluster-name":"c1",)"
      R"("topology.cluster.x-k8s.io/owned":"","topology.cluster.x-k8s.io/deployment-name":"md-1"}},"template":{"metadata":)"
      R"({"labels":{"cluster.x-k8s.io/cluster-name":"c1","topology.cluster.x-k8s.io/owned":"",)"
      R"("topology.cluster.x-k8s.io/deployment-name":"md-1"},"annotations":{"a":"b"}},"spec":{"clusterName":"c1",)"
      R"("version":"v1.34.7","bootstrap":{"configRef":{"apiVersion":"bootstrap.cluster.x-k8s.io/v1beta1",)"
      R"("kind":"KubeadmConfigTemplate","name":"c1-md-1-bbbbb","namespace":"default"}},"infrastructureRef":)"
      R"({"apiVersion":"infrastructure.cluster.x-k8s.io/v1beta1","kind":"OpenStackMachineTemplate","name":"c1-md-1-bbbbb",)"
      R"("namespace":"default"},"failureDomain":"z1","nodeDrainTimeout":"10m"}}})");
}

TEST_F(DesiredObjects, AppliesOverridesToTheirItemsOnly) {
  set_at(manifest, "spec.topology.variables",
         List{record({{"name", "flavor"}, {"value", "wide"}})});
  set_at(manifest, "spec.topology.controlPlane.variables.overrides",
         List{record({{"name", "flavor"}, {"value", "cp"}})});
  add_workers(
      "md-1",
      record({{"variables",
               record({{"overrides", List{record({{"name", "flavor"}, {"value", "own"}})}}})}}));
  EXPECT_EQ(object(2, {"spec", "template", "spec", "flavor"}), R"("cp")");
  EXPECT_EQ(object(4, {"spec", "template", "spec", "flavor"}), R"("wide")");
  EXPECT_EQ(object(7, {"spec", "template", "spec", "flavor"}), R"("own")");
}

TEST_F(DesiredObjects, ShowsTheClusterWithDefaultedVariablesAndReferences) {
  set_at(manifest, "spec.topology.version", "1.34.7");
  set_at(manifest, "metadata.labels", record({{"a", "b"}}));
  EXPECT_EQ(
      object(6, {"metadata", "labels"}),
      R"({"a":"b","cluster.x-k8s.io/cluster-name":"c1","topology.cluster.x-k8s.io/owned":""})");
  EXPECT_EQ(object(6, {"spec", "topology", "variables"}), R"([{"name":"flavor","value":"small"}])");
  EXPECT_EQ(object(6, {"spec", "topology", "version"}), R"("v1.34.7")");
  EXPECT_EQ(
      object(6, {"spec", "infrastructureRef"}),
      R"({"apiVersion":"infrastructure.cluster.x-k8s.io/v1beta1","kind":"OpenStackCluster","name":"c1-bbbbb","namespace":"default"})");
  EXPECT_EQ(object(6, {"spec", "controlPlaneRef", "kind"}), R"("KubeadmControlPlane")");
}

TEST_F(DesiredObjects, CutsLongNamesBeforeTheSuffix) {
  set_at(manifest, "metadata.name", std::string(63, 'a'));
  EXPECT_EQ(object(0, {"metadata", "name"}), "\"" + std::string(58, 'a') + "bbbbb\"");
}

TEST_F(DesiredObjects, RefusesWhatItsClassDoesNotKnow) {
  workers.clear();
  add_workers("md-0", {});
  workers[0].if_record()->set("class", "gpu-worker");
  set_at(manifest, "spec.topology.workers.machineDeployments", workers);
  set_at(manifest, "spec.topology.workers.machinePools",
         List{record({{"class", "pool"}, {"name", "p"}})});
  set_at(manifest, "spec.topology.variables", List{record({{"name", "flavour"}, {"value", "x"}})});
  EXPECT_THAT(
      refusals(),
      ElementsAre("spec.topology.workers.machineDeployments[0].class: the class has no workers "
                  "`gpu-worker`; it has `default-worker`",
                  "spec.topology.workers.machinePools[0].class: the class has no machine pools, so "
                  "none of class `pool`",
                  "spec.topology.variables[0].name: the class has no variable `flavour`"));
}

TEST_F(DesiredObjects, NamesTheOverrideThatIsWrong) {
  set_at(manifest, "spec.topology.controlPlane.variables.overrides",
         List{record({{"name", "flavor"}, {"value", 1}})});
  EXPECT_THAT(refusals(),
              ElementsAre("spec.topology.controlPlane.variables.overrides[0].value: variable "
                          "`flavor`: expected `String`, found an integer"));
}

TEST_F(DesiredObjects, WantsAnOddNumberOfControlPlanesWithStackedEtcd) {
  const std::string path = "spec.topology.controlPlane.replicas";
  set_at(manifest, path, 2);
  EXPECT_THAT(refusals(),
              ElementsAre(path + ": 2 control planes, but etcd beside them needs an odd "
                                 "number"));
  const Value external =
      record({{"clusterConfiguration", record({{"etcd", record({{"external", Record()}})}})}});
  stack.templates[1].spec = spec({{"kubeadmConfigSpec", constant(external)}});
  EXPECT_EQ(object(1, {"spec", "replicas"}), "2");
  set_at(manifest, path, 0);
  EXPECT_THAT(refusals(), ElementsAre(path + ": 0 control planes, at least 1 required"));
}

TEST_F(DesiredObjects, RefusesTimeoutsOfAnotherApiVersion) {
  use("v1beta2");
  set_at(manifest, "spec.topology.controlPlane.nodeDrainTimeout", "10m");
  EXPECT_THAT(refusals(),
              ElementsAre("spec.topology.controlPlane.nodeDrainTimeout: a control plane of "
                          "`controlplane.cluster.x-k8s.io/v1beta2` takes `nodeDrainTimeout` in its "
                          "own API version only; the Cluster is `cluster.x-k8s.io/v1beta1`"));
}

}  // namespace
}  // namespace stackc::topology
