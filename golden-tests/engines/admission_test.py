"""Every emitted ClusterClass and template is admitted by Cluster API, and so is every object made from it.

Also: the API server's arguments for every subset of `oidcConfig`.
"""

import itertools

import harness
import releases
from both_sides import Setting, by_engine
from cases import Variables
from manifests import Cluster, Workers

OIDC = {
    "clientID": ("oidc-client-id", "kubectl"),
    "issuerURL": ("oidc-issuer-url", "https://dex.example.com"),
    "usernameClaim": ("oidc-username-claim", "sub"),
    "groupsClaim": ("oidc-groups-claim", "roles"),
    "usernamePrefix": ("oidc-username-prefix", "u:"),
    "groupsPrefix": ("oidc-groups-prefix", "g:"),
}
OIDC_DEFAULTS = {"usernameClaim": "preferred_username", "groupsClaim": "groups", "usernamePrefix": "oidc:", "groupsPrefix": "oidc:"}


def check_objects(report, setting, oracle, cluster):
    outcome = by_engine(oracle, setting.manifest(cluster))
    report.expect(outcome.objects, f"{setting}: {cluster.intent}: {outcome.reason}")
    if not outcome.objects:
        return
    results = oracle.ask({"validateObjects": outcome.objects, "webhooks": True})["results"]
    for thing, reason in zip(outcome.objects, results):
        report.expect(reason is None, f"{setting}: {cluster.intent}: {thing['kind']}: {reason}")


def example_clusters(variables):
    three = [Workers(replicas=3)]
    yield Cluster(replicas=3, workers=three, intent="defaults")
    examples = {name: schema["example"] for name, schema in variables.schemas.items() if "example" in schema}
    yield Cluster(examples, replicas=3, workers=three, intent="all examples")
    for name, value in examples.items():
        yield Cluster({name: value}, replicas=3, workers=three, intent=f"example of {name}")


def check_oidc(report, setting, oracle):
    for size in range(len(OIDC) + 1):
        for fields in itertools.combinations(OIDC, size):
            given = {field: OIDC[field][1] for field in fields}
            outcome = by_engine(oracle, setting.manifest(Cluster({"oidcConfig": given})))
            report.expect(outcome.objects, f"{setting}: oidcConfig {given}: {outcome.reason}")
            if not outcome.objects:
                continue
            control_plane = next(thing for thing in outcome.objects if thing["kind"] == "KubeadmControlPlane")
            server = control_plane["spec"]["kubeadmConfigSpec"]["clusterConfiguration"].get("apiServer", {})
            arguments = server.get("extraArgs", {})
            if isinstance(arguments, list):  # API v1beta2
                report.expect(len(arguments) == len({entry["name"] for entry in arguments}), f"{setting}: {arguments}")
                arguments = {entry["name"]: entry["value"] for entry in arguments}
            effective = {**OIDC_DEFAULTS, **given} if {"clientID", "issuerURL"} <= set(fields) else {}
            meant = {OIDC[field][0]: value for field, value in effective.items()}
            report.expect(arguments == meant, f"{setting}: oidcConfig {given}: {arguments}")


def main():
    harness.require_oracles("helm", "topology-v1.14", "topology-v1.10")
    report, helm, directory = harness.Report(), harness.Oracle("helm"), harness.scratch()
    engines = {name: harness.Oracle(name) for name in ("topology-v1.14", "topology-v1.10")}
    for api in releases.API_VERSIONS:
        for release in releases.build(directory / api, api):
            manifests = releases.write_class(helm, release)
            variables = Variables(releases.cluster_class(manifests))
            for engine in ("topology-v1.14", "topology-v1.10") if api == "v1beta1" else ("topology-v1.14",):
                setting, oracle = Setting(release, engine, api), engines[engine]
                answer = releases.load(oracle, manifests)
                report.expect(answer.get("ok"), f"{setting}: {answer.get('phase')}: {answer.get('error')}")
                if not answer.get("ok"):
                    continue
                for cluster in example_clusters(variables):
                    check_objects(report, setting, oracle, cluster)
                if "oidcConfig" in variables.schemas and release.tag == "openstack-scs2-1-34-v1":
                    check_oidc(report, setting, oracle)
    report.finish()


if __name__ == "__main__":
    main()
