"""Objects of the real engine against those of stackc.

stackc shows what a stack and a Cluster say. The engine's objects start from templates that have gone through the API
server and, for API v1beta1 in Cluster API from v1.11 on, through the conversion to v1beta2 and back. What that adds is
listed here, value by value, and taken away where stackc has nothing; anything else is a difference. Not shown by stackc,
by intent (compiler/topology/desired.h), and therefore not compared: owner references, the UID, `cloned-from` annotations.
"""

SIDES = ("engine", "stackc")
EMPTY = object()  # an empty record

# Go structs without a pointer: conversion back to v1beta1 writes them even if there is nothing in them.
_KUBEADM = {
    "clusterConfiguration.apiServer": EMPTY,
    "clusterConfiguration.controllerManager": EMPTY,
    "clusterConfiguration.dns": EMPTY,
    "clusterConfiguration.etcd": EMPTY,
    "clusterConfiguration.networking": EMPTY,
    "clusterConfiguration.scheduler": EMPTY,
    "initConfiguration.localAPIEndpoint": EMPTY,
    "joinConfiguration.discovery": EMPTY,
    # Defaults of the webhooks up to v1.10.
    "format": "cloud-config",
    "initConfiguration.nodeRegistration.imagePullPolicy": "IfNotPresent",
    "joinConfiguration.nodeRegistration.imagePullPolicy": "IfNotPresent",
}

ADDED = {
    "KubeadmControlPlane": {
        **{f"spec.kubeadmConfigSpec.{path}": value for path, value in _KUBEADM.items()},
        # Default of the CRD of the template, v1beta1.
        "spec.rolloutStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}},
    },
    "KubeadmConfigTemplate": {
        **{f"spec.template.spec.{path}": value for path, value in _KUBEADM.items()},
        "spec.template.metadata": EMPTY,
    },
    # Default of the CRD.
    "OpenStackCluster": {"spec.managedSecurityGroups.allowAllInClusterTraffic": False, "spec.identityRef.type": "Secret"},
    # Go structs without a pointer, in API v1beta1 as Cluster API v1.10 has it.
    "Cluster": {
        "spec.controlPlaneEndpoint": {"host": "", "port": 0},
        "spec.topology.controlPlane.metadata": EMPTY,
        "spec.topology.controlPlane": EMPTY,
        "spec.topology.workers.machineDeployments.*.metadata": EMPTY,
    },
}


def canonical(value):
    """Numbers as JSON compares them: 1.0 is 1, but true is not."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: canonical(part) for name, part in value.items()}
    if isinstance(value, list):
        return [canonical(part) for part in value]
    return value


def differences(engine, stackc, sides=SIDES, path=""):
    """Lines `path: engine …, stackc …`."""
    if isinstance(engine, dict) and isinstance(stackc, dict):
        found = []
        for name in sorted(engine.keys() | stackc.keys()):
            found += differences(engine.get(name, _ABSENT), stackc.get(name, _ABSENT), sides, f"{path}.{name}" if path else name)
        return found
    if isinstance(engine, list) and isinstance(stackc, list) and len(engine) == len(stackc):
        return [line for index, pair in enumerate(zip(engine, stackc)) for line in differences(*pair, sides, f"{path}[{index}]")]
    if type(engine) is type(stackc) and engine == stackc:
        return []
    return [f"{path}: {sides[0]} {engine!r}, {sides[1]} {stackc!r}"]


class _Absent:
    def __repr__(self):
        return "nothing"


_ABSENT = _Absent()


def _remove_added(engine, stackc, steps, value):
    if steps[0] == "*":
        for pair in zip(engine, stackc):
            _remove_added(*pair, steps[1:], value)
        return
    if not isinstance(engine, dict) or steps[0] not in engine:
        return
    inner = stackc.get(steps[0], _ABSENT) if isinstance(stackc, dict) else _ABSENT
    if len(steps) > 1:
        _remove_added(engine[steps[0]], inner, steps[1:], value)
    elif inner is _ABSENT and engine[steps[0]] == ({} if value is EMPTY else value):
        del engine[steps[0]]


def _comparable(thing):
    """What is compared of an object."""
    metadata = thing["metadata"]
    annotations = {name: value for name, value in metadata.get("annotations", {}).items()
                   if not name.startswith("cluster.x-k8s.io/cloned-from-")}
    return {
        "apiVersion": thing["apiVersion"], "kind": thing["kind"], "spec": thing.get("spec", {}),
        "metadata": {"name": metadata["name"], "namespace": metadata.get("namespace"), "labels": metadata.get("labels", {}),
                     "annotations": annotations},
    }


def _version_free(thing):
    """What both API versions of MachineDeployment and Cluster spell alike. From v1.11 on the engine writes them in v1beta2
    whatever the manifest has; Clusters of API v1beta2 and the engine of v1.10 are where they are compared as a whole."""
    spec = thing["spec"]
    if thing["kind"] == "Cluster":
        parts = {"variables": spec["topology"].get("variables", []), "clusterNetwork": spec.get("clusterNetwork", {})}
    else:
        parts = {"clusterName": spec["clusterName"], "replicas": spec.get("replicas"), "selector": spec["selector"],
                 "metadata": spec["template"].get("metadata", {}), "version": spec["template"]["spec"]["version"],
                 "failureDomain": spec["template"]["spec"].get("failureDomain")}
    return {"kind": thing["kind"], "metadata": thing["metadata"], "spec": parts}


def compare(engine_objects, stackc_objects, sides=SIDES):
    """Lines that say how the objects for one Cluster differ; none if they are equal. `sides` are their names in the lines."""
    by_name = lambda objects: {(thing["kind"], thing["metadata"]["name"]): _comparable(canonical(thing)) for thing in objects}
    engine, stackc = by_name(engine_objects), by_name(stackc_objects)
    found = [f"{kind} {name}: only from {sides[0]}" for kind, name in engine.keys() - stackc.keys()]
    found += [f"{kind} {name}: only from {sides[1]}" for kind, name in stackc.keys() - engine.keys()]
    for key in engine.keys() & stackc.keys():
        left, right = engine[key], stackc[key]
        if left["apiVersion"] != right["apiVersion"] and key[0] in ("Cluster", "MachineDeployment"):
            left, right = _version_free(left), _version_free(right)
        for path, value in ADDED.get(key[0], {}).items():
            _remove_added(left, right, path.split("."), value)
        found += [f"{key[0]} {key[1]}: {line}" for line in differences(left, right, sides)]
    return sorted(found)
