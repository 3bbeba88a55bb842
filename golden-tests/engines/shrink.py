"""Makes a failing Cluster small."""

import dataclasses

from manifests import Cluster, Workers

MOST_ATTEMPTS = 150


def smaller_values(value):
    if isinstance(value, str) and len(value) > 1:
        yield value[: len(value) // 2]
        yield value[len(value) // 2 :]
        yield value[:-1]
        yield value[1:]
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield value[:index] + value[index + 1 :]
            for smaller in smaller_values(item):
                yield [*value[:index], smaller, *value[index + 1 :]]
    elif isinstance(value, dict):
        for name, item in value.items():
            yield {other: part for other, part in value.items() if other != name}
            for smaller in smaller_values(item):
                yield {**value, name: smaller}
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) > 1:
        yield value // 2


def smaller_parts(part, plain):
    """Fewer or smaller fields of a dataclass; `plain` has them as small as they get."""
    for field in dataclasses.fields(part):
        value, least = getattr(part, field.name), getattr(plain, field.name)
        if field.name in ("intent", "valid", "workers") or value == least:
            continue
        yield dataclasses.replace(part, **{field.name: least})
        if isinstance(value, dict):
            for smaller in smaller_values(value):
                yield dataclasses.replace(part, **{field.name: smaller})


def smaller_clusters(cluster):
    for index, workers in enumerate(cluster.workers):
        others = cluster.workers[:index], cluster.workers[index + 1 :]
        yield dataclasses.replace(cluster, workers=[*others[0], *others[1]])
        for smaller in smaller_parts(workers, Workers(name=workers.name)):
            yield dataclasses.replace(cluster, workers=[*others[0], smaller, *others[1]])
    yield from smaller_parts(cluster, Cluster())


def shrink(cluster, fails):
    """The smallest Cluster found for which `fails` holds."""
    attempts = 0
    progress = True
    while progress and attempts < MOST_ATTEMPTS:
        progress = False
        for smaller in smaller_clusters(cluster):
            attempts += 1
            if attempts > MOST_ATTEMPTS:
                break
            if fails(smaller):
                cluster, progress = smaller, True
                break
    return cluster
