#include "compiler/check/rules/component_arguments.h"

#include <charconv>
#include <system_error>

namespace stackc::check {
namespace {

// The arguments that the components of Kubernetes 1.28, 1.34 and 1.36, and etcd 3.5 and 3.6, define
// in their sources, and those of the kubelet that come from cAdvisor.

constexpr std::string_view api_server = R"(
add-dir-header address admission-control admission-control-config-file advertise-address
aggregator-reject-forwarding-redirect allow-metric-labels allow-metric-labels-manifest
allow-privileged alsologtostderr anonymous-auth api-audiences apiserver-count
audit-log-batch-buffer-size audit-log-batch-max-size audit-log-batch-max-wait
audit-log-batch-throttle-burst audit-log-batch-throttle-enable audit-log-batch-throttle-qps
audit-log-compress audit-log-format audit-log-maxage audit-log-maxbackup audit-log-maxsize
audit-log-mode audit-log-path audit-log-truncate-enabled audit-log-truncate-max-batch-size
audit-log-truncate-max-event-size audit-log-version audit-policy-file
audit-webhook-batch-buffer-size audit-webhook-batch-initial-backoff audit-webhook-batch-max-size
audit-webhook-batch-max-wait audit-webhook-batch-throttle-burst
audit-webhook-batch-throttle-enable audit-webhook-batch-throttle-qps audit-webhook-config-file
audit-webhook-initial-backoff audit-webhook-mode audit-webhook-truncate-enabled
audit-webhook-truncate-max-batch-size audit-webhook-truncate-max-event-size
audit-webhook-version authentication-config authentication-skip-lookup
authentication-token-webhook-cache-ttl authentication-token-webhook-config-file
authentication-token-webhook-version authentication-tolerate-lookup-failure
authorization-always-allow-paths authorization-config authorization-mode authorization-policy-file
authorization-webhook-cache-authorized-ttl authorization-webhook-cache-unauthorized-ttl
authorization-webhook-config-file authorization-webhook-version bind-address cert-dir
client-ca-file cloud-config cloud-provider cloud-provider-gce-l7lb-src-cidrs
cloud-provider-gce-lb-src-cidrs contention-profiling
coordinated-leadership-lease-duration coordinated-leadership-renew-deadline
coordinated-leadership-retry-period cors-allowed-origins debug-socket-path
default-not-ready-toleration-seconds default-unreachable-toleration-seconds
default-watch-cache-size delete-collection-workers disable-admission-plugins
disable-http2-serving disabled-metrics egress-selector-config-file emulated-version
emulation-forward-compatible enable-admission-plugins enable-aggregator-routing
enable-bootstrap-token-auth enable-garbage-collector enable-logs-handler
enable-priority-and-fairness encryption-provider-config
encryption-provider-config-automatic-reload endpoint-reconciler-type etcd-cafile etcd-certfile
etcd-compaction-interval etcd-count-metric-poll-period etcd-db-metric-poll-interval
etcd-healthcheck-timeout etcd-keyfile etcd-prefix etcd-readycheck-timeout etcd-servers
etcd-servers-overrides event-ttl external-hostname feature-gates goaway-chance help
http2-max-streams-per-connection insecure-bind-address insecure-port
kubelet-certificate-authority kubelet-client-certificate kubelet-client-key kubelet-port
kubelet-preferred-address-types kubelet-read-only-port kubelet-timeout
kubernetes-service-node-port lease-reuse-duration-seconds livez-grace-period log-backtrace-at
log-dir log-file log-file-max-size log-flush-frequency log-json-info-buffer-size
log-json-split-stream log-text-info-buffer-size log-text-split-stream logging-format logtostderr
max-connection-bytes-per-sec max-mutating-requests-inflight max-requests-inflight
min-compatibility-version min-request-timeout oidc-ca-file oidc-client-id oidc-groups-claim
oidc-groups-prefix oidc-issuer-url oidc-required-claim oidc-signing-algs oidc-username-claim
oidc-username-prefix one-output peer-advertise-ip peer-advertise-port peer-ca-file
permit-address-sharing permit-port-sharing port profiling proxy-client-cert-file
proxy-client-key-file request-timeout requestheader-allowed-names requestheader-client-ca-file
requestheader-extra-headers-prefix requestheader-group-headers requestheader-uid-headers
requestheader-username-headers runtime-config runtime-config-emulation-forward-compatible
secure-port service-account-extend-token-expiration service-account-issuer
service-account-jwks-uri service-account-key-file service-account-lookup
service-account-max-token-expiration service-account-signing-endpoint
service-account-signing-key-file service-cluster-ip-range service-node-port-range
show-hidden-metrics-for-version shutdown-delay-duration shutdown-send-retry-after
shutdown-watch-termination-grace-period skip-headers skip-log-headers stderrthreshold
storage-backend storage-initialization-timeout storage-media-type
strict-transport-security-directives tls-cert-file tls-cipher-suites tls-curve-preferences
tls-min-version tls-private-key-file tls-sni-cert-key token-auth-file tracing-config-file v
version vmodule watch-cache watch-cache-sizes)";

constexpr std::string_view controller_manager = R"(
add-dir-header address allocate-node-cidrs allow-metric-labels allow-metric-labels-manifest
allow-untagged-cloud alsologtostderr attach-detach-reconcile-sync-period
authentication-kubeconfig authentication-skip-lookup authentication-token-webhook-cache-ttl
authentication-tolerate-lookup-failure authorization-always-allow-paths authorization-kubeconfig
authorization-webhook-cache-authorized-ttl authorization-webhook-cache-unauthorized-ttl
bind-address cert-dir cidr-allocator-type client-ca-file cloud-config cloud-provider
cloud-provider-gce-lb-src-cidrs cluster-cidr cluster-name cluster-signing-cert-file
cluster-signing-duration cluster-signing-key-file
cluster-signing-kube-apiserver-client-cert-file cluster-signing-kube-apiserver-client-key-file
cluster-signing-kubelet-client-cert-file cluster-signing-kubelet-client-key-file
cluster-signing-kubelet-serving-cert-file cluster-signing-kubelet-serving-key-file
cluster-signing-legacy-unknown-cert-file cluster-signing-legacy-unknown-key-file
concurrent-cron-job-syncs concurrent-daemonset-syncs concurrent-deployment-syncs
concurrent-device-taint-eviction-syncs concurrent-endpoint-syncs
concurrent-ephemeralvolume-syncs concurrent-gc-syncs concurrent-horizontal-pod-autoscaler-syncs
concurrent-job-syncs concurrent-namespace-syncs concurrent-node-status-updates
concurrent-node-syncs concurrent-rc-syncs concurrent-replicaset-syncs
concurrent-resource-claim-syncs concurrent-resource-quota-syncs concurrent-resourceclaim-syncs
concurrent-service-endpoint-syncs concurrent-service-syncs concurrent-serviceaccount-token-syncs
concurrent-statefulset-syncs concurrent-ttl-after-finished-syncs
concurrent-validating-admission-policy-status-syncs configure-cloud-routes contention-profiling
controller-shutdown-timeout controller-start-interval controllers
disable-attach-detach-reconcile-sync disable-force-detach-on-timeout disable-http2-serving
disabled-metrics emulated-version enable-dynamic-provisioning enable-garbage-collector
enable-hostpath-provisioner enable-leader-migration enable-taint-manager
endpoint-updates-batch-period endpointslice-updates-batch-period
experimental-cluster-signing-duration external-cloud-volume-plugin feature-gates
flex-volume-plugin-dir help horizontal-pod-autoscaler-cpu-initialization-period
horizontal-pod-autoscaler-downscale-delay horizontal-pod-autoscaler-downscale-stabilization
horizontal-pod-autoscaler-initial-readiness-delay horizontal-pod-autoscaler-sync-period
horizontal-pod-autoscaler-tolerance horizontal-pod-autoscaler-upscale-delay
http2-max-streams-per-connection insecure-bind-address insecure-port kube-api-burst
kube-api-content-type kube-api-qps kubeconfig large-cluster-size-threshold leader-elect
leader-elect-lease-duration leader-elect-renew-deadline leader-elect-resource-lock
leader-elect-resource-name leader-elect-resource-namespace leader-elect-retry-period
leader-migration-config legacy-service-account-token-clean-up-period log-backtrace-at log-dir
log-file log-file-max-size log-flush-frequency log-json-info-buffer-size log-json-split-stream
log-text-info-buffer-size log-text-split-stream logging-format logtostderr master
max-endpoints-per-slice min-compatibility-version min-resync-period
mirroring-concurrent-service-endpoint-syncs mirroring-endpointslice-updates-batch-period
mirroring-max-endpoints-per-subset namespace-sync-period node-cidr-mask-size
node-cidr-mask-size-ipv4 node-cidr-mask-size-ipv6 node-eviction-rate node-monitor-grace-period
node-monitor-period node-startup-grace-period node-status-update-frequency node-sync-period
one-output permit-address-sharing permit-port-sharing pod-eviction-timeout port profiling
pv-recycler-increment-timeout-nfs pv-recycler-minimum-timeout-hostpath
pv-recycler-minimum-timeout-nfs pv-recycler-pod-template-filepath-hostpath
pv-recycler-pod-template-filepath-nfs pv-recycler-timeout-increment-hostpath
pvclaimbinder-sync-period requestheader-allowed-names requestheader-client-ca-file
requestheader-extra-headers-prefix requestheader-group-headers requestheader-uid-headers
requestheader-username-headers resource-quota-sync-period root-ca-file
route-reconciliation-period secondary-node-eviction-rate secure-port
service-account-private-key-file service-cluster-ip-range show-hidden-metrics-for-version
skip-headers skip-log-headers stderrthreshold terminated-pod-gc-threshold tls-cert-file
tls-cipher-suites tls-curve-preferences tls-min-version tls-private-key-file tls-sni-cert-key
unhealthy-zone-threshold use-service-account-credentials v version vmodule
volume-host-allow-local-loopback volume-host-cidr-denylist webhook-bind-address webhook-cert-dir
webhook-disable-http2-serving webhook-secure-port webhook-tls-cert-file
webhook-tls-cipher-suites webhook-tls-curve-preferences webhook-tls-min-version
webhook-tls-private-key-file webhook-tls-sni-cert-key webhooks)";

