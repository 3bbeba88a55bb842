#!/usr/bin/env python3
"""Compiles every ```stack example of the documentation. `check_docs.py STACKC ROOT`

An example without a stack of its own is the body of one: what it lacks is added. Those of docs/diagnostics are
mistakes on purpose; check_pages.py compiles them."""
import pathlib, re, subprocess, sys, tempfile

IMPORTS = "import addons\nimport kubeadm\nimport openstack\nimport scs\n"
PARTS = {
    r"^kubernetes ": "kubernetes 1.34.7",
    r"^infrastructure ": 'infrastructure { identityRef: { name: "openstack", cloudName: "openstack" } }',
    r"^control-plane ": 'control-plane { kubeadm {} machine { flavor: "SCS-2V-4-20s", image: { filter: { name: "node" } } } }',
}


def whole(example):
    if re.search(r"^stack ", example, re.M):
        return example
    parts = [part for pattern, part in PARTS.items() if not re.search(pattern, example, re.M)]
    return IMPORTS + "stack example on openstack {\n" + "\n".join(parts) + "\n" + example + "}\n"


def main(stackc, root):
    failures = examples = 0
    with tempfile.TemporaryDirectory() as directory:
        for document in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
            of_diagnostics = root / "docs/diagnostics" in document.parents
            for example in [] if of_diagnostics else re.findall(r"^```stack\n(.*?)^```$", document.read_text(), re.M | re.S):
                examples += 1
                path = pathlib.Path(directory) / f"example{examples}.stack"
                path.write_text(whole(example))
                result = subprocess.run([stackc, "check", path], capture_output=True, text=True)
                if result.returncode != 0:
                    failures += 1
                    print(f"{document.relative_to(root)}:\n{example}\n{result.stderr}")
            prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", document.read_text(), flags=re.M | re.S)
            for link in re.findall(r"\]\(([^)#:]+)\)", prose):
                if not (document.parent / link).exists():
                    failures += 1
                    print(f"{document.relative_to(root)}: no file {link}")
    print(f"{examples} examples, {failures} failures")
    return 1 if failures or examples == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
