"""Our stacks are what upstream's are, but for a list of differences.

The same Clusters go through Cluster API with upstream's class and with ours for the same line. Each way in which the
results differ must be in DIFFERENCES, and each entry there must be seen: the list can neither grow nor rot unnoticed.
docs/stacks.md says more about each (F-… are its numbers).
"""

import dataclasses
import re

import cases
import harness
import releases
from both_sides import Setting, by_engine
from comparison import compare
from manifests import Cluster, Workers, readable_yaml

TAGS = ["openstack-scs2-1-34-v1", "docker-scs-1-30-v1"]


@dataclasses.dataclass(frozen=True)
class Difference:
    number: str  # in docs/stacks.md
    why: str
    line: str  # regular expression for what differs


SCS2 = [
    Difference("F-01", "Setting a client and an issuer gives the six arguments; upstream's patch fails and blocks the Cluster.",
               r'upstream gives up: .*patch \\?"oidcConfig\\?".*extraArgs/oidc-client-id'),
    Difference("F-03", "A block device needs a name.", r"only ours refuses: .*variables\[workerAdditionalBlockDevices\].*name: Required"),
    Difference("F-04", "Identifiers of security groups are UUIDs.", r"only ours refuses: .*variables\[securityGroupIDs\].*must be of type uuid"),
    Difference("F-05", "An empty `nodeCIDR` creates no network, as its description says.",
               r"only upstream refuses: .*variables\[nodeCIDR\].*must be of type cidr"),
    Difference("F-07", "A load balancer that is none of the three is refused; upstream quietly takes it for none.",
               r"only ours refuses: .*variables\[apiServerLoadBalancer\].*Unsupported value"),
    Difference("F-08", "Allowed networks hold for every load balancer; upstream ignores them for the default one.",
               r"OpenStackCluster .*spec\.apiServerLoadBalancer\.allowedCIDRs: upstream nothing, ours \["),
    Difference("F-09", "Text stays text: upstream's templates let YAML guess.",
               r"OpenStackMachineTemplate .*\.name: upstream (2404|123|True), ours '(2404|123|on)'|upstream gives up: .*patch \\?\"securityGroups\\?\""),
    Difference("F-10", "Server groups are UUIDs or empty.", r"only ours refuses: .*variables\[controlPlaneServerGroupID\]"),
    Difference("F-11", "A flavor cannot be empty; upstream then sends its placeholder to OpenStack.",
               r"only ours refuses: .*variables\[(worker|controlPlane)Flavor\]"),
    Difference("F-21", "Lists that OpenStack takes as sets hold nothing twice.", r"only ours refuses: .*shouldn't contain duplicates"),
    Difference("F-22", "Sizes are within what OpenStack takes.",
               r"only ours refuses: .*(networkMTU\].*should be (greater|less)|sizeGiB.*should be greater)"),
    Difference("D-1", "The script that appends the kube-proxy configuration is written anew; it does the same on Ubuntu and Flatcar.",
               r"KubeadmControlPlane .*kubeadmConfigSpec\.files\[1\]\.content: "),
    Difference("D-2", "What a user sets is written down, even if it says nothing: an empty list, `false`.",
               r"OpenStackCluster .*spec\.(controlPlaneAvailabilityZones: upstream nothing, ours \[\]|controlPlaneOmitAvailabilityZone: upstream nothing, ours False)"),
    Difference("D-3", "No name servers are an empty list; upstream's template makes it null.",
               r"OpenStackCluster .*managedSubnets\[0\]\.dnsNameservers: upstream None, ours \[\]"),
    Difference("D-4", "Texts without meaning are refused where they are set: name servers that are no addresses, issuers without https.",
               r"only ours refuses: .*(dnsNameservers|issuerURL|clientID)"),
    Difference("D-5", "Any UUID identifies the external network; upstream wants one of version 4.",
               r"only upstream refuses: .*variables\[networkExternalID\].*uuid4"),
]

DOCKER = [
    Difference("F-02", "An empty `imageRepository` leaves the field away; upstream writes an empty one, which Cluster API refuses since v1.10.",
               r"KubeadmControlPlane .*clusterConfiguration\.imageRepository: upstream '', ours nothing"),
]

DIFFERENCES = {"openstack-scs2-1-34-v1": SCS2, "docker-scs-1-30-v1": DOCKER}

UUID_V1 = "ebfe5546-f09f-1f42-ab54-094e457d42ec"

