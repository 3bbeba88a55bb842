"""Clusters to stage, made from what a ClusterClass says about its variables."""

import itertools
import re

from manifests import Cluster, Workers
from schema_values import broken_values, edge_values, random_value, same, usual_value

MOST_COMBINATIONS = 256
ABSENT = object()


class Variables:
    """Schemas by name, and which values make a difference to a condition."""

    def __init__(self, cluster_class):
        self.schemas = {entry["name"]: entry["schema"]["openAPIV3Schema"] for entry in cluster_class["spec"]["variables"]}
        self.condition_inputs = _used_together(cluster_class, self.schemas, _conditions)
        self.together = _used_together(cluster_class, self.schemas, _whole_operation)

    def representatives(self, name):
        """[{}] or [{name: value}]: absent, empty, and every kind of presence."""
        schema = self.schemas[name]
        if schema["type"] == "object":
            values = [value for value in edge_values(schema) if all(same(v, usual_value(schema["properties"][k])) for k, v in value.items())]
        elif schema["type"] == "array":
            values = [[], *([value] if (value := usual_value(schema)) else [[usual_value(schema["items"])]])]
        elif schema["type"] == "boolean" or "enum" in schema:
            values = edge_values(schema)
        else:
            zero = "" if schema["type"] == "string" else 0
            values = [value for value in edge_values(schema) if same(value, zero)] + [usual_value(schema)]
        return [{}, *({name: value} for value in values)]


def _conditions(patch, operation):
    template = operation.get("valueFrom", {}).get("template", "")
    return [patch.get("enabledIf", ""), *re.findall(r"{{-?\s*(?:else )?if(.*?)}}", template)]


def _whole_operation(patch, operation):
    return [patch.get("enabledIf", ""), *operation.get("valueFrom", {}).values()]


def _used_together(cluster_class, schemas, part):
    """Per place that patches write, the variables that occur in a part of them."""
    groups = {}
    for patch in cluster_class["spec"].get("patches", []):
        for definition in patch["definitions"]:
            for operation in definition["jsonPatches"]:
                words = set(re.findall(r"\w+", " ".join(part(patch, operation))))
                place = (str(definition["selector"]), operation["path"])
                groups.setdefault(place, set()).update(name for name in schemas if name in words)
    return sorted({tuple(sorted(names)) for names in groups.values() if names})


def _merge(parts):
    return {name: value for part in parts for name, value in part.items()}


def edges(variables):
    """Each valid value, with values of variables that are written elsewhere beside it; and the examples together."""
    yield Cluster(intent="defaults", valid=True)
    examples = {name: schema["example"] for name, schema in variables.schemas.items() if "example" in schema}
    yield Cluster(examples, intent="all examples", valid=True)
    groups = []
    for name in variables.schemas:
        near = {other for names in variables.together if name in names for other in names}
        group = next((group for group in groups if not near & set(group)), None)
        if group is None:
            groups.append(group := [])
        group.append(name)
    for group in groups:
        for row in itertools.zip_longest(*(edge_values(variables.schemas[name]) for name in group), fillvalue=ABSENT):
            values = {name: value for name, value in zip(group, row) if value is not ABSENT}
            yield Cluster(values, intent=f"edges of {', '.join(values)}", valid=True)


def combinations(variables):
    """All that conditions can tell apart, per place that they guard; beyond that, every pair."""
    for names in variables.condition_inputs:
        choices = [variables.representatives(name) for name in names]
        size = 1
        for choice in choices:
            size *= len(choice)
        rows = itertools.product(*choices) if size <= MOST_COMBINATIONS else pairs(choices)
        for row in rows:
            yield Cluster(_merge(row), intent=f"conditions of {', '.join(names)}", valid=True)
    few = [variables.representatives(name) for name in variables.schemas]
    for row in pairs([values if len(values) <= 4 else [*values[:2], values[-1]] for values in few]):
        yield Cluster(_merge(row), intent="pairs", valid=True)


def pairs(choices):
    """Rows in which every two values of different choices meet."""
    columns = [list(range(len(choice))) for choice in choices]
    missing = {(i, a, j, b) for i, j in itertools.combinations(range(len(columns)), 2) for a in columns[i] for b in columns[j]}
    while missing:
        i, a, j, b = min(missing)
        row = {i: a, j: b}
        for k in range(len(columns)):
            if k not in row:
                gain = lambda value: sum((min((k, value), (o, v)) + max((k, value), (o, v))) in missing for o, v in row.items())
                row[k] = max(columns[k], key=gain)
        missing -= {(i, row[i], j, row[j]) for i, j in itertools.combinations(range(len(columns)), 2)}
        yield [choices[k][row[k]] for k in range(len(columns))]


def shapes(variables):
    """Clusters that differ in more than variables."""
    some = {name: usual_value(schema) for name, schema in variables.schemas.items()}
    yield Cluster(workers=[], intent="no workers", valid=True)
    yield Cluster(replicas=None, workers=[Workers(replicas=None)], intent="no replicas", valid=True)
    yield Cluster(some, name="c" * 60, workers=[Workers(name="w" * 60)], intent="long names", valid=True)
    yield Cluster(name="123", workers=[Workers(name="on"), Workers(name="0x1f")], intent="names like other types", valid=True)
    yield Cluster(network={"services": {"cidrBlocks": ["10.96.0.0/12"]}, "pods": {"cidrBlocks": ["10.0.0.0/8", "fd00::/48"]},
                           "serviceDomain": "cluster.local"}, intent="network", valid=True)
    labels = {"labels": {"team": "on", "example.com/x": "123"}, "annotations": {"note": "a #b: {{ x }}\n"}}
    yield Cluster(labels={"site": "a"}, metadata=labels, workers=[Workers(metadata=labels)], intent="metadata", valid=True)
    yield Cluster(drain_seconds=90, workers=[Workers(drain_seconds=0), Workers("b", drain_seconds=3600, failure_domain="nova")],
                  intent="timeouts", valid=True)
    for name, schema in variables.schemas.items():
        for value in edge_values(schema)[:3] + [usual_value(schema)]:
            yield Cluster(some, overrides={name: value}, workers=[Workers(), Workers("md-1", overrides={name: value})],
                          intent=f"override of {name}", valid=True)
        yield Cluster(overrides={name: usual_value(schema)}, workers=[Workers(overrides={name: usual_value(schema)})],
                      intent=f"override of {name} alone", valid=True)


