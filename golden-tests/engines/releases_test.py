"""The releases that stackc builds load where releases go: into the operator and into Helm.

The class chart must give what its files say once Helm's quoting is read off them, without Helm. Add-on charts are
templated with the values that the operator would make for live objects whose names look like other types.
"""

import hashlib
import pathlib
import re
import shutil
import subprocess
import tarfile

import yaml

import harness
import releases

# The only thing that stackc writes for Helm: text that Helm shall leave alone.
_QUOTED = re.compile(r"\{\{ `([^`]*)` \}\}")


def check_operator(report, release):
    done = subprocess.run([harness.ORACLES / "operator", release.directory], capture_output=True, text=True)
    answer = yaml.safe_load(done.stdout)
    report.expect(answer.get("ok"), f"{release}: operator: {answer.get('error')}")
    if not answer.get("ok"):
        return
    loaded = answer["release"]
    source = next(release.source.glob("*.stack")).read_text()
    addons = sorted(re.findall(r"^  addon (\S+) from", source, re.M))
    report.expect(loaded["addons"] == addons, f"{release}: add-ons {loaded['addons']}, the stack has {addons}")
    for hook, names in re.findall(r"^    ((?:After|Before)\w+): \[(.*)\]$", source, re.M):
        meant = [{"name": name, "action": "apply", "inArchive": True} for name in names.split(", ")]
        report.expect(loaded["stages"].get(hook) == meant, f"{release}: {hook}: {loaded['stages'].get(hook)}")
    line = ".".join(release.tag.split("-")[2:4])
    report.expect(loaded["versions"]["kubernetes"].startswith(f"v{line}."), f"{release}: {loaded['versions']}")
    report.expect(loaded["versions"]["clusterStack"] == "v1", f"{release}: {loaded['versions']}")


def read_chart(report, release):
    """The objects of the class chart, read without Helm."""
    objects = []
    with tarfile.open(release.chart) as archive:
        for member in archive.getmembers():
            if member.isfile() and "/templates/" in member.name:
                text = archive.extractfile(member).read().decode()
                rest = _QUOTED.sub("", text)
                report.expect("{{" not in rest and "}}" not in rest, f"{release}: {member.name}: braces outside of quoting")
                objects += [part for part in yaml.safe_load_all(_QUOTED.sub(lambda match: match[1], text)) if part]
    return objects


def check_class(report, helm, release):
    answer = releases.template_class(helm, release)
    report.expect("objects" in answer, f"{release}: helm template: {answer.get('error')}")
    if "objects" not in answer:
        return
    by_name = lambda objects: {(thing["kind"], thing["metadata"]["name"]): thing for thing in objects}
    helms, meant = by_name(answer["objects"]), by_name(read_chart(report, release))
    report.expect(helms.keys() == meant.keys(), f"{release}: Helm gives {sorted(helms)}, the chart has {sorted(meant)}")
    for key in helms.keys() & meant.keys():
        report.expect(helms[key] == meant[key], f"{release}: {key} is not what its file says")
    kinds = sorted(kind for kind, _ in helms)
    provider = {"openstack": "OpenStack", "docker": "Docker"}[release.tag.split("-")[0]]
    report.expect(kinds == sorted(["ClusterClass", "KubeadmConfigTemplate", "KubeadmControlPlaneTemplate", f"{provider}ClusterTemplate",
                                   f"{provider}MachineTemplate", f"{provider}MachineTemplate"]), f"{release}: {kinds}")
    report.expect(("ClusterClass", release.tag) in helms, f"{release}: no ClusterClass {release.tag}")
    if provider == "OpenStack":  # what cloud-init fills in arrives as it was written
        text = str(helms[("KubeadmConfigTemplate", f"{release.tag}-default-worker")])
        report.expect("openstack:///{{ instance_id }}" in text and "{{ local_hostname }}" in text, f"{release}: {text}")
    lint = helm.ask({"lint": {"chart": str(release.chart), "namespace": releases.NAMESPACE}})
    report.expect(lint.get("ok"), f"{release}: helm lint: {lint}")


# ---- add-ons ----------------------------------------------------------------------------------------------------------------

# Versions of which the reference has the chart, instead of those of the stacks.
SUBSTITUTES = {
    "openstack/scs2": {'ccm: "2.32.1"': 'ccm: "2.32.0"', 'csi: "2.32.2"': 'csi: "2.32.0"', 'cilium("1.18.9")': 'cilium("1.17.4")',
                       'metrics-server("3.13.0")': 'metrics-server("3.12.2")'},
    "docker/scs": {},
}
NAMES = ["123", "on", "a-b", "0x1f", "1e3"]
UNQUOTED = {"123": 123, "on": True, "0x1f": 31, "1e3": 1000}
HOSTS = ["10.0.0.1", "api.example.com", "123", "fd00::1", "true"]


