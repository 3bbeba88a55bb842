"""Patches, as the real engine applies them, give what the expressions mean.

For Clusters made from the emitted ClusterClass's own schemas, the objects of Cluster API's topology engine must equal those
of `stackc render`, and both must refuse the same Clusters. A failure is printed small, as a manifest to run.
"""

import argparse
import collections
import concurrent.futures
import dataclasses
import random
import time

import cases
import harness
import releases
from both_sides import Setting, by_engine, by_stackc, check, disagreement
from manifests import quick_yaml, readable_yaml
from shrink import shrink

# Of each setting, so many of its failures are shrunk and shown.
SHOWN = 3


def settings(built):
    """Every stack in its newest line; v1.10 knows v1beta1 only, and a release in v1beta1 may get Clusters in v1beta2."""
    newest = {release.tag.rsplit("-", 3)[0]: release for release in built["v1beta1"]}.keys()
    for stack in newest:
        old, new = (next(r for r in reversed(built[api]) if r.tag.startswith(stack + "-")) for api in releases.API_VERSIONS)
        yield Setting(old, "topology-v1.14", "v1beta1")
        yield Setting(new, "topology-v1.14", "v1beta2")
        yield Setting(old, "topology-v1.10", "v1beta1")
        yield Setting(old, "topology-v1.14", "v1beta2")


def without_timeouts(cluster):
    """stackc says that it does not translate timeouts between API versions."""
    workers = [dataclasses.replace(part, drain_seconds=None) for part in cluster.workers]
    return dataclasses.replace(cluster, drain_seconds=None, workers=workers)


def clusters(variables, options):
    chance = random.Random(options.seed)
    yield from cases.edges(variables)
    yield from cases.combinations(variables)
    yield from cases.shapes(variables)
    yield from cases.broken(variables, chance, options.broken)
    for _ in range(options.count):
        yield cases.random_cluster(variables, chance)


def run(setting, classes, options, directory):
    """(summary, failures as text)."""
    directory.mkdir()
    oracle = harness.Oracle(setting.engine)
    answer = releases.load(oracle, classes[setting.release])
    if "error" in answer:
        return f"{setting}: not loaded", [f"{setting}: {answer['phase']}: {answer['error']}"]
    started = time.monotonic()
    variables = cases.Variables(releases.cluster_class(classes[setting.release]))
    tried = list(clusters(variables, options))
    if setting.engine == "topology-v1.10":
        tried = [cluster for cluster in tried if not cluster.newer]
    if setting.mixed:
        tried = [without_timeouts(cluster) for cluster in tried[:: options.mixed] if not cluster.fields]
    documents = [setting.manifest(cluster) for cluster in tried]
    rendered = by_stackc(setting.release, [quick_yaml(document) for document in documents], directory)
    counts, failures = collections.Counter(), []
    for cluster, document, stackc in zip(tried, documents, rendered):
        engine = by_engine(oracle, document)
        counts["equal" if engine.objects else "refused by both"] += 1
        if disagreement(cluster, engine, stackc):
            failures.append(cluster)
    # A generator that only makes what is refused, or nothing that is, would prove nothing.
    enough = counts["equal"] > counts["refused by both"] > 0
    texts = [explain(setting, oracle, cluster, directory) for cluster in distinct(failures)[:SHOWN]]
    if not enough:
        texts.append(f"{setting}: the cases are one-sided: {dict(counts)}")
    oracle.close()
    summary = f"{setting}: {len(tried)} Clusters, {dict(counts)}, {len(failures)} disagreements, {time.monotonic() - started:.0f} s"
    return summary, texts


def distinct(failures):
    """One per intent first."""
    first = {cluster.intent: cluster for cluster in reversed(failures)}
    return list(reversed(first.values()))


def explain(setting, oracle, cluster, directory):
    def kind_of_failure(tried):
        return next((line.split()[0] for line in check(setting, oracle, tried, directory)), None)

    kind = kind_of_failure(cluster)
    if kind != "both":  # smaller values need not be valid any more
        cluster = dataclasses.replace(cluster, valid=None)
    small = shrink(cluster, lambda smaller: kind_of_failure(smaller) == kind)
    lines = check(setting, oracle, small, directory)
    return "\n".join([f"{setting}: {cluster.intent}", *(f"  {line[:600]}" for line in lines[:12]), readable_yaml(setting.manifest(small))])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500, help="random Clusters per setting")
    parser.add_argument("--broken", type=int, default=12, help="broken values per variable")
    parser.add_argument("--mixed", type=int, default=5, help="of Clusters in another API version than their class, every how many")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--only", default="", help="settings whose description contains this")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    harness.require_oracles("helm", "topology-v1.14", "topology-v1.10")

    directory = harness.scratch()
    helm = harness.Oracle("helm")
    built = {api: releases.build(directory / api, api) for api in releases.API_VERSIONS}
    chosen = [setting for setting in settings(built) if options.only in str(setting)]
    classes = {release: releases.write_class(helm, release) for release in {setting.release for setting in chosen}}
    report = harness.Report()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(run, setting, classes, options, directory / f"run-{index}") for index, setting in enumerate(chosen)]
        for done in runs:
            summary, texts = done.result()
            print(summary, flush=True)
            report.expect(not texts, "\n".join(texts))
    report.finish(f" (seed {options.seed})")


if __name__ == "__main__":
    main()