constexpr std::string_view scheduler = R"(
add-dir-header address allow-metric-labels allow-metric-labels-manifest alsologtostderr
authentication-kubeconfig authentication-skip-lookup authentication-token-webhook-cache-ttl
authentication-tolerate-lookup-failure authorization-always-allow-paths authorization-kubeconfig
authorization-webhook-cache-authorized-ttl authorization-webhook-cache-unauthorized-ttl
bind-address cert-dir client-ca-file config contention-profiling disable-http2-serving
disabled-metrics emulated-version feature-gates help http2-max-streams-per-connection
insecure-bind-address insecure-port kube-api-burst kube-api-content-type kube-api-qps kubeconfig
leader-elect leader-elect-lease-duration leader-elect-renew-deadline leader-elect-resource-lock
leader-elect-resource-name leader-elect-resource-namespace leader-elect-retry-period
log-backtrace-at log-dir log-file log-file-max-size log-flush-frequency
log-json-info-buffer-size log-json-split-stream log-text-info-buffer-size log-text-split-stream
logging-format logtostderr master min-compatibility-version one-output permit-address-sharing
permit-port-sharing pod-max-in-unschedulable-pods-duration port profiling
requestheader-allowed-names requestheader-client-ca-file requestheader-extra-headers-prefix
requestheader-group-headers requestheader-uid-headers requestheader-username-headers secure-port
show-hidden-metrics-for-version skip-headers skip-log-headers stderrthreshold tls-cert-file
tls-cipher-suites tls-curve-preferences tls-min-version tls-private-key-file tls-sni-cert-key v
version vmodule write-config-to)";

