"""How many of the same mistakes the tools of today find before anything reaches a management cluster, and how many stackc finds.

usage: side_by_side.py [--list]

Each mistake of mistakes.yaml is made alone, in a copy of upstream's stack and in a copy of ours. Upstream's is given to `csctl
create`, to `helm lint` (warnings do not count), and, rendered, to the API server's own validation of each object by its CRD; beside
them, what the webhooks of Cluster API say when the release is installed. CSCTL is the program csctl (scripts/bench builds it),
ORACLE and STACKC_REFERENCE are those of golden-tests/engines. The unchanged stacks must pass everywhere.
"""

import collections
import os
import pathlib
import shutil
import subprocess
import sys

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "engines"))
import harness  # noqa: E402

CSCTL = pathlib.Path(os.environ.get("CSCTL", harness.ROOT / "build/csctl"))
STACK = "providers/openstack/scs2"
TOOLS = ("csctl create", "helm lint", "CRD schemas", "webhooks", "stackc check")
FOUND, MISSED, IMPOSSIBLE = "found", "missed", "cannot be written"


def changed(text, old, new):
    if text.count(old) == 0:
        raise ValueError(f"no longer there: {old}")
    return text.replace(old, new, 1)


class Upstream:
    def __init__(self, directory):
        self.root = directory / "upstream"
        self.helm = harness.Oracle("helm")
        self.engine = harness.Oracle("topology-v1.14")

    def judge(self, mistake):
        """Whether each tool but stackc finds it."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(harness.require_reference("upstream/providers"), self.root / "providers")
        stack = self.root / STACK
        if mistake:
            file, old, new = mistake
            path = (stack / "cluster-class/templates" / file).resolve()
            path.write_text(changed(path.read_text(), old, new))
        return [self.csctl(), self.lint(), *self.validate()]

    def csctl(self):
        command = [CSCTL, "create", STACK, "-m", "hash", "-o", self.root / "out"]
        return subprocess.run(command, cwd=self.root, capture_output=True).returncode != 0

    def lint(self):
        answer = self.helm.ask({"lint": {"chart": str(self.root / STACK / "cluster-class"), "namespace": "default"}})
        return not answer.get("ok")

    def validate(self):
        chart = {"chart": str(self.root / STACK / "cluster-class"), "release": "openstack-scs2-1-34", "namespace": "default"}
        answer = self.helm.ask({"template": chart})
        if "error" in answer:
            return True, True  # nothing to validate: who renders sees it
        results = self.engine.ask({"validateObjects": answer["objects"]})["results"]
        rendered = self.root / "rendered.yaml"
        rendered.write_text(answer["text"])
        loaded = self.engine.ask({"load": {"manifests": str(rendered), "namespace": "default"}})
        by_schema = any(results)
        return by_schema, by_schema or "error" in loaded


def judge_ours(mistake, directory):
    if isinstance(mistake, str):
        return IMPOSSIBLE
    source = (harness.ROOT / "stacks/openstack/scs2/scs2.stack").read_text()
    path = directory / "scs2.stack"
    path.write_text(changed(source, *mistake) if mistake else source)
    done = subprocess.run([harness.compiler(), "check", path], capture_output=True, text=True)
    return FOUND if done.returncode == 1 else MISSED


def show(kinds):
    print("| kind of mistake | made | " + " | ".join(TOOLS) + " | cannot be written |")
    print("| --- | --- |" + " --- |" * (len(TOOLS) + 1))
    total = collections.Counter()
    for kind, counts in [*kinds.items(), ("**all**", total)]:
        cells = [counts["made"], *(counts[tool] for tool in TOOLS), counts[IMPOSSIBLE]]
        print(f"| {kind} | " + " | ".join(str(cell) for cell in cells) + " |")
        total.update(counts)


def main():
    harness.require_oracles("helm", "topology-v1.14")
    if not CSCTL.exists():
        harness.skip(f"no {CSCTL}; scripts/bench builds it")
    directory = harness.scratch()
    upstream = Upstream(directory)
    if any(upstream.judge(None)) or judge_ours(None, directory) != MISSED:
        sys.exit(f"an unchanged stack is refused: {dict(zip(TOOLS, upstream.judge(None)))}")
    kinds = {}
    for kind, mistakes in yaml.safe_load((pathlib.Path(__file__).parent / "mistakes.yaml").read_text()).items():
        counts = kinds[kind] = collections.Counter()
        for mistake in mistakes:
            verdicts = dict(zip(TOOLS, upstream.judge(mistake["upstream"])))
            ours = judge_ours(mistake["ours"], directory)
            counts.update(["made", *(tool for tool, found in verdicts.items() if found)])
            counts.update({FOUND: ["stackc check"], IMPOSSIBLE: [IMPOSSIBLE], MISSED: []}[ours])
            if "--list" in sys.argv:
                old, new = mistake["upstream"][1:]
                print(f"{kind}: {old!r} → {new!r}: {', '.join(t for t, found in verdicts.items() if found) or 'nobody'}; stackc: {ours}")
    show(kinds)


if __name__ == "__main__":
    main()
