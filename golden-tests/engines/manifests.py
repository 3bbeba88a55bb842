"""Cluster manifests of either API version."""

import dataclasses
import json
import re

import yaml

from releases import NAMESPACE


@dataclasses.dataclass
class Workers:
    name: str = "md-0"
    cls: str = "default-worker"
    replicas: int | None = 1
    overrides: dict = dataclasses.field(default_factory=dict)
    metadata: dict = dataclasses.field(default_factory=dict)
    drain_seconds: int | None = None
    failure_domain: str | None = None
    fields: dict = dataclasses.field(default_factory=dict)  # further ones, by the API version that spells them so


@dataclasses.dataclass
class Cluster:
    """What a test varies; variables are values by name."""

    variables: dict = dataclasses.field(default_factory=dict)
    name: str = "demo"
    replicas: int | None = 1
    overrides: dict = dataclasses.field(default_factory=dict)  # of the control plane
    metadata: dict = dataclasses.field(default_factory=dict)  # of the control plane
    drain_seconds: int | None = None
    labels: dict = dataclasses.field(default_factory=dict)
    network: dict = dataclasses.field(default_factory=dict)
    workers: list = dataclasses.field(default_factory=lambda: [Workers()])
    fields: dict = dataclasses.field(default_factory=dict)  # of the control plane, as those of Workers
    newer: bool = False  # Cluster API 1.10 has no such rule
    intent: str = ""  # what is tested, for messages
    valid: bool | None = None  # None: both sides decide


def _variables(values):
    return [{"name": name, "value": value} for name, value in values.items()]


def _duration(seconds):
    """As Go writes it, and therefore the API server: stackc passes on what it is given."""
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    return (f"{hours}h" if hours else "") + (f"{minutes}m" if seconds >= 60 else "") + f"{seconds % 60}s"


def _common(part, api):
    fields = {"replicas": part.replicas, "metadata": part.metadata}
    if part.overrides:
        fields["variables"] = {"overrides": _variables(part.overrides)}
    if part.drain_seconds is not None:
        if api == "v1beta1":
            fields["nodeDrainTimeout"] = _duration(part.drain_seconds)
        else:
            fields["deletion"] = {"nodeDrainTimeoutSeconds": part.drain_seconds}
    return {name: value for name, value in fields.items() if value not in (None, {})} | part.fields.get(api, {})


def manifest(cluster, api, tag, version):
    """The manifest for a release; `api` is that of the manifest, not of the class."""
    topology = {"class": tag} if api == "v1beta1" else {"classRef": {"name": tag}}
    topology["version"] = version
    control_plane = _common(cluster, api)
    if control_plane:
        topology["controlPlane"] = control_plane
    deployments = []
    for workers in cluster.workers:
        entry = {"class": workers.cls, "name": workers.name, **_common(workers, api)}
        if workers.failure_domain:
            entry["failureDomain"] = workers.failure_domain
        deployments.append(entry)
    if deployments:
        topology["workers"] = {"machineDeployments": deployments}
    if cluster.variables:
        topology["variables"] = _variables(cluster.variables)
    metadata = {"name": cluster.name, "namespace": NAMESPACE}
    if cluster.labels:
        metadata["labels"] = cluster.labels
    spec = {"clusterNetwork": cluster.network, "topology": topology} if cluster.network else {"topology": topology}
    return {"apiVersion": f"cluster.x-k8s.io/{api}", "kind": "Cluster", "metadata": metadata, "spec": spec}


_SURROGATES = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})")


def quick_yaml(document):
    """JSON that YAML reads the same: YAML has no pairs of surrogates, and no raw DEL."""
    def join(match):
        high, low = (int(part, 16) for part in match.groups())
        return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"

    return _SURROGATES.sub(join, json.dumps(document)).replace("\x7f", "\\x7f")


def readable_yaml(document):
    return yaml.safe_dump(document, sort_keys=False)
