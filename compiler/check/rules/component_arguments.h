#pragma once

#include <string_view>
#include <vector>

namespace stackc::check {

/// What kubeadm starts with extra arguments.
struct Component {
  std::string_view name;                    // `kube-apiserver`
  std::string_view path;                    // of the arguments, below a kubeadm configuration
  std::vector<std::string_view> arguments;  // that it knows, in some release or other; sorted
};

const std::vector<Component>& components();

/// Whether the lists hold all arguments of a release of Kubernetes, given like `1.34`. Those of
/// etcd are never complete: a stack may choose another release of it.
bool knows_all_arguments_of(std::string_view kubernetes_minor);

}  // namespace stackc::check
