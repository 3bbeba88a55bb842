#include "compiler/check/rules/known_keys.h"

#include <algorithm>
#include <array>
#include <vector>

#include "compiler/check/meant.h"

namespace stackc::check {
namespace {

constexpr std::array<std::string_view, 27> known{
    "beta.kubernetes.io/arch",
    "beta.kubernetes.io/instance-type",
    "beta.kubernetes.io/os",
    "failure-domain.beta.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone",
    "kubernetes.io/arch",
    "kubernetes.io/hostname",
    "kubernetes.io/os",
    "node.cloudprovider.kubernetes.io/shutdown",
    "node.cloudprovider.kubernetes.io/uninitialized",
    "node.cluster.x-k8s.io/outdated-revision",
    "node.cluster.x-k8s.io/uninitialized",
    "node.kubernetes.io/disk-pressure",
    "node.kubernetes.io/exclude-from-external-load-balancers",
    "node.kubernetes.io/instance-type",
    "node.kubernetes.io/memory-pressure",
    "node.kubernetes.io/network-unavailable",
    "node.kubernetes.io/not-ready",
    "node.kubernetes.io/out-of-service",
    "node.kubernetes.io/pid-pressure",
    "node.kubernetes.io/unreachable",
    "node.kubernetes.io/unschedulable",
    "node.kubernetes.io/windows-build",
    "node-role.kubernetes.io/control-plane",
    "node-role.kubernetes.io/master",
    "topology.kubernetes.io/region",
    "topology.kubernetes.io/zone",
};

bool is_own_domain(std::string_view domain) {
  return domain == "kubernetes.io" || domain == "k8s.io" || domain.ends_with(".kubernetes.io") ||
         domain.ends_with(".k8s.io") || domain.ends_with(".x-k8s.io");
}

}  // namespace

Nearest meant_key(std::string_view key) {
  constexpr std::size_t longest = 100;
  const bool is_known = std::ranges::find(known, key) != known.end();
  if (is_known || key.size() > longest || !is_own_domain(key.substr(0, key.find('/')))) return {};
  return meant_of_alike(key, {known.begin(), known.end()});
}

}  // namespace stackc::check
