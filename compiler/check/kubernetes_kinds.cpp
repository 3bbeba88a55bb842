#include "compiler/check/kubernetes_kinds.h"

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

}  // namespace

std::optional<KubernetesKind> wrong_kind(std::string_view api_version, std::string_view kind) {
  std::vector<std::string_view> here;
  for (const KubernetesKind& known : kinds) {
    if (known.api_version == api_version) here.push_back(known.kind);
  }
  // A group has a dot, or is one of Kubernetes; a version alone means its first group.
  const bool of_core = api_version.find('/') == api_version.npos;
  if ((here.empty() && !of_core) || std::ranges::find(here, kind) != here.end())
    return std::nullopt;
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
