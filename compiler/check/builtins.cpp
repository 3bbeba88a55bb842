#include "compiler/check/builtins.h"

#include <algorithm>

namespace stackc::check {

std::vector<std::string_view> builtin_paths() {
  std::vector<std::string_view> paths;
  for (const ir::BuiltinVariable& variable : ir::builtins()) paths.push_back(variable.path);
  return paths;
}

bool is_builtin_prefix(std::string_view path) {
  return path.empty() ||
         std::ranges::any_of(ir::builtins(), [&](const ir::BuiltinVariable& variable) {
           return variable.path.starts_with(path) &&
                  variable.path.substr(path.size()).starts_with('.');
         });
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
  for (const ir::BuiltinVariable& variable : ir::builtins()) {
    const bool is_own =
        variable.where != ir::BuiltinVariable::Where::Everywhere && variable.is_seen_by(role);
    if (is_own && variable.path.substr(variable.path.find('.')) == of_any_object)
      return variable.path;
  }
  return {};
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
  for (const ir::BuiltinVariable& variable : ir::builtins()) {
    if (has_one_step_more(path, variable.path) || has_one_step_more(variable.path, path))
      return variable.path;
  }
  return {};
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
