#include "compiler/check/rules/argument_values.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "compiler/check/meant.h"
#include "compiler/check/rules/text_forms.h"

namespace stackc::check {
namespace {

struct Form {
  std::string_view arguments;  // with a blank before and behind each
  TextForm form;
  std::string_view is;            // continues "`v` …"
  std::string_view program = "";  // empty: every one that has such an argument
};

// The references of the components (kubernetes.io, etcd.io) say what each argument takes.
constexpr std::array<Form, 32> forms{{
    {" aggregator-reject-forwarding-redirect allocate-node-cidrs allow-privileged "
     "allow-untagged-cloud anonymous-auth audit-log-batch-throttle-enable audit-log-compress "
     "audit-log-truncate-enabled audit-webhook-batch-throttle-enable "
     "audit-webhook-truncate-enabled authentication-skip-lookup authentication-token-webhook "
     "authentication-tolerate-lookup-failure auto-tls cgroups-per-qos client-cert-auth "
     "configure-cloud-routes contention-profiling cpu-cfs-quota "
     "disable-attach-detach-reconcile-sync disable-force-detach-on-timeout disable-http2-serving "
     "enable-aggregator-routing enable-bootstrap-token-auth enable-controller-attach-detach "
     "enable-debugging-handlers enable-dynamic-provisioning enable-garbage-collector "
     "enable-hostpath-provisioner enable-leader-migration enable-logs-handler enable-pprof "
     "enable-priority-and-fairness enable-server encryption-provider-config-automatic-reload "
     "exit-on-lock-contention fail-cgroupv1 fail-swap-on force-new-cluster "
     "kernel-memcg-notification leader-elect local-storage-capacity-isolation "
     "log-json-split-stream log-text-split-stream make-iptables-util-chains peer-auto-tls "
     "peer-client-cert-auth permit-address-sharing permit-port-sharing pre-vote profiling "
     "protect-kernel-defaults register-node register-schedulable rotate-certificates "
     "rotate-server-certificates seccomp-default serialize-image-pulls "
     "service-account-extend-token-expiration service-account-lookup shutdown-send-retry-after "
     "socket-reuse-address socket-reuse-port strict-reconfig-check unsafe-no-fsync "
     "use-service-account-credentials watch-cache ",
     {"^true$|^false$|^(True|False|TRUE|FALSE|t|f|T|F|1|0)$"},
     "is `true` or `false`"},
    {" apiserver-count audit-log-maxage audit-log-maxbackup audit-log-maxsize "
     "concurrent-deployment-syncs concurrent-endpoint-syncs concurrent-gc-syncs "
     "concurrent-namespace-syncs concurrent-replicaset-syncs concurrent-resource-quota-syncs "
     "concurrent-service-endpoint-syncs concurrent-service-syncs "
     "concurrent-serviceaccount-token-syncs concurrent-statefulset-syncs "
     "container-log-max-files default-not-ready-toleration-seconds "
     "default-unreachable-toleration-seconds default-watch-cache-size "
     "delete-collection-workers event-burst event-qps image-gc-high-threshold "
     "image-gc-low-threshold kube-api-burst large-cluster-size-threshold "
     "max-mutating-requests-inflight max-open-files max-pods max-request-bytes "
     "max-requests-inflight max-snapshots max-txn-ops max-wals min-request-timeout "
     "node-cidr-mask-size node-cidr-mask-size-ipv4 node-cidr-mask-size-ipv6 "
     "node-status-max-images oom-score-adj pod-max-pids pods-per-core quota-backend-bytes "
     "registry-burst registry-qps snapshot-count terminated-pod-gc-threshold v ",
     {"^[-+]?[0-9]+$"},
     "is a whole number"},
    {" election-timeout heartbeat-interval ", {"^[0-9]+$"}, "is a number of milliseconds"},
    {" attach-detach-reconcile-sync-period authentication-token-webhook-cache-ttl "
     "authorization-webhook-cache-authorized-ttl authorization-webhook-cache-unauthorized-ttl "
     "cluster-signing-duration cpu-cfs-quota-period cpu-manager-reconcile-period "
     "eviction-pressure-transition-period event-ttl file-check-frequency http-check-frequency "
     "horizontal-pod-autoscaler-cpu-initialization-period "
     "horizontal-pod-autoscaler-downscale-stabilization "
     "horizontal-pod-autoscaler-initial-readiness-delay horizontal-pod-autoscaler-sync-period "
     "leader-elect-lease-duration leader-elect-renew-deadline leader-elect-retry-period "
     "livez-grace-period minimum-image-ttl-duration namespace-sync-period "
     "node-monitor-grace-period node-monitor-period node-startup-grace-period "
     "node-status-update-frequency pvclaimbinder-sync-period request-timeout "
     "resource-quota-sync-period route-reconciliation-period runtime-request-timeout "
     "service-account-max-token-expiration shutdown-delay-duration "
     "shutdown-watch-termination-grace-period streaming-connection-idle-timeout "
     "sync-frequency ",
     duration_form, "is a duration with units, as in `40s`"},
    {" auto-compaction-retention ",
     {"^([0-9]+|([0-9]+([.][0-9]+)?(ms|s|m|h))+)$"},
     "is a duration with units, as in `8h`, or a number"},
    {" auto-compaction-mode ", {"^(periodic|revision)$"}, "is `periodic` or `revision`"},
    {" secure-port healthz-port read-only-port ", {"^[0-9]{1,5}$"}, "is the number of a port"},
    {" address advertise-address bind-address ", address_form, "is an address without a port"},
    // The others have left Kubernetes: openstack in 1.26, the last ones in 1.31.
    {" cloud-provider ", {"^(|external|aws|azure|gce|vsphere)$"}, "is `external`"},
    {" listen-metrics-urls ",
     {"^ *(https?://(0[.]0[.]0[.]0|127([.][0-9]{1,3}){3}|localhost|\\[::1?\\])?:[0-9]+|"
      "unixs?:[^ ]+) *$",
      true},
     "is a list of addresses that every node has, like `http://0.0.0.0:2381`"},
    {" service-cluster-ip-range cluster-cidr ", networks_form,
     "is one network or two, as in `10.96.0.0/12`"},
    // As ParsePortRange of apimachinery's package `net` reads it.
    {" service-node-port-range ",
     {"^ *([0-9]{1,5}([-+][0-9]{1,5})?)? *$"},
     "is a range of ports, as in `30000-32767`"},
    {" goaway-chance ",
     {"^0*([.]0*|[.]0[01][0-9]*|[.]020*)?$|^[0-9.]+[eE]-"},
     "is a part of all requests, at most `0.02`"},
    {" authorization-mode ",
     {"^(AlwaysAllow|AlwaysDeny|ABAC|Webhook|RBAC|Node)$", true},
     "is a list of `Node`, `RBAC`, `ABAC` and `Webhook`"},
    {" audit-log-format ", {"^(json|legacy)$"}, "is `json` or `legacy`"},
    {" audit-log-mode audit-webhook-mode ",
     {"^(batch|blocking|blocking-strict)$"},
     "is `batch`, `blocking` or `blocking-strict`"},
    {" endpoint-reconciler-type ",
     {"^(lease|master-count|none)$"},
     "is `lease`, `master-count` or `none`"},
    {" cgroup-driver ", {"^(cgroupfs|systemd)$"}, "is `systemd` or `cgroupfs`"},
    {" cpu-manager-policy ", {"^(none|static)$"}, "is `none` or `static`"},
    {" memory-manager-policy ", {"^(None|Static|BestEffort)$"}, "is `None` or `Static`"},
    {" topology-manager-policy ",
     {"^(none|best-effort|restricted|single-numa-node)$"},
     "is `none`, `best-effort`, `restricted` or `single-numa-node`"},
    {" topology-manager-scope ", {"^(container|pod)$"}, "is `container` or `pod`"},
    {" hairpin-mode ",
     {"^(promiscuous-bridge|hairpin-veth|none)$"},
     "is `promiscuous-bridge`, `hairpin-veth` or `none`"},
    {" container-log-max-size ",
     // A quantity as apimachinery's package `resource` reads it.
     {"^([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][0-9]+|[numkMGTPE]|[KMGTPE]i)?$"},
     "is a size, as in `10Mi`"},
    {" feature-gates ",
     // Since Kubernetes 1.31 a component may stand before the name, as in `kube:Name=true`.
     {"^ *([a-z]+:)?[A-Za-z0-9]+ *= *(true|false|True|False|TRUE|FALSE|t|f|T|F|1|0) *$|^$", true},
     "is a list like `Name=true,Other=false`"},
    {" kube-reserved system-reserved ",
     // Quantities likewise, and below.
     {"^ *(cpu|memory|ephemeral-storage|pid) *= "
      "*([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][0-9]+|[numkMGTPE]|[KMGTPE]i)? *$|^ *$",
      true},
     "is a list like `cpu=500m,memory=1Gi`"},
    {" eviction-hard eviction-soft ",
     // The signals of the kubelet's package `eviction`.
     {"^ *(memory[.]available|nodefs[.]available|nodefs[.]inodesFree|imagefs[.]available|"
      "imagefs[.]inodesFree|containerfs[.]available|containerfs[.]inodesFree|pid[.]available|"
      "allocatableMemory[.]available) *< "
      "*(([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][0-9]+|[numkMGTPE]|[KMGTPE]i)?|[0-9.]+%) *$|^$",
      true},
     "is a list like `memory.available<100Mi,nodefs.available<10%`"},
    {" eviction-soft-grace-period ",
     {"^ *(memory[.]available|nodefs[.]available|nodefs[.]inodesFree|imagefs[.]available|"
      "imagefs[.]inodesFree|containerfs[.]available|containerfs[.]inodesFree|pid[.]available|"
      "allocatableMemory[.]available) *= *(0|([0-9]+([.][0-9]*)?(ns|us|ms|s|m|h))+) *$|^$",
      true},
     "is a list like `memory.available=1m30s`"},
    {" oidc-required-claim ", {"^[^=]*="}, "is a claim and its value, as in `group=admins`"},
    {" register-with-taints ",
     {"^[^=: ]+(=[^=: ]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$|^$", true},
     "is a list like `dedicated=gpu:NoSchedule`"},
    {" tls-min-version ", {"^(|TLS1[.][23])$"}, "is written like `TLS1.2`", "etcd"},
    {" tls-min-version ", {"^(|VersionTLS1[0-3])$"}, "is written like `VersionTLS12`"},
}};

// Labels in Kubernetes' own namespaces that a kubelet may give its node: these, and whatever is
// below the prefixes (reference of the kubelet, `--node-labels`).
constexpr std::string_view own_labels =
    " beta.kubernetes.io/arch beta.kubernetes.io/instance-type beta.kubernetes.io/os "
    "failure-domain.beta.kubernetes.io/region failure-domain.beta.kubernetes.io/zone "
    "kubernetes.io/arch kubernetes.io/hostname kubernetes.io/os "
    "node.kubernetes.io/instance-type topology.kubernetes.io/region topology.kubernetes.io/zone ";
constexpr std::array<std::string_view, 2> own_prefixes{"kubelet.kubernetes.io",
                                                       "node.kubernetes.io"};

bool is_within(std::string_view domain, std::string_view parent) {
  return domain == parent ||
         (domain.ends_with(parent) && domain[domain.size() - parent.size() - 1] == '.');
}

bool may_set(std::string_view label) {
  const std::size_t slash = label.find('/');
  if (slash == std::string_view::npos) return true;
  const std::string_view domain = label.substr(0, slash);
  if (!is_within(domain, "kubernetes.io") && !is_within(domain, "k8s.io")) return true;
  return own_labels.find(fmt::format(" {} ", label)) != std::string_view::npos ||
         std::ranges::any_of(own_prefixes,
                             [&](std::string_view prefix) { return is_within(domain, prefix); });
}

std::string broken_label_rule(std::string_view labels) {
  for (std::size_t at = 0; at < labels.size();) {
    const std::size_t end = std::min(labels.find(',', at), labels.size());
    const std::string_view pair = labels.substr(at, end - at);
    at = end + 1;
    if (pair.empty()) continue;  // the kubelet passes over it
    const std::size_t equals = std::min(pair.find('='), pair.size());
    std::string_view label = pair.substr(0, equals);
    label.remove_prefix(std::min(label.find_first_not_of(' '), label.size()));
    if (!fits(label, {"^[A-Za-z0-9][A-Za-z0-9._/-]* *$"}))
      return "`node-labels` is a list like `tier=web,pool=a`";
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    if (!fits(value, {"^ *([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)? *$"}))
      return fmt::format(
          "`{}` is no value of a label: at most 63 letters, digits, `-`, `_` and `.`, with a "
          "letter or digit at both ends",
          value);
    if (!may_set(label))
      return fmt::format(
          "a node cannot give itself the label `{}`; below `kubernetes.io` it sets "
          "`node.kubernetes.io/…` only",
          label);
  }
  return "";
}

// The reference of kube-apiserver, `--enable-admission-plugins`, of Kubernetes 1.28 to 1.36.
constexpr std::array<std::string_view, 40> admission_plugins{"AlwaysAdmit",
                                                             "AlwaysDeny",
                                                             "AlwaysPullImages",
                                                             "CertificateApproval",
                                                             "CertificateSigning",
                                                             "CertificateSubjectRestriction",
                                                             "ClusterTrustBundleAttest",
                                                             "DefaultIngressClass",
                                                             "DefaultStorageClass",
                                                             "DefaultTolerationSeconds",
                                                             "DenyServiceExternalIPs",
                                                             "EventRateLimit",
                                                             "ExtendedResourceToleration",
                                                             "ImagePolicyWebhook",
                                                             "JobSchedulingValidation",
                                                             "LimitPodHardAntiAffinityTopology",
                                                             "LimitRanger",
                                                             "MutatingAdmissionPolicy",
                                                             "MutatingAdmissionWebhook",
                                                             "NamespaceAutoProvision",
                                                             "NamespaceExists",
                                                             "NamespaceLifecycle",
                                                             "NodeDeclaredFeatureValidator",
                                                             "NodeRestriction",
                                                             "OwnerReferencesPermissionEnforcement",
                                                             "PersistentVolumeClaimResize",
                                                             "PersistentVolumeLabel",
                                                             "PodNodeSelector",
                                                             "PodSecurity",
                                                             "PodTolerationRestriction",
                                                             "PodTopologyLabels",
                                                             "Priority",
                                                             "ResourceQuota",
                                                             "RuntimeClass",
                                                             "SecurityContextDeny",
                                                             "ServiceAccount",
                                                             "StorageObjectInUseProtection",
                                                             "TaintNodesByCondition",
                                                             "ValidatingAdmissionPolicy",
                                                             "ValidatingAdmissionWebhook"};

/// A plugin that is near to one that there is, or that was removed. Others may come.
ArgumentRule broken_plugin_rule(std::string_view plugins) {
  for (std::size_t at = 0; at < plugins.size();) {
    const std::size_t end = std::min(plugins.find(',', at), plugins.size());
    const std::string_view plugin = plugins.substr(at, end - at);
    at = end + 1;
    const bool was_removed = plugin == "PodSecurityPolicy";  // in 1.25
    if (std::ranges::find(admission_plugins, plugin) != admission_plugins.end()) continue;
    const Nearest near =
        was_removed ? Nearest{.name = "PodSecurity"}
                    : meant_of_alike(plugin, {admission_plugins.begin(), admission_plugins.end()});
    if (!near.empty())
      return {fmt::format("it has no admission plugin `{}`", plugin),
              fmt::format("did you mean `{}`?", near.name)};
  }
  return {};
}

/// What a class gives to all of its nodes is the address of none or of one.
bool is_of_every_node(std::string_view address) {
  return address == "0.0.0.0" || address == "::" || address == "::1" || address.starts_with("127.");
}

}  // namespace

ArgumentRule broken_rule(std::string_view program, std::string_view argument,
                         std::string_view value) {
  if (argument == "node-labels") return {broken_label_rule(value), ""};
  if (argument.ends_with("able-admission-plugins")) return broken_plugin_rule(value);
  const std::string word = fmt::format(" {} ", argument);
  const auto* form = std::ranges::find_if(forms, [&](const Form& one) {
    const bool is_meant = one.program.empty() || one.program == program;
    return is_meant && one.arguments.find(word) != std::string_view::npos;
  });
  if (form == forms.end()) return {};
  if (fits(value, form->form)) {
    if (argument != "bind-address" || is_of_every_node(value)) return {};
    return {"`bind-address` is an address that every node has, such as `0.0.0.0`", ""};
  }
  return {fmt::format("`{}` {}", argument, form->is), hint_from_choices(value, form->form)};
}

}  // namespace stackc::check
