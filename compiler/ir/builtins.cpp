#include "compiler/ir/builtins.h"

#include <algorithm>
#include <array>

namespace stackc::ir {
namespace {

using Shape = BuiltinVariable::Shape;
using Where = BuiltinVariable::Where;

constexpr std::array<BuiltinVariable, 24> all{{
    {"cluster.name", Shape::Label, false, Where::Everywhere, true},
    {"cluster.namespace", Shape::Label, false, Where::Everywhere, true},
    {"cluster.metadata.labels", Shape::TextMap, true, Where::Everywhere, false},
    {"cluster.metadata.annotations", Shape::TextMap, true, Where::Everywhere, false},
    {"cluster.topology.version", Shape::Text, false, Where::Everywhere, true},
    {"cluster.topology.class", Shape::Text, false, Where::Everywhere, true},
    {"cluster.network.serviceDomain", Shape::Text, true, Where::Everywhere, true},
    {"cluster.network.services", Shape::Texts, true, Where::Everywhere, true},
    {"cluster.network.pods", Shape::Texts, true, Where::Everywhere, true},
    {"controlPlane.name", Shape::Label, false, Where::ControlPlane, true},
    {"controlPlane.version", Shape::Text, false, Where::ControlPlane, true},
    {"controlPlane.replicas", Shape::Number, true, Where::ControlPlane, true},
    {"controlPlane.metadata.labels", Shape::TextMap, true, Where::ControlPlane, false},
    {"controlPlane.metadata.annotations", Shape::TextMap, true, Where::ControlPlane, false},
    {"controlPlane.machineTemplate.infrastructureRef.name", Shape::Label, false,
     Where::ControlPlane, true},
    {"machineDeployment.version", Shape::Text, false, Where::Workers, true},
    {"machineDeployment.class", Shape::Label, false, Where::Workers, true},
    {"machineDeployment.name", Shape::Label, false, Where::Workers, true},
    {"machineDeployment.topologyName", Shape::Label, false, Where::Workers, true},
    {"machineDeployment.replicas", Shape::Number, true, Where::Workers, true},
    {"machineDeployment.metadata.labels", Shape::TextMap, true, Where::Workers, false},
    {"machineDeployment.metadata.annotations", Shape::TextMap, true, Where::Workers, false},
    {"machineDeployment.bootstrap.configRef.name", Shape::Label, false, Where::Workers, true},
    {"machineDeployment.infrastructureRef.name", Shape::Label, false, Where::Workers, true},
}};

}  // namespace

bool BuiltinVariable::is_seen_by(Role role) const {
  switch (where) {
    case Where::Everywhere:
      return true;
    case Where::ControlPlane:
      return role == Role::ControlPlane || role == Role::ControlPlaneMachine;
    case Where::Workers:
      return role == Role::Bootstrap || role == Role::Machine;
  }
  return false;
}

std::span<const BuiltinVariable> builtins() {
  return all;
}

const BuiltinVariable* find_builtin(std::string_view path) {
  const auto found = std::ranges::find(all, path, &BuiltinVariable::path);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace stackc::ir
