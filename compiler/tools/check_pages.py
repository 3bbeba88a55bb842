#!/usr/bin/env python3
"""Checks the page of every diagnostic: it exists, its wrong example gives that report and no other, its right example none.

usage: check_pages.py STACKC SOURCE_DIRECTORY [--fix]

`--fix` rewrites the index, docs/diagnostics/README.md, which holds the first sentence of each page.

The first ```stack block of an example is what gets compiled. "```stack lib.stack" is a further file, "```yaml cluster" a
Cluster for `check --cluster`, "```yaml charts/demo-1.0.0.tgz/values.yaml" a file of a vendored chart."""

import hashlib
import io
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

ENTRY = re.compile(r'^DIAG\(\w+, "([a-z]+)/([a-z0-9-]+)", (Error|Warning),', re.MULTILINE)
PAGE = re.compile(r"# (?P<id>\S+)\n\n(?P<text>.+?)\n(\n## Wrong\n\n(?P<wrong>.+?)\n\n## Right\n\n(?P<right>.+))?", re.DOTALL)
BLOCK = re.compile(r"^```(stack|yaml) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
REPORT = re.compile(r"^(?:error|warning)\[([a-z]+/[a-z0-9-]+)\]: ", re.MULTILINE)
INDEX_HEAD = """# What stackc reports

Each report has an id, as in `error[type/unknown-field]`, and each id a page: what it means, what would happen on a cluster,
and how to write it instead. The examples are compiled by the tests.
"""
WITHOUT_EXAMPLES = "without_examples.txt"
LONGEST_SUMMARY = 140


def read_catalogue(root):
    """Severity by id, in the order of the catalogue."""
    catalogue = {}
    for path in sorted((root / "compiler/diag/catalogue").glob("*.def")):
        catalogue |= {f"{area}/{slug}": severity for area, slug, severity in ENTRY.findall(path.read_text())}
    return catalogue


def read_exceptions(folder):
    lines = (folder / WITHOUT_EXAMPLES).read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))


def vendor(charts, directory):
    """Packs charts, given as texts by path by archive, and pins them."""
    lock = "charts:\n"
    for archive, files in sorted(charts.items()):
        path = directory / "charts" / archive
        path.parent.mkdir(exist_ok=True)
        with tarfile.open(path, "w:gz") as packed:
            for name, text in files.items():
                entry = tarfile.TarInfo(f"chart/{name}")
                entry.size = len(text.encode())
                packed.addfile(entry, io.BytesIO(text.encode()))
        name, version = re.fullmatch(r"(.+?)-(\d.*)\.tgz", archive).groups()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lock += f"  - name: {name}\n    version: \"{version}\"\n    repository: https://charts.example\n    sha256: {digest}\n"
    (directory / "stackc.lock").write_text(lock)


def compile_example(stackc, example):
    """Exit code and ids of the reports."""
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        (directory / ".git").mkdir()  # the workspace, which imports do not leave
        command = [stackc, "check", "main.stack"]
        charts = {}
        for language, file, text in BLOCK.findall(example):
            if ".tgz/" in file:
                charts.setdefault(file.partition("/")[2].partition("/")[0], {})[file.partition(".tgz/")[2]] = text
                continue
            if language == "yaml":
                file = "cluster.yaml"
                command += ["--cluster", file]
            path = directory / (file or "main.stack")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        if charts:
            vendor(charts, directory)
        result = subprocess.run(command, cwd=directory, capture_output=True, text=True)
        return result.returncode, REPORT.findall(result.stderr), result.stderr


def summary(page):
    return re.split(r"(?<=\.)\s", page["text"])[0].replace("\n", " ")


def check_page(page, id, severity, without_examples, stackc):
    """What is wrong with a page, one line or one whole report each."""
    if page["id"] != id:
        yield f"its heading is {page['id']}"
    if len(summary(page)) > LONGEST_SUMMARY:
        yield f"its first sentence has {len(summary(page))} characters, at most {LONGEST_SUMMARY} fit into the index"
    if without_examples or not page["wrong"]:
        if bool(without_examples) == bool(page["wrong"]):
            yield f"it needs either examples or a line in {WITHOUT_EXAMPLES}"
        return
    code, ids, reports = compile_example(stackc, page["wrong"])
    if ids != [id] or code != (1 if severity == "Error" else 0):
        yield f"the wrong example ends with {code} and must give {id} once:\n{reports}"
    code, ids, reports = compile_example(stackc, page["right"])
    if ids or code != 0:
        yield f"the right example ends with {code} and must give no report:\n{reports}"


def index(catalogue, pages):
    text = INDEX_HEAD
    for area in sorted({id.partition("/")[0] for id in catalogue}):
        text += f"\n## {area}\n\n"
        for id in sorted(id for id in catalogue if id.startswith(f"{area}/") and id in pages):
            text += f"- [{id}]({id}.md): {summary(pages[id])}\n"
    return text


def main():
    stackc, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    folder = root / "docs/diagnostics"
    catalogue, exceptions = read_catalogue(root), read_exceptions(folder)
    mistakes = [f"{id}: no docs/diagnostics/{id}.md" for id in catalogue if not (folder / f"{id}.md").exists()]
    mistakes += [f"{WITHOUT_EXAMPLES}: no diagnostic {id}" for id in exceptions if id not in catalogue]
    pages = {}
    for path in sorted(folder.glob("*/*.md")):
        id = path.relative_to(folder).with_suffix("").as_posix()
        page = PAGE.fullmatch(path.read_text())
        if id not in catalogue:
            mistakes.append(f"{id}: a page of no diagnostic")
        elif not page:
            mistakes.append(f"{id}: not of the form `# id`, text, `## Wrong`, `## Right`")
        else:
            pages[id] = page
            mistakes += [f"{id}: {mistake}" for mistake in check_page(page, id, catalogue[id], id in exceptions, stackc)]
    if "--fix" in sys.argv[3:]:
        (folder / "README.md").write_text(index(catalogue, pages))
    elif (folder / "README.md").read_text() != index(catalogue, pages):
        mistakes.append(f"docs/diagnostics/README.md is not what the pages say; to rewrite it: {' '.join(sys.argv)} --fix")
    print("\n".join(mistakes), end="\n" if mistakes else "")
    print(f"{len(pages)} pages, {len(mistakes)} mistakes")
    return 1 if mistakes or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
