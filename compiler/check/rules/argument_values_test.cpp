#include "compiler/check/rules/argument_values.h"

#include <gtest/gtest.h>

namespace stackc::check {
namespace {

TEST(ArgumentValues, AreTakenInEveryFormThatGoReads) {
  const std::pair<const char*, const char*> taken[] = {
      {"profiling", "False"},
      {"max-pods", "-1"},
      {"event-ttl", "1h30m"},
      {"event-ttl", "0"},
      {"auto-compaction-retention", "8"},
      {"auto-compaction-retention", "8h"},
      {"secure-port", "0"},
      {"bind-address", "::"},
      {"listen-metrics-urls", "http://127.0.0.1:2381,https://[::1]:2381"},
      {"service-cluster-ip-range", "10.96.0.0/12,fd00::/108"},
      {"authorization-mode", "Node,RBAC"},
      {"feature-gates", "A=true, B=0"},
      {"node-labels", "a,b=c,example.com/d=,kubelet.kubernetes.io/e=f,a.node.kubernetes.io/g=h"},
      {"node-labels", "topology.kubernetes.io/zone=z,notkubernetes.io/x=y"},
      {"system-reserved", "cpu=500m,memory=1.5Gi"},
      {"eviction-hard", "memory.available<5%, imagefs.inodesFree < 1Gi,pid.available<0%"},
      {"register-with-taints", "a=b:NoSchedule,example.com/c:NoExecute"},
      {"service-node-port-range", "30000-32767"},
      {"service-node-port-range", "30000+2767"},
      {"goaway-chance", "0.001"},
      {"goaway-chance", ".02"},
      {"goaway-chance", "1e-3"},
      {"tls-min-version", "VersionTLS13"},
      {"eviction-soft-grace-period", "memory.available=1m30s, nodefs.available=90s"},
      {"node-labels", "a = b , c"},
      {"enable-admission-plugins", "NodeRestriction,SomethingOfTomorrow"},
      {"no-such-argument", "anything"},
      {"pods", "many"},
  };
  for (const auto& [argument, value] : taken)
    EXPECT_EQ(broken_rule("", argument, value).rule, "") << argument << "=" << value;
}

TEST(ArgumentValues, AreRefusedWithTheRuleThatTheyBreak) {
  const auto rule = [](const char* argument, const char* value) {
    return broken_rule("", argument, value).rule;
  };
  EXPECT_EQ(rule("profiling", "no"), "`profiling` is `true` or `false`");
  EXPECT_EQ(rule("v", "4.5"), "`v` is a whole number");
  EXPECT_EQ(rule("heartbeat-interval", "100ms"),
            "`heartbeat-interval` is a number of milliseconds");
  EXPECT_EQ(rule("event-ttl", "60"), "`event-ttl` is a duration with units, as in `40s`");
  EXPECT_EQ(rule("bind-address", "localhost"), "`bind-address` is an address without a port");
  EXPECT_EQ(rule("listen-metrics-urls", "http://127.0.0.1:2381/metrics"),
            "`listen-metrics-urls` is a list of addresses that every node has, like "
            "`http://0.0.0.0:2381`");
  EXPECT_EQ(rule("node-labels", "tier:web"), "`node-labels` is a list like `tier=web,pool=a`");
  EXPECT_EQ(rule("system-reserved", "cpu=500m;memory=1Gi"),
            "`system-reserved` is a list like `cpu=500m,memory=1Gi`");
  EXPECT_EQ(rule("eviction-hard", "memory.available<100Mb"),
            "`eviction-hard` is a list like `memory.available<100Mi,nodefs.available<10%`");
  EXPECT_EQ(rule("register-with-taints", "a=b:NoSchedul"),
            "`register-with-taints` is a list like `dedicated=gpu:NoSchedule`");
  EXPECT_EQ(rule("node-labels", "a=b,c==d"),
            "`=d` is no value of a label: at most 63 letters, digits, `-`, `_` and `.`, with a "
            "letter or digit at both ends");
  EXPECT_EQ(rule("service-node-port-range", "30000:32767"),
            "`service-node-port-range` is a range of ports, as in `30000-32767`");
  EXPECT_EQ(rule("goaway-chance", "0.1"),
            "`goaway-chance` is a part of all requests, at most `0.02`");
  EXPECT_EQ(rule("eviction-soft-grace-period", "memory.available=90"),
            "`eviction-soft-grace-period` is a list like `memory.available=1m30s`");
  EXPECT_EQ(rule("enable-admission-plugins", "NodeRestriction,PodSecurityPolicy"),
            "it has no admission plugin `PodSecurityPolicy`");
  EXPECT_EQ(rule("node-labels", "a=b, node-role.kubernetes.io/worker="),
            "a node cannot give itself the label `node-role.kubernetes.io/worker`; below "
            "`kubernetes.io` it sets `node.kubernetes.io/…` only");
}

TEST(ArgumentValues, AreComparedWithWhatTheirComponentTakes) {
  EXPECT_EQ(broken_rule("etcd", "tls-min-version", "TLS1.2").rule, "");
  EXPECT_EQ(broken_rule("kubelet", "tls-min-version", "TLS1.2").rule,
            "`tls-min-version` is written like `VersionTLS12`");
}

TEST(ArgumentValues, OfferTheNearestChoice) {
  EXPECT_EQ(broken_rule("", "auto-compaction-mode", "Revision").hint, "did you mean `revision`?");
  EXPECT_EQ(broken_rule("", "authorization-mode", "Node,Rbac").hint, "did you mean `RBAC`?");
  EXPECT_EQ(broken_rule("", "eviction-hard", "nodefs.available<5%, nodefs.inodeFree<5%").hint,
            "did you mean `nodefs.inodesFree`?");
  EXPECT_EQ(broken_rule("", "eviction-hard", "nodefs.available:5%").hint, "");
  EXPECT_EQ(broken_rule("", "cpu-manager-policy", "statik").hint, "did you mean `static`?");
  EXPECT_EQ(broken_rule("", "disable-admission-plugins", "LimitRange").hint,
            "did you mean `LimitRanger`?");
  EXPECT_EQ(broken_rule("", "profiling", "no").hint, "");
}

}  // namespace
}  // namespace stackc::check
