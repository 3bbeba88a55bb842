#include "compiler/check/builtins.h"

#include <algorithm>
#include <array>

namespace stackc::check {
namespace {

using Shape = BuiltinVariable::Shape;
using Where = BuiltinVariable::Where;

constexpr std::array<BuiltinVariable, 24> all{{
    {"cluster.name", Shape::Label, false, Where::Everywhere},
    {"cluster.namespace", Shape::Label, false, Where::Everywhere},
    {"cluster.metadata.labels", Shape::TextMap, true, Where::Everywhere},
    {"cluster.metadata.annotations", Shape::TextMap, true, Where::Everywhere},
    {"cluster.topology.version", Shape::Text, false, Where::Everywhere},
    {"cluster.topology.class", Shape::Text, false, Where::Everywhere},
    {"cluster.network.serviceDomain", Shape::Text, true, Where::Everywhere},
    {"cluster.network.services", Shape::Texts, true, Where::Everywhere},
    {"cluster.network.pods", Shape::Texts, true, Where::Everywhere},
    {"controlPlane.name", Shape::Label, false, Where::ControlPlane},
    {"controlPlane.version", Shape::Text, false, Where::ControlPlane},
    {"controlPlane.replicas", Shape::Number, true, Where::ControlPlane},
    {"controlPlane.metadata.labels", Shape::TextMap, true, Where::ControlPlane},
    {"controlPlane.metadata.annotations", Shape::TextMap, true, Where::ControlPlane},
    {"controlPlane.machineTemplate.infrastructureRef.name", Shape::Label, false,
     Where::ControlPlane},
    {"machineDeployment.version", Shape::Text, false, Where::Workers},
    {"machineDeployment.class", Shape::Label, false, Where::Workers},
    {"machineDeployment.name", Shape::Label, false, Where::Workers},
    {"machineDeployment.topologyName", Shape::Label, false, Where::Workers},
    {"machineDeployment.replicas", Shape::Number, true, Where::Workers},
    {"machineDeployment.metadata.labels", Shape::TextMap, true, Where::Workers},
    {"machineDeployment.metadata.annotations", Shape::TextMap, true, Where::Workers},
    {"machineDeployment.bootstrap.configRef.name", Shape::Label, false, Where::Workers},
    {"machineDeployment.infrastructureRef.name", Shape::Label, false, Where::Workers},
}};

}  // namespace

const BuiltinVariable* find_builtin(std::string_view path) {
  const auto found = std::ranges::find(all, path, &BuiltinVariable::path);
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string_view> builtin_paths() {
  std::vector<std::string_view> paths;
  for (const auto& variable : all) paths.push_back(variable.path);
  return paths;
}

bool is_builtin_prefix(std::string_view path) {
  return path.empty() || std::ranges::any_of(all, [&](const BuiltinVariable& variable) {
           return variable.path.starts_with(path) &&
                  variable.path.substr(path.size()).starts_with('.');
         });
}

bool available(const BuiltinVariable& variable, ir::Role role) {
  const bool control_plane =
      role == ir::Role::ControlPlane || role == ir::Role::ControlPlaneMachine;
  const bool workers = role == ir::Role::Bootstrap || role == ir::Role::Machine;
  switch (variable.where) {
    case Where::Everywhere:
      return true;
    case Where::ControlPlane:
      return control_plane;
    case Where::Workers:
      return workers;
  }
  return false;
}

std::string_view own_version(ir::Role role) {
  switch (role) {
    case ir::Role::InfrastructureCluster:
      return "";
    case ir::Role::ControlPlane:
    case ir::Role::ControlPlaneMachine:
      return "builtin.controlPlane.version";
    case ir::Role::Bootstrap:
    case ir::Role::Machine:
      return "builtin.machineDeployment.version";
  }
  return "";
}

std::string_view describe(ir::Role role) {
  switch (role) {
    case ir::Role::InfrastructureCluster:
      return "the infrastructure of the cluster";
    case ir::Role::ControlPlane:
      return "the control plane";
    case ir::Role::ControlPlaneMachine:
      return "the machines of the control plane";
    case ir::Role::Bootstrap:
      return "the bootstrap configuration of workers";
    case ir::Role::Machine:
      return "the machines of workers";
  }
  return "";
}

}  // namespace stackc::check
