"""What becomes of a Cluster: by the real engine, and by stackc."""

import dataclasses
import json
import re
import subprocess

import harness
from manifests import manifest, quick_yaml
from comparison import compare

BATCH = 400  # Clusters per run of stackc


@dataclasses.dataclass
class Outcome:
    objects: list | None = None  # None: refused
    reason: str = ""


@dataclasses.dataclass(frozen=True)
class Setting:
    """A release in an engine, and the API version in which its Clusters are written."""

    release: object
    engine: str  # topology-v1.14
    api: str  # of the manifests

    def __str__(self):
        return f"{self.release}, {self.engine}, Clusters {self.api}"

    @property
    def mixed(self):
        return self.api != self.release.api

    def manifest(self, cluster):
        return manifest(cluster, self.api, self.release.tag, self.release.kubernetes)


def by_engine(oracle, document):
    """Fails if the engine gives up on a Cluster that its webhook admitted."""
    answer = oracle.ask({"cluster": document, "desired": True})
    if "objects" in answer:
        return Outcome(answer["objects"])
    return Outcome(reason=f"{answer['phase']}: {answer['error']}")


def by_stackc(release, texts, directory):
    """Outcomes of manifests, in their order."""
    outcomes = []
    for start in range(0, len(texts), BATCH):
        outcomes += _render(release, texts[start:start + BATCH], directory)
    return outcomes


def _render(release, texts, directory):
    paths = [directory / f"{index}.yaml" for index in range(len(texts))]
    for path, text in zip(paths, texts):
        path.write_text(text)
    command = [harness.compiler(), "render", release.source, "--cluster-api", release.api, "--format", "json", "--cluster", *paths]
    done = subprocess.run(command, capture_output=True, text=True)
    refused = {}
    for report in done.stderr.split("\n\n"):
        if match := re.search(rf"^error\[.*?--> {directory}/(\d+)\.yaml:", report, re.DOTALL | re.MULTILINE):
            refused.setdefault(int(match[1]), report.replace(str(directory), "").strip())
    accepted, objects = [], []
    for line in done.stdout.split("\n"):
        if not line:
            continue
        objects.append(json.loads(line))
        if objects[-1]["kind"] == "Cluster":  # the last of its objects
            accepted.append(Outcome(objects))
            objects = []
    if len(accepted) + len(refused) != len(texts):
        if len(texts) == 1:
            raise RuntimeError(f"stackc renders {len(accepted)} and refuses {len(refused)} of one:\n{done.stderr[:2000]}")
        middle = len(texts) // 2  # not every report was shown
        return _render(release, texts[:middle], directory) + _render(release, texts[middle:], directory)
    following = iter(accepted)
    return [Outcome(reason=refused[index]) if index in refused else next(following) for index in range(len(texts))]


def disagreement(cluster, engine, stackc):
    """Lines; none if both sides do the same, and what the test meant."""
    if engine.objects is None and not engine.reason.startswith("cluster-admission"):
        return [f"the engine gives up: {engine.reason}", *([] if stackc.objects else [f"stackc refuses: {stackc.reason}"])]
    if engine.objects is None and stackc.objects is not None:
        return [f"only the engine refuses: {engine.reason}"]
    if stackc.objects is None and engine.objects is not None:
        return [f"only stackc refuses: {stackc.reason}"]
    accepted = engine.objects is not None
    if cluster.valid is not None and cluster.valid != accepted:
        return [f"both accept what is invalid: {cluster.intent}" if accepted else f"both refuse what is valid: {engine.reason}"]
    return compare(engine.objects, stackc.objects) if accepted else []


def check(setting, oracle, cluster, directory):
    """The disagreement over one Cluster."""
    document = setting.manifest(cluster)
    stackc = by_stackc(setting.release, [quick_yaml(document)], directory)[0]
    return disagreement(cluster, by_engine(oracle, document), stackc)
