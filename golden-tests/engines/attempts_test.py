"""Attempts to make a definition that compiles and that Cluster API refuses.

Each file of `attempts/` says in its first line what it tries, and may give variables of further Clusters in lines `// cluster: JSON`.
Whatever API version it is built for, every engine must admit the class, accept the Clusters, make of them what `stackc render` says,
and admit all of these objects.
"""

import dataclasses
import json
import pathlib

import harness
import releases
from both_sides import Setting, by_engine, by_stackc, disagreement
from manifests import Cluster, Workers, quick_yaml

ATTEMPTS = pathlib.Path(__file__).parent / "attempts"
ENGINES = {"v1beta1": ("topology-v1.14", "topology-v1.10"), "v1beta2": ("topology-v1.14",)}


@dataclasses.dataclass(frozen=True)
class Attempt:
    path: pathlib.Path

    @property
    def purpose(self):
        return self.path.read_text().splitlines()[0].removeprefix("// ")

    @property
    def is_compared(self):
        """Not where Cluster API stores less than what was written."""
        return "\n// stored otherwise: " not in self.path.read_text()

    @property
    def variables(self):
        """Of each Cluster; the first sets none."""
        lines = (line for line in self.path.read_text().splitlines() if line.startswith("// cluster: "))
        return [{}, *(json.loads(line.removeprefix("// cluster: ")) for line in lines)]


def check_cluster(report, setting, oracle, workers, attempt, variables, directory):
    name = f"{attempt.path.stem} ({setting}): {attempt.purpose}"
    cluster = Cluster(variables, replicas=1, workers=workers, valid=True)
    document = setting.manifest(cluster)
    outcome = by_engine(oracle, document)
    report.expect(outcome.objects, f"{name} {variables}: {outcome.reason}")
    if attempt.is_compared:
        rendered = by_stackc(setting.release, [quick_yaml(document)], directory)[0]
        for line in disagreement(cluster, outcome, rendered):
            report.expect(False, f"{name} {variables}: {line}")
    if not outcome.objects:
        return
    results = oracle.ask({"validateObjects": outcome.objects, "webhooks": True})["results"]
    for thing, reason in zip(outcome.objects, results):
        report.expect(reason is None, f"{name} {variables}: {thing['kind']}: {reason}")


def check_attempt(report, attempt, api, helm, engines, directory):
    (release,) = releases.build(directory, api, paths=[attempt.path])
    release = dataclasses.replace(release, definition=attempt.path)
    manifests = releases.write_class(helm, release)
    classes = releases.cluster_class(manifests)["spec"].get("workers", {}).get("machineDeployments", [])
    workers = [Workers(f"md-{index}", cls=entry["class"]) for index, entry in enumerate(classes)]
    for engine in ENGINES[api]:
        setting, oracle = Setting(release, engine, api), engines[engine]
        name = f"{attempt.path.stem} ({setting}): {attempt.purpose}"
        answer = releases.load(oracle, manifests)
        report.expect(answer.get("ok"), f"{name} {answer.get('phase')}: {answer.get('error')}")
        if answer.get("ok"):
            for variables in attempt.variables:
                check_cluster(report, setting, oracle, workers, attempt, variables, directory)


def main():
    harness.require_oracles("helm", "topology-v1.14", "topology-v1.10")
    report, helm, directory = harness.Report(), harness.Oracle("helm"), harness.scratch()
    engines = {name: harness.Oracle(name) for names in ENGINES.values() for name in names}
    for path in sorted(ATTEMPTS.glob("*.stack")):
        for api in ENGINES:
            check_attempt(report, Attempt(path), api, helm, engines, directory / f"{path.stem}-{api}")
    report.finish()


if __name__ == "__main__":
    main()
