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

std::string_view counterpart(std::string_view path, ir::Role role) {
  const std::string_view of_any_object = path.substr(std::min(path.find('.'), path.size()));
  if (role == ir::Role::InfrastructureCluster && of_any_object == ".version")
    return "cluster.topology.version";
  const auto found = std::ranges::find_if(all, [&](const BuiltinVariable& variable) {
    return variable.where != Where::Everywhere && available(variable, role) &&
           variable.path.substr(variable.path.find('.')) == of_any_object;
  });
  return found == all.end() ? std::string_view{} : found->path;
}

namespace {

/// Whether the longer path is the shorter one with a step in between.
bool has_one_step_more(std::string_view longer, std::string_view shorter) {
  for (std::size_t dot = longer.find('.'); dot != std::string_view::npos;
       dot = longer.find('.', dot + 1)) {
    const std::size_t next = longer.find('.', dot + 1);
    if (next == std::string_view::npos) return false;
    const std::size_t step = next - dot;
    if (longer.size() == shorter.size() + step && longer.substr(0, dot) == shorter.substr(0, dot) &&
        longer.substr(next) == shorter.substr(dot))
      return true;
  }
  return false;
}

}  // namespace

std::string_view near_builtin(std::string_view path) {
  const auto found = std::ranges::find_if(all, [&](const BuiltinVariable& variable) {
    return has_one_step_more(path, variable.path) || has_one_step_more(variable.path, path);
  });
  return found == all.end() ? std::string_view{} : found->path;
}

std::string_view live_counterpart(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> live{{
      {"cluster.name", "cluster.metadata.name"},
      {"cluster.namespace", "cluster.metadata.namespace"},
      {"cluster.topology.version", "cluster.spec.topology.version"},
      {"cluster.topology.class", "cluster.spec.topology.class"},
      {"controlPlane.name", "controlPlane.metadata.name"},
      {"controlPlane.version", "controlPlane.spec.version"},
  }};
  const auto found =
      std::ranges::find(live, path, &std::pair<std::string_view, std::string_view>::first);
  return found == live.end() ? std::string_view{} : found->second;
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
