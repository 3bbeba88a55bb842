#include "compiler/check/rules/kubeadm_names.h"

#include <algorithm>
#include <vector>

#include "compiler/base/ascii.h"
#include "compiler/check/meant.h"

namespace stackc::check {
namespace {

// Of kubeadm 1.28 to 1.36: what `kubeadm init phase`, `join phase` and their sources define.
const std::vector<std::string_view> phases{"addon",
                                           "addon/all",
                                           "addon/coredns",
                                           "addon/kube-proxy",
                                           "bootstrap-token",
                                           "certs",
                                           "certs/all",
                                           "certs/apiserver",
                                           "certs/apiserver-etcd-client",
                                           "certs/apiserver-kubelet-client",
                                           "certs/ca",
                                           "certs/etcd-ca",
                                           "certs/etcd-healthcheck-client",
                                           "certs/etcd-peer",
                                           "certs/etcd-server",
                                           "certs/front-proxy-ca",
                                           "certs/front-proxy-client",
                                           "certs/sa",
                                           "control-plane",
                                           "control-plane-join",
                                           "control-plane-join/all",
                                           "control-plane-join/etcd",
                                           "control-plane-join/mark-control-plane",
                                           "control-plane-join/update-status",
                                           "control-plane-prepare",
                                           "control-plane-prepare/all",
                                           "control-plane-prepare/certs",
                                           "control-plane-prepare/control-plane",
                                           "control-plane-prepare/download-certs",
                                           "control-plane-prepare/kubeconfig",
                                           "control-plane/all",
                                           "control-plane/apiserver",
                                           "control-plane/controller-manager",
                                           "control-plane/scheduler",
                                           "etcd",
                                           "etcd-join",
                                           "etcd/local",
                                           "kubeconfig",
                                           "kubeconfig/admin",
                                           "kubeconfig/all",
                                           "kubeconfig/controller-manager",
                                           "kubeconfig/kubelet",
                                           "kubeconfig/scheduler",
                                           "kubeconfig/super-admin",
                                           "kubelet-finalize",
                                           "kubelet-finalize/all",
                                           "kubelet-finalize/enable-client-cert-rotation",
                                           "kubelet-finalize/experimental-cert-rotation",
                                           "kubelet-start",
                                           "kubelet-wait-bootstrap",
                                           "mark-control-plane",
                                           "preflight",
                                           "show-join-command",
                                           "upload-certs",
                                           "upload-config",
                                           "upload-config/all",
                                           "upload-config/kubeadm",
                                           "upload-config/kubelet",
                                           "wait-control-plane"};

// Likewise of its package `features`.
const std::vector<std::string_view> feature_gates{"ControlPlaneKubeletLocalMode",
                                                  "EtcdLearnerMode",
                                                  "IPv6DualStack",
                                                  "NodeLocalCRISocket",
                                                  "PublicKeysECDSA",
                                                  "RootlessControlPlane",
                                                  "UnversionedKubeletConfigMap",
                                                  "UpgradeAddonsBeforeControlPlane",
                                                  "WaitForAllControlPlaneComponents"};

/// Closer than two names of kubeadm's own are.
Nearest close(std::string_view text, const std::vector<std::string_view>& names) {
  constexpr std::size_t shortest = 5;  // two edits make anything of a shorter one
  const bool is_one = std::ranges::find(names, text) != names.end();
  return text.size() < shortest || is_one ? Nearest{} : meant_of_alike(text, names);
}

}  // namespace

Nearest meant_phase(std::string_view text) {
  return close(text, phases);
}

Nearest meant_feature_gate(std::string_view text) {
  const Nearest near = close(text, feature_gates);
  if (!near.empty()) return near;
  constexpr std::size_t shortest = 10;  // with less, a later gate may begin like another one
  const auto lacks_a_word = [&](std::string_view gate) {
    return text.size() >= shortest && gate.size() > text.size() && gate.starts_with(text) &&
           !is_lower_case(gate[text.size()]);
  };
  const auto longer = std::ranges::find_if(feature_gates, lacks_a_word);
  return longer == feature_gates.end() ? Nearest{} : Nearest{.name = *longer, .only = true};
}

}  // namespace stackc::check