constexpr std::string_view kubelet = R"(
add-dir-header address allow-metric-labels allow-metric-labels-manifest allowed-unsafe-sysctls
alsologtostderr anonymous-auth application-metrics-count-limit authentication-token-webhook
authentication-token-webhook-cache-ttl authorization-mode
authorization-webhook-cache-authorized-ttl authorization-webhook-cache-unauthorized-ttl
azure-container-registry-config boot-id-file bootstrap-kubeconfig cert-dir cgroup-driver
cgroup-root cgroups-per-qos client-ca-file cloud-config cloud-provider cluster-dns
cluster-domain config config-dir container-hints container-log-max-files container-log-max-size
container-runtime container-runtime-endpoint containerd containerd-env-metadata-whitelist
containerd-namespace contention-profiling cpu-cfs-quota cpu-cfs-quota-period cpu-manager-policy
cpu-manager-policy-options cpu-manager-reconcile-period disabled-metrics docker
docker-env-metadata-whitelist docker-only docker-root docker-tls docker-tls-ca docker-tls-cert
docker-tls-key emulated-version enable-controller-attach-detach enable-debugging-handlers
enable-load-reader enable-server enforce-node-allocatable event-burst event-qps
event-storage-age-limit event-storage-event-limit eviction-hard eviction-max-pod-grace-period
eviction-minimum-reclaim eviction-pressure-transition-period eviction-soft
eviction-soft-grace-period exit-on-lock-contention experimental-allocatable-ignore-eviction
experimental-mounter-path fail-cgroupv1 fail-swap-on feature-gates file-check-frequency
global-housekeeping-interval hairpin-mode healthz-bind-address healthz-port help
hostname-override housekeeping-interval http-check-frequency image-credential-provider-bin-dir
image-credential-provider-config image-gc-high-threshold image-gc-low-threshold
image-service-endpoint iptables-drop-bit iptables-masquerade-bit keep-terminated-pod-volumes
kernel-memcg-notification kube-api-burst kube-api-content-type kube-api-qps kube-reserved
kube-reserved-cgroup kubeconfig kubelet-cgroups local-storage-capacity-isolation lock-file
log-backtrace-at log-cadvisor-usage log-dir log-file log-file-max-size log-flush-frequency
log-json-info-buffer-size log-json-split-stream log-text-info-buffer-size log-text-split-stream
logging-format logtostderr machine-id-file make-iptables-util-chains manifest-url
manifest-url-header max-open-files max-pods maximum-dead-containers
maximum-dead-containers-per-container memory-manager-policy min-compatibility-version
minimum-container-ttl-duration minimum-image-ttl-duration node-ip node-labels
node-status-max-images node-status-report-frequency node-status-update-frequency one-output
oom-score-adj pod-cidr pod-infra-container-image pod-manifest-path pod-max-pids pods-per-core
port protect-kernel-defaults provider-id qos-reserved read-only-port register-node
register-schedulable register-with-taints registry-burst registry-qps reserved-cpus
reserved-memory resolv-conf root-dir rotate-certificates rotate-server-certificates runonce
runtime-cgroups runtime-request-timeout seccomp-default serialize-image-pulls
show-hidden-metrics-for-version skip-headers skip-log-headers stderrthreshold
storage-driver-buffer-duration storage-driver-db storage-driver-host storage-driver-password
storage-driver-secure storage-driver-table storage-driver-user streaming-connection-idle-timeout
sync-frequency system-cgroups system-reserved system-reserved-cgroup tls-cert-file
tls-cipher-suites tls-min-version tls-private-key-file topology-manager-policy
topology-manager-policy-options topology-manager-scope v version vmodule volume-plugin-dir
volume-stats-agg-period windows-priorityclass windows-service)";