# One or more for each entry of the list, beside the cases that are made from the schemas.
SCS2_CLUSTERS = [
    {"workerAdditionalBlockDevices": [{"sizeGiB": 10}]},
    {"workerAdditionalBlockDevices": [{"name": "a", "sizeGiB": 0}]},
    {"workerAdditionalBlockDevices": [{"name": "a"}, {"name": "b", "sizeGiB": 30, "type": "ssd"}]},
    {"securityGroupIDs": ["web"]},
    {"nodeCIDR": ""},
    {"apiServerLoadBalancer": "octavia_ovn"},
    {"controlPlaneServerGroupID": "web"},
    {"controlPlaneFlavor": ""},
    {"workerFlavor": ""},
    {"controlPlaneAvailabilityZones": ["a", "a"]},
    {"networkMTU": -1},
    {"dnsNameservers": ["dns.example.com"]},
    {"dnsNameservers": ["2620:fe::fe"]},
    {"oidcConfig": {"clientID": "x", "issuerURL": "http://dex.example.com"}},
    {"oidcConfig": {"clientID": ""}},
    {"networkExternalID": UUID_V1},
    {"securityGroups": ["123"]},
    {"securityGroups": ["on"]},
    {"securityGroups": ["web: prod"]},
    {"imageName": "2404", "imageAddVersion": False},
    {"imageName": "flatcar", "imageIsOrc": True},
    {"identityRef": {"name": "mine", "cloudName": "other"}},
    {"certSANs": ["a.example", "10.0.0.1"]},
    {"controlPlaneRootDisk": 1500000, "workerRootDisk": 0},
]


def clusters(variables, tag, thorough):
    examples = {name: schema["example"] for name, schema in variables.schemas.items() if "example" in schema}
    yield Cluster(intent="defaults")
    yield Cluster(examples, intent="all examples")
    yield Cluster(workers=[Workers(), Workers("md-1", overrides=examples)], overrides=examples, intent="overrides")
    for name, value in examples.items():
        yield Cluster({name: value}, intent=f"example of {name}")
    if thorough:
        yield from cases.combinations(variables)
    if tag == "openstack-scs2-1-34-v1":
        for values in SCS2_CLUSTERS:
            yield Cluster(values, intent=str(values))


def lines_of_difference(upstream, ours):
    """How the two outcomes differ."""
    if upstream.objects and ours.objects:
        return compare(upstream.objects, ours.objects, ("upstream", "ours"))
    if upstream.objects:
        return [f"only ours refuses: {ours.reason}" if ours.reason.startswith("cluster-admission") else f"ours gives up: {ours.reason}"]
    if ours.objects:
        refused = upstream.reason.startswith("cluster-admission")
        return [f"only upstream refuses: {upstream.reason}" if refused else f"upstream gives up: {upstream.reason}"]
    return [] if ours.reason.startswith("cluster-admission") else [f"ours gives up: {ours.reason}"]


def compare_classes(report, helm, release, engine, seen):
    setting = Setting(release, engine, "v1beta1")
    manifests = releases.write_class(helm, release)
    ours, upstream = harness.Oracle(engine), harness.Oracle(engine)
    for oracle, path in ((ours, manifests), (upstream, harness.REFERENCE / "upstream/rendered" / f"{release.tag}.yaml")):
        answer = releases.load(oracle, path)
        if "error" in answer:
            report.expect(False, f"{setting}: {path.name}: {answer}")
            return
    for cluster in clusters(cases.Variables(releases.cluster_class(manifests)), release.tag, engine == "topology-v1.14"):
        document = setting.manifest(cluster)
        for line in lines_of_difference(by_engine(upstream, document), by_engine(ours, document)):
            entry = next((entry for entry in DIFFERENCES[release.tag] if re.search(entry.line, line, re.S)), None)
            seen.add(entry)
            report.expect(entry, f"{setting}: {cluster.intent}: {line[:600]}\n{readable_yaml(document)}")
        report.checked += 1


def check_document(report):
    """docs/stacks.md has a row for every entry."""
    text = (harness.ROOT / "docs/stacks.md").read_text()
    for entry in SCS2 + DOCKER:
        report.expect(f"| {entry.number} |" in text, f"docs/stacks.md has no row {entry.number}")


def main():
    harness.require_oracles("helm", "topology-v1.14", "topology-v1.10")
    harness.require_reference("upstream/rendered")
    report, helm, directory, seen = harness.Report(), harness.Oracle("helm"), harness.scratch(), set()
    for release in releases.build(directory / "v1beta1", "v1beta1"):
        if release.tag in TAGS:
            for engine in ("topology-v1.14", "topology-v1.10"):
                compare_classes(report, helm, release, engine, seen)
    for entry in SCS2 + DOCKER:
        report.expect(entry in seen, f"{entry.number} is in the list of differences, but nothing differs that way: {entry.why}")
    check_document(report)
    report.finish()


if __name__ == "__main__":
    main()
