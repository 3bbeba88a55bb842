#include "compiler/check/rules/provider_texts.h"

#include <array>

namespace stackc::check {
namespace {

constexpr std::string_view image_rule =
    "a container image is named by repository and tag, as in `kindest/node:v1.34.0`";

constexpr std::array<ProviderText, 29> all = {{
    {ProviderSubject::DockerMachine, "customImage", image_form, image_rule},
    {ProviderSubject::DockerMachine, "preLoadImages[]", image_form, image_rule},
    {ProviderSubject::DockerMachine,
     "extraMounts[].containerPath",
     {.form = "^/", .may_be_empty = true},
     "`containerPath` is a path from the root, as in `/var/run/docker.sock`"},
    // Docker takes another text for the name of a volume of its own.
    {ProviderSubject::DockerMachine,
     "extraMounts[].hostPath",
     {.form = "^/", .may_be_empty = true},
     "`hostPath` is a path from the root, as in `/var/run/docker.sock`"},
    {ProviderSubject::OpenStackMachine,
     "additionalBlockDevices[].storage.type",
     {"^(Volume|Local)$"},
     "the `type` of a block device is `Volume` or `Local`"},
    {ProviderSubject::Kubeadm,
     "clusterConfiguration.dns.imageTag",
     {R"(^v?[0-9]+\.[0-9]+\.[0-9]+)"},
     "`imageTag` begins with a version of CoreDNS, as in `v1.11.1`"},
    {ProviderSubject::Kubeadm,
     "clusterConfiguration.etcd.local.imageTag",
     {"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"},
     "`imageTag` is the tag of a container image"},
    {ProviderSubject::Kubeadm, "clusterConfiguration.apiServer.timeoutForControlPlane",
     duration_form, "a duration has units, as in `20m` or `1h30m`"},
    {ProviderSubject::Kubeadm, "joinConfiguration.discovery.timeout", duration_form,
     "a duration has units, as in `5m` or `1h30m`"},
    {ProviderSubject::Kubeadm, "initConfiguration.bootstrapTokens[].ttl", duration_form,
     "a duration has units, as in `24h` or `1h30m`"},
    {ProviderSubject::Kubeadm,
     "initConfiguration.bootstrapTokens[].token",
     {R"(^[a-z0-9]{6}\.[a-z0-9]{16}$)"},
     "`token` is 6 lower-case letters or digits, a dot, and 16 more"},
    {ProviderSubject::OpenStackCluster,
     "SecurityGroupRules[].direction",
     {"^(ingress|egress)$"},
     "`direction` is `ingress` or `egress`"},
    {ProviderSubject::OpenStackCluster,
     "SecurityGroupRules[].etherType",
     {"^(IPv4|IPv6)$"},
     "`etherType` is `IPv4` or `IPv6`"},
    // Names and numbers that Neutron's API knows; it reads them in any case.
    {ProviderSubject::OpenStackCluster,
     "SecurityGroupRules[].protocol",
     {"^(tcp|udp|icmp|icmpv6|ipv6-icmp|sctp|any|ah|dccp|egp|esp|gre|hopopt|igmp|ip|ipip|ipv6-encap|"
      "ipv6-frag|ipv6-nonxt|ipv6-opts|ipv6-route|ospf|pgm|rsvp|udplite|vrrp)$|^[0-9]{0,3}$|^[A-Z]"},
     "`protocol` is one such as `tcp`, `udp` or `icmp`, or its number"},
    {ProviderSubject::OpenStackCluster, "SecurityGroupRules[].remoteIPPrefix",
     network_or_address_form, "`remoteIPPrefix` is a network, as in `10.8.0.0/20`"},
    // Of these four CAPO takes an empty text for none.
    {ProviderSubject::OpenStackCluster,
     "controlPlaneEndpoint.host",
     {.form = "hostname|ipv4|ipv6", .may_be_empty = true},
     "`host` is a name or an address, without scheme and port"},
    {ProviderSubject::OpenStackCluster, "apiServerFloatingIP", address_or_nothing_form,
     "`apiServerFloatingIP` is an address, as in `203.0.113.5`"},
    {ProviderSubject::OpenStackCluster, "apiServerFixedIP", address_or_nothing_form,
     "`apiServerFixedIP` is an address, as in `10.8.0.5`"},
    {ProviderSubject::OpenStackCluster, "allocationPools[].start", address_form,
     "a pool goes from one address to another, as in `10.8.0.100`"},
    {ProviderSubject::OpenStackCluster, "allocationPools[].end", address_form,
     "a pool goes from one address to another, as in `10.8.0.100`"},
    {ProviderSubject::OpenStackCluster, "externalRouterIPs[].fixedIP", address_or_nothing_form,
     "`fixedIP` is an address, as in `203.0.113.5`"},
    {ProviderSubject::DockerMachine, "bootstrapTimeout", duration_form,
     "a duration has units, as in `3m` or `1h30m`"},
    // Neutron's list of values grows, so CAPO leaves them open.
    {ProviderSubject::OpenStackMachine,
     "ports[].vnicType",
     {"^[-_a-z0-9]*$"},
     "`vnicType` is written in lower case, as in `direct`"},
    {ProviderSubject::OpenStackMachine, "fixedIPs[].ipAddress", address_form,
     "`ipAddress` is an address, as in `10.8.0.5`"},
    {ProviderSubject::OpenStackMachine, "allowedAddressPairs[].ipAddress", network_or_address_form,
     "`ipAddress` is an address or a network, as in `10.8.0.0/20`"},
    {ProviderSubject::OpenStackMachine,
     "macAddress",
     {"^([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$"},
     "`macAddress` is written like `fa:16:3e:00:00:01`"},
    {ProviderSubject::OpenStackCluster, "managedSubnets[].cidr", network_form,
     "`cidr` is a network, as in `10.8.0.0/20`"},
    {ProviderSubject::OpenStackCluster, "managedSubnets[].dnsNameservers[]", address_form,
     "a name server is given by its address, as in `9.9.9.9`"},
    {ProviderSubject::OpenStackCluster, "apiServerLoadBalancer.allowedCIDRs[]",
     network_or_address_form, "`allowedCIDRs` are networks, as in `10.8.0.0/20`"},
}};

}  // namespace

ProviderSubject subject_of(std::string_view kind) {
  if (kind == "KubeadmControlPlaneTemplate" || kind == "KubeadmConfigTemplate")
    return ProviderSubject::Kubeadm;
  if (kind == "OpenStackClusterTemplate") return ProviderSubject::OpenStackCluster;
  if (kind == "OpenStackMachineTemplate") return ProviderSubject::OpenStackMachine;
  if (kind == "DockerMachineTemplate") return ProviderSubject::DockerMachine;
  return ProviderSubject::Other;
}

std::span<const ProviderText> provider_texts() {
  return all;
}

}  // namespace stackc::check