constexpr std::string_view etcd = R"(
advertise-client-urls auth-token auth-token-ttl auto-compaction-mode auto-compaction-retention
auto-tls backend-batch-interval backend-batch-limit backend-bbolt-freelist-type bcrypt-cost
bootstrap-defrag-threshold-megabytes cert-file cipher-suites client-cert-allowed-hostname
client-cert-auth client-cert-file client-crl-file client-key-file compact-hash-check-time
compaction-batch-limit compaction-sleep-interval config-file corrupt-check-time cors data-dir
debug discovery discovery-cacert discovery-cert discovery-dial-timeout discovery-endpoints
discovery-fallback discovery-insecure-skip-tls-verify discovery-insecure-transport
discovery-keepalive-time discovery-keepalive-timeout discovery-key discovery-password
discovery-proxy discovery-request-timeout discovery-srv discovery-srv-name discovery-token
discovery-user distributed-tracing-address distributed-tracing-instance-id
distributed-tracing-sampling-rate distributed-tracing-service-name downgrade-check-time
election-timeout enable-distributed-tracing enable-grpc-gateway enable-log-rotation enable-pprof
enable-v2 experimental-bootstrap-defrag-threshold-megabytes
experimental-compact-hash-check-enabled experimental-compact-hash-check-time
experimental-compaction-batch-limit experimental-compaction-sleep-interval
experimental-corrupt-check-time experimental-distributed-tracing-address
experimental-distributed-tracing-instance-id experimental-distributed-tracing-sampling-rate
experimental-distributed-tracing-service-name experimental-downgrade-check-time
experimental-enable-distributed-tracing experimental-enable-lease-checkpoint
experimental-enable-lease-checkpoint-persist experimental-enable-v2v3
experimental-initial-corrupt-check experimental-memory-mlock
experimental-peer-skip-client-san-verification experimental-snapshot-catchup-entries
experimental-stop-grpc-service-on-defrag experimental-txn-mode-write-with-shared-buffer
experimental-warning-apply-duration experimental-warning-unary-request-duration
experimental-watch-progress-notify-interval feature-gates force-new-cluster grpc-keepalive-interval
grpc-keepalive-min-time grpc-keepalive-timeout heartbeat-interval host-whitelist
initial-advertise-peer-urls initial-cluster initial-cluster-state initial-cluster-token
initial-election-tick-advance key-file listen-client-http-urls listen-client-urls
listen-metrics-urls listen-peer-urls log-format log-level log-outputs log-rotation-config-json
logger max-concurrent-streams max-learners max-request-bytes max-snapshots max-txn-ops max-wals
memory-mlock metrics name peer-auto-tls peer-cert-allowed-cn peer-cert-allowed-hostname
peer-cert-file peer-client-cert-auth peer-client-cert-file peer-client-key-file peer-crl-file
peer-key-file peer-skip-client-san-verification peer-trusted-ca-file pre-vote proxy
proxy-dial-timeout proxy-failure-wait proxy-read-timeout proxy-refresh-interval
proxy-write-timeout quota-backend-bytes raft-read-timeout raft-write-timeout
self-signed-cert-validity snapshot-catchup-entries snapshot-count socket-reuse-address
socket-reuse-port strict-reconfig-check tls-max-version tls-min-version trusted-ca-file
unsafe-no-fsync v2-deprecation version wal-dir warning-apply-duration
warning-unary-request-duration watch-progress-notify-interval)";