def with_vendored_charts(report, directory, stack, charts):
    """A copy of a stack, with the charts of the reference, and its releases in one line."""
    copy = directory / stack
    shutil.copytree(harness.ROOT / "stacks" / stack, copy)
    source = next(copy.glob("*.stack"))
    text = source.read_text()
    for old, new in SUBSTITUTES[stack].items():
        if old not in text:
            raise RuntimeError(f"{source.name} has no `{old}` any more: adapt SUBSTITUTES")
        text = text.replace(old, new)
    source.write_text(text)
    line = re.search(r"^  kubernetes (\d+\.\d+)\.", text, re.M)[1]
    out = directory / f"{copy.name}-unvendored"
    release = releases.build(out, "v1beta1", "--kubernetes", line, paths=[copy])[0]
    entries = []
    (copy / "charts").mkdir()
    for chart in sorted(release.directory.glob("cluster-addon/*/Chart.yaml")):
        for wanted in yaml.safe_load(chart.read_text())["dependencies"]:
            archive = charts / f"{wanted['name']}-{wanted['version']}.tgz"
            if not archive.exists():
                report.skip_rest(f"no {archive}")
            shutil.copy(archive, copy / "charts")
            digest = hashlib.sha256(archive.read_bytes()).hexdigest()
            entries.append(f"  - name: {wanted['name']}\n    version: \"{wanted['version']}\"\n"
                           f"    repository: {wanted['repository']}\n    sha256: {digest}\n")
    (copy / "stackc.lock").write_text("charts:\n" + "".join(entries))
    return releases.build(directory / f"{copy.name}-vendored", "v1beta1", "--kubernetes", line, "--charts", copy / "charts", paths=[copy])[0]


def strings_under(objects, name):
    """Values of every field of that name, at any depth."""
    if isinstance(objects, dict):
        for key, value in objects.items():
            if key == name:
                yield value
            yield from strings_under(value, name)
    elif isinstance(objects, list):
        for item in objects:
            yield from strings_under(item, name)


def check_add_on(report, helm, release, chart, name, host, directory):
    """Templates one add-on chart for a live cluster of that name with that endpoint."""
    cluster = {"apiVersion": "cluster.x-k8s.io/v1beta1", "kind": "Cluster", "metadata": {"name": name, "namespace": "x"},
               "spec": {"controlPlaneEndpoint": {"host": host, "port": 6443}}}
    request = {"chart": str(chart), "release": "cluster-addon", "namespace": "kube-system", "kubeVersion": release.kubernetes, "includeCRDs": True}
    where = f"{release}: {chart.name} for `{name}` at `{host}`"
    values = {}
    if (chart / "overwrite.yaml").exists():
        answer = helm.ask({"overwrite": {"file": str(chart / "overwrite.yaml"), "cluster": cluster, "controlPlane": {}, "infraCluster": {}}})
        report.expect("values" in answer, f"{where}: {answer.get('error')}")
        request["valuesFile"] = str(directory / "values.yaml")
        pathlib.Path(request["valuesFile"]).write_text(answer.get("values", ""))
        values = yaml.safe_load(answer.get("values", "")) or {}
    answer = helm.ask({"template": request})
    report.expect(answer.get("objects"), f"{where}: {answer.get('error')}")
    objects = answer.get("objects") or []
    # Where a live value arrives, and that it is still text there.
    expected = {
        "ccm": (values.get("openstack-cloud-controller-manager", {}).get("cluster", {}).get("name"), name),
        "csi": (values.get("openstack-cinder-csi", {}).get("clusterID"), name),
        "metrics-server": (values.get("metrics-server", {}).get("commonLabels", {}).get("domain"), host),
    }
    if chart.name in expected:
        found, meant = expected[chart.name]
        report.expect(found == meant and isinstance(found, str), f"{where}: value {found!r}")
    if chart.name == "metrics-server":
        domains = set(strings_under(objects, "domain"))
        report.expect(domains == {host}, f"{where}: labels `domain` {domains}")
    if chart.name in ("ccm", "csi"):
        variables = [variable for env in strings_under(objects, "env") for variable in env or []]
        names = {variable["value"] for variable in variables if variable["name"] == "CLUSTER_NAME"}
        # The chart of the cloud controller manager prints it without quotes, so there names like other types are not text.
        meant = UNQUOTED.get(name, name) if chart.name == "ccm" else name
        report.expect(names == {meant}, f"{where}: CLUSTER_NAME {names}")


def check_add_ons(report, helm, directory):
    charts = harness.REFERENCE / "charts"
    if not charts.exists():
        report.skip_rest(f"add-on charts: no {charts}; STACKC_REFERENCE names the reference data")
    for stack in SUBSTITUTES:
        release = with_vendored_charts(report, directory, stack, charts)
        for chart in sorted(path for path in (release.directory / "cluster-addon").iterdir() if path.is_dir()):
            live = chart / "overwrite.yaml"
            for name, host in list(zip(NAMES, HOSTS)) if live.exists() else [("demo", "10.0.0.1")]:
                check_add_on(report, helm, release, chart, name, host, directory)


def main():
    harness.require_oracles("helm", "operator")
    report, helm, directory = harness.Report(), harness.Oracle("helm"), harness.scratch()
    for api in releases.API_VERSIONS:
        for release in releases.build(directory / api, api):
            check_operator(report, release)
            check_class(report, helm, release)
    if report.failures:
        report.finish()
    check_add_ons(report, helm, directory)
    report.finish()


if __name__ == "__main__":
    main()
