"""Releases as stackc builds them, and their class as Helm and the engine see it."""

import dataclasses
import pathlib
import subprocess

import yaml

import harness

API_VERSIONS = ("v1beta1", "v1beta2")
NAMESPACE = "cluster"


@dataclasses.dataclass(frozen=True)
class Release:
    directory: pathlib.Path
    api: str  # of Cluster API's kinds
    definition: pathlib.Path | None = None  # if it is none of the reference stacks

    @property
    def tag(self):  # openstack-scs2-1-34-v1
        return self.directory.name

    @property
    def line(self):  # openstack-scs2-1-34: what the operator gives Helm as the name of the release
        return "-".join(self.tag.split("-")[:4])

    @property
    def source(self):
        if self.definition:
            return self.definition
        provider, stack, *_ = self.tag.split("-")
        return harness.ROOT / "stacks" / provider / stack

    @property
    def kubernetes(self):  # v1.34.7
        return yaml.safe_load((self.directory / "metadata.yaml").read_text())["versions"]["kubernetes"]

    @property
    def chart(self):
        return next(self.directory.glob("*-cluster-class-*.tgz"))

    def __str__(self):
        return f"{self.tag} ({self.api})"


def build(out, api, *options, paths=(harness.ROOT / "stacks",)):
    """Releases of all lines of the stacks, in the order of their tags."""
    command = [harness.compiler(), "build", *paths, "--release-version", "v1", "--out", out, "--cluster-api", api, *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return [Release(path, api) for path in sorted(out.iterdir())]


def template_class(helm, release):
    """Helm's answer for the chart of the class, as the operator asks for it."""
    return helm.ask({"template": {"chart": str(release.chart), "release": release.line, "namespace": NAMESPACE}})


def write_class(helm, release):
    """The file with the templated class."""
    answer = template_class(helm, release)
    if "error" in answer:
        raise RuntimeError(f"{release}: {answer['error']}")
    path = release.directory.parent / f"{release.tag}.{release.api}.yaml"
    path.write_text(answer["text"])
    return path


def load(engine, manifests):
    return engine.ask({"load": {"manifests": str(manifests), "namespace": NAMESPACE}})


def documents(path):
    return [document for document in yaml.safe_load_all(path.read_text()) if document]


def cluster_class(path):
    return next(document for document in documents(path) if document["kind"] == "ClusterClass")
