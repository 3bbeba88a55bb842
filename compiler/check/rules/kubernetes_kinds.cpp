#include "compiler/check/rules/kubernetes_kinds.h"

#include <algorithm>
#include <array>
#include <vector>

#include "compiler/base/text.h"

namespace stackc::check {
namespace {

constexpr std::string_view core = "v1";  // the only version of the group without a name

// Kubernetes API reference, v1.34: what is stored, and so can be waited for.
constexpr std::array<KubernetesKind, 52> kinds{{
    {core, "ConfigMap"},
    {core, "Endpoints"},
    {core, "Event"},
    {core, "LimitRange"},
    {core, "Namespace"},
    {core, "Node"},
    {core, "PersistentVolume"},
    {core, "PersistentVolumeClaim"},
    {core, "Pod"},
    {core, "PodTemplate"},
    {core, "ReplicationController"},
    {core, "ResourceQuota"},
    {core, "Secret"},
    {core, "Service"},
    {core, "ServiceAccount"},
    {"apps/v1", "ControllerRevision"},
    {"apps/v1", "DaemonSet"},
    {"apps/v1", "Deployment"},
    {"apps/v1", "ReplicaSet"},
    {"apps/v1", "StatefulSet"},
    {"batch/v1", "CronJob"},
    {"batch/v1", "Job"},
    {"autoscaling/v1", "HorizontalPodAutoscaler"},
    {"autoscaling/v2", "HorizontalPodAutoscaler"},
    {"policy/v1", "PodDisruptionBudget"},
    {"networking.k8s.io/v1", "Ingress"},
    {"networking.k8s.io/v1", "IngressClass"},
    {"networking.k8s.io/v1", "IPAddress"},
    {"networking.k8s.io/v1", "NetworkPolicy"},
    {"networking.k8s.io/v1", "ServiceCIDR"},
    {"rbac.authorization.k8s.io/v1", "ClusterRole"},
    {"rbac.authorization.k8s.io/v1", "ClusterRoleBinding"},
    {"rbac.authorization.k8s.io/v1", "Role"},
    {"rbac.authorization.k8s.io/v1", "RoleBinding"},
    {"storage.k8s.io/v1", "CSIDriver"},
    {"storage.k8s.io/v1", "CSINode"},
    {"storage.k8s.io/v1", "CSIStorageCapacity"},
    {"storage.k8s.io/v1", "StorageClass"},
    {"storage.k8s.io/v1", "VolumeAttachment"},
    {"storage.k8s.io/v1", "VolumeAttributesClass"},
    {"apiextensions.k8s.io/v1", "CustomResourceDefinition"},
    {"apiregistration.k8s.io/v1", "APIService"},
    {"coordination.k8s.io/v1", "Lease"},
    {"scheduling.k8s.io/v1", "PriorityClass"},
    {"admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"},
    {"admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy"},
    {"admissionregistration.k8s.io/v1", "MutatingAdmissionPolicyBinding"},
    {"admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy"},
    {"admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding"},
    {"admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"},
    {"discovery.k8s.io/v1", "EndpointSlice"},
    {"node.k8s.io/v1", "RuntimeClass"},
}};

std::string_view group_of(std::string_view api_version) {
  return api_version.substr(0, api_version.find('/'));
}

/// A stable version, as in `v2`; others may be served until they are stable.
bool is_stable(std::string_view api_version) {
  const std::string_view version = api_version.substr(api_version.find('/') + 1);
  return version.starts_with('v') && version.find_first_not_of("0123456789", 1) == version.npos;
}

/// The kind of the only group that could be meant: that of a group without a dot, which no other
/// program has (the API server demands one of CustomResourceDefinitions), or of another version.
std::optional<KubernetesKind> kind_elsewhere(std::string_view api_version, std::string_view kind) {
  const std::string_view group = group_of(api_version);
  const auto known = std::ranges::find(kinds, kind, &KubernetesKind::kind);
  if (known == kinds.end()) return std::nullopt;
  const bool is_group_of_kubernetes = std::ranges::any_of(
      kinds, [&](const KubernetesKind& one) { return group_of(one.api_version) == group; });
  const bool has_other_version = group_of(known->api_version) == group && is_stable(api_version);
  const bool is_no_group = !is_group_of_kubernetes && group.find('.') == group.npos;
  return has_other_version || is_no_group ? std::optional(*known) : std::nullopt;
}

}  // namespace

std::optional<KubernetesKind> wrong_kind(std::string_view api_version, std::string_view kind) {
  std::vector<std::string_view> here;
  for (const KubernetesKind& known : kinds) {
    if (known.api_version == api_version) here.push_back(known.kind);
  }
  // A group has a dot, or is one of Kubernetes; a version alone means its first group.
  const bool of_core = api_version.find('/') == api_version.npos;
  if (here.empty() && !of_core) return kind_elsewhere(api_version, kind);
  if (std::ranges::find(here, kind) != here.end()) return std::nullopt;
  for (const KubernetesKind& known : kinds) {
    const bool is_meant =
        known.api_version == api_version ? folded(known.kind) == folded(kind) : known.kind == kind;
    if (is_meant) return known;
  }
  const std::string_view near = nearest(kind, here).name;
  if (near.empty()) return std::nullopt;
  return KubernetesKind{api_version, near};
}

}  // namespace stackc::check
