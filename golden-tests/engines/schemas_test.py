"""What the API server accepts by a CRD (and Cluster API's webhooks), stackc accepts by the schema that it imports from that CRD.

For every template kind of the oracle's CRDs, in every version: objects made from the CRD's own schema, and the same broken in one
place. What the API server refuses and stackc does not (CEL rules, mostly) is allowed, and counted.
"""

import argparse
import random as randomness
import subprocess

import yaml

import crd_values
import harness

ENGINES = ("topology-v1.14", "topology-v1.10")
# Which fields CEL rules demand.
DEMANDED = {"OpenStackMachineTemplate": {"flavor": "m1"}}
# Where stackc is stricter: the API server lets a list pass for a text with a format (compiler/types/validate.h), the oracle has no
# webhooks of infrastructure providers and does not decode their objects, and what a node refuses no server asks it.
STRICTER = ("error[type/mismatch]: found a list, expected a text, `String(format: ", "error[stack/refused-by-provider]: `OpenStack",
            "error[stack/refused-by-provider]: `DockerMachineTemplate` ", "error[stack/refused-on-node]: ")


def literal(value):
    """A value in the language."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        plain = (c if 32 <= ord(c) < 127 and c not in '\\"$' else f"\\u{{{ord(c):X}}}" for c in value)
        return '"' + "".join(plain) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(key)}: {literal(entry)}" for key, entry in value.items()) + "}"
    return repr(value)


class TemplateKind:
    def __init__(self, crd, version):
        self.group, self.kind = crd["spec"]["group"], crd["spec"]["names"]["kind"]
        self.version = version["name"]
        schema = version["schema"]["openAPIV3Schema"]
        for name in ("spec", "template", "spec"):
            schema = schema.get("properties", {}).get(name, {})
        self.schema = schema

    def object(self, spec):
        metadata = {"name": "a", "namespace": "default"}
        return {"apiVersion": f"{self.group}/{self.version}", "kind": self.kind, "metadata": metadata, "spec": {"template": {"spec": spec}}}

    def stack(self, spec):
        return f"""import kubeadm
provider own {{
  infrastructure: {{ group: "infrastructure.cluster.x-k8s.io", version: "v1beta1", kind: "DockerClusterTemplate" }}
  machine: {{ group: "{self.group}", version: "{self.version}", kind: "{self.kind}" }}
  schema: "own"
}}
stack demo on own {{
  kubernetes 1.34.7
  infrastructure {{}}
  control-plane {{
    kubeadm {{}}
    machine {literal(spec)}
  }}
}}
"""


def template_kinds(directory):
    for path in sorted(directory.glob("*templates.yaml")):
        for crd in yaml.load_all(path.read_text(), yaml.CSafeLoader):
            for version in crd["spec"]["versions"]:
                kind = TemplateKind(crd, version)
                if version["served"] and kind.schema:
                    yield kind


def objects_of(kind, count, random):
    for number in range(count):
        spec = crd_values.value(kind.schema, random)
        if isinstance(spec, dict) and number % 5:
            spec = {**DEMANDED.get(kind.kind, {}), **spec}
        if number % 3 == 2 and isinstance(spec, dict):
            crd_values.break_one_place(spec, random)
        yield spec


class Stackc:
    """Checks a body by the schemas of one engine's CRDs."""

    def __init__(self, crds, directory):
        self.directory = directory
        files = sorted(crds.glob("*.yaml"))
        command = [harness.compiler(), "schema", "import", *files, "-o", directory / "schemas/own-v1.0"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def reports(self, kind, spec):
        """What is wrong with the body; empty if nothing."""
        path = self.directory / "main.stack"
        path.write_text(kind.stack(spec))
        command = [harness.compiler(), "check", "--schemas", self.directory / "schemas", path]
        done = subprocess.run(command, capture_output=True, text=True)
        return done.stderr if done.returncode else ""


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--count", type=int, default=40, help="objects per kind and version")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    harness.require_oracles(*ENGINES)
    report, accepted, refused, found = harness.Report(), 0, 0, 0
    for engine in ENGINES:
        crds = harness.ORACLES / "crds" / engine.replace("topology", "capi")
        oracle, stackc = harness.Oracle(engine), Stackc(crds, harness.scratch())
        for kind in template_kinds(crds):
            random = randomness.Random(f"{options.seed} {engine} {kind.kind} {kind.version}")
            specs = list(objects_of(kind, options.count, random))
            verdicts = oracle.ask({"validateObjects": [kind.object(spec) for spec in specs], "webhooks": True})["results"]
            for spec, verdict in zip(specs, verdicts):
                reports = stackc.reports(kind, spec)
                if verdict is None:
                    accepted += 1
                    report.expect(not reports or any(text in reports for text in STRICTER), f"{engine}: {kind.kind} {kind.version}: {literal(spec)}\n{reports}")
                else:
                    refused += 1
                    found += bool(reports)
    report.expect(accepted > refused / 2 and refused > 100, f"{accepted} accepted, {refused} refused: the objects say little")
    report.finish(f"; of {refused} that the API server refuses, stackc finds {found}")


if __name__ == "__main__":
    main()
