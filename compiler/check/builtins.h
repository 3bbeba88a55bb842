#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "compiler/ir/builtins.h"

namespace stackc::check {

/// Objects that the operator offers to the values of an add-on.
inline constexpr std::array<std::string_view, 3> live_object_names{"cluster", "controlPlane",
                                                                   "infraCluster"};
/// Functions of the language.
inline constexpr std::array<std::string_view, 4> function_names{"size", "startsWith", "endsWith",
                                                                "contains"};

/// The paths of all builtins of Cluster API, for suggestions.
std::vector<std::string_view> builtin_paths();
/// Whether `path` is the beginning of a builtin's path.
bool is_builtin_prefix(std::string_view path);
/// The builtin with the version of this object itself, which differs from that of the Cluster while
/// an upgrade is under way; empty if it has none.
std::string_view own_version(ir::Role role);
/// The builtin of this object that says what `path` says of another one, as
/// `machineDeployment.name` for `controlPlane.name`; empty if there is none.
std::string_view counterpart(std::string_view path, ir::Role role);
/// The builtin that `path` has one step too many or too few for, as `cluster.name` for
/// `cluster.metadata.name`; empty if there is none.
std::string_view near_builtin(std::string_view path);
/// The field of a live object that says to an add-on what `path` says to a template; empty if there
/// is none.
std::string_view live_counterpart(std::string_view path);
/// "the infrastructure of the cluster", "the machines of the control plane" …
std::string_view describe(ir::Role role);

}  // namespace stackc::check