constexpr int first_known_minor = 28;
constexpr int last_known_minor = 36;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && text[at] != ' ' && text[at] != '\n') continue;
    if (at > begin) words.push_back(text.substr(begin, at - begin));
    begin = at + 1;
  }
  return words;
}

}  // namespace

const std::vector<Component>& components() {
  static const std::vector<Component> all = {
      {"kube-apiserver", "clusterConfiguration.apiServer.extraArgs", words_of(api_server)},
      {"kube-controller-manager", "clusterConfiguration.controllerManager.extraArgs",
       words_of(controller_manager)},
      {"kube-scheduler", "clusterConfiguration.scheduler.extraArgs", words_of(scheduler)},
      {"etcd", "clusterConfiguration.etcd.local.extraArgs", words_of(etcd)},
      {"kubelet", "initConfiguration.nodeRegistration.kubeletExtraArgs", words_of(kubelet)},
      {"kubelet", "joinConfiguration.nodeRegistration.kubeletExtraArgs", words_of(kubelet)}};
  return all;
}

bool knows_all_arguments_of(std::string_view kubernetes_minor) {
  constexpr std::string_view major = "1.";
  if (!kubernetes_minor.starts_with(major)) return false;
  kubernetes_minor.remove_prefix(major.size());
  int minor = 0;
  const char* end = kubernetes_minor.data() + kubernetes_minor.size();
  const auto [stop, error] = std::from_chars(kubernetes_minor.data(), end, minor);
  return error == std::errc() && stop == end && minor >= first_known_minor &&
         minor <= last_known_minor;
}

}  // namespace stackc::check