def random_cluster(variables, random):
    def some_values(chance):
        return {name: random_value(schema, random) for name, schema in variables.schemas.items() if random.random() < chance}

    workers = []
    for index in range(random.choice([0, 1, 1, 1, 2, 3])):
        workers.append(Workers(f"md-{index}", replicas=random.choice([None, 0, 1, 7]), overrides=some_values(random.choice([0, 0, 0.2])),
                               drain_seconds=random.choice([None, None, 30]), failure_domain=random.choice([None, None, "az-1"])))
    return Cluster(some_values(random.choice([0.1, 0.4, 0.9])), name=random.choice(["demo", "123", "on", "a-b"]),
                   replicas=random.choice([None, 1, 3]), overrides=some_values(random.choice([0, 0, 0.2])),
                   labels=random.choice([{}, {"site": "a"}]), drain_seconds=random.choice([None, None, 30]),
                   network=random.choice([{}, {"pods": {"cidrBlocks": ["10.0.0.0/8"]}}]), workers=workers, intent="random")


def broken(variables, random, count):
    """Valid Clusters but for one place. `count` is per variable; which ones is up to chance."""
    for name, schema in variables.schemas.items():
        choices = list(broken_values(schema))
        for wrong, value in random.sample(choices, min(count, len(choices))):
            if random.random() < 0.2:
                yield Cluster(overrides={name: value}, intent=f"{name} {wrong} (override)")
            else:
                yield Cluster({name: value}, intent=f"{name} {wrong}")
    some = {name: usual_value(schema) for name, schema in variables.schemas.items()}
    yield Cluster({**some, "unknown": 1}, intent="unknown variable", valid=False)
    yield Cluster(overrides={"unknown": 1}, intent="unknown override", valid=False)
    yield Cluster(some, workers=[Workers(cls="no-such-class")], intent="unknown class of workers", valid=False)
    yield Cluster(workers=[Workers(), Workers()], intent="workers of one name", valid=False)
    yield Cluster(name="c" * 64, intent="name too long", valid=False)
    yield Cluster(network={"pods": {"cidrBlocks": ["10.0.0.0"]}}, intent="no CIDR", valid=False)
    yield Cluster(metadata={"labels": {"a b": "c"}}, intent="no label", valid=False)
    yield from broken_machines()


def broken_machines():
    """What the webhooks refuse in the fields of machine deployments and the control plane."""
    def rolling(**numbers):
        strategy = {"type": "RollingUpdate", "rollingUpdate": numbers}
        return {"v1beta1": {"strategy": strategy}, "v1beta2": {"rollout": {"strategy": strategy}}}

    def health(old, new):
        return {"v1beta1": {"machineHealthCheck": old}, "v1beta2": {"healthCheck": new}}

    def workers(fields, **others):
        return [Workers(fields=fields, **others)]

    soon = health({"nodeStartupTimeout": "20s"}, {"checks": {"nodeStartupTimeoutSeconds": 20}})
    enabled = health({"enable": True}, {"enabled": True})
    unhealthy = health({"maxUnhealthy": "most", "nodeStartupTimeout": "10m"}, {"remediation": {"triggerIf": {"unhealthyLessThanOrEqualTo": "most"}}})
    taints = [{"key": "node.kubernetes.io/unreachable", "effect": "NoSchedule", "propagation": "Always"}]
    taint = {api: {"taints": taints} for api in ("v1beta1", "v1beta2")}
    yield Cluster(workers=workers(rolling(maxSurge=1, maxUnavailable="20%")), intent="rollout", valid=True)
    yield Cluster(workers=workers(rolling(maxSurge=0, maxUnavailable=0)), intent="rollout without room", valid=False, newer=True)
    yield Cluster(workers=workers(rolling(maxSurge="one")), intent="surge that is no number", valid=False, newer=True)
    yield Cluster(workers=workers(soon), intent="health check of workers too soon", valid=False)
    yield Cluster(fields=soon, intent="health check of the control plane too soon", valid=False)
    yield Cluster(workers=workers(enabled), intent="health check of workers without a definition", valid=False)
    yield Cluster(fields=enabled, intent="health check of the control plane without a definition", valid=False)
    yield Cluster(workers=workers(unhealthy), intent="health check with a threshold that is no number", valid=False)
    yield Cluster(workers=workers(taint), intent="taint of Kubernetes", valid=False, newer=True)
    scaled = {"annotations": {"cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size": "1"}}
    yield Cluster(workers=[Workers(metadata=scaled)], intent="replicas beside the autoscaler", valid=False)
    yield Cluster(workers=workers({api: {"replica": 3} for api in ("v1beta1", "v1beta2")}), intent="unknown field", valid=False)
    yield Cluster(workers=workers({api: {"minReadySeconds": "3"} for api in ("v1beta1", "v1beta2")}), intent="text for a number", valid=False)
    yield Cluster(labels={"a": "b" * 64}, intent="label too long", valid=False)
    yield Cluster(metadata={"annotations": {"a b": "c"}}, intent="no name of an annotation", valid=False)
