#!/usr/bin/env python3
"""Checks that every diagnostic of the catalogue is reported somewhere and shown by a golden test.

usage: check_diagnostics.py SOURCE_DIRECTORY
"""

import pathlib
import re
import sys

ENTRY = re.compile(r'^DIAG\((\w+), "([a-z]+)/([a-z0-9-]+)", (Error|Warning|Note),', re.MULTILINE)
SHOWN = re.compile(r"^(?:error|warning)\[([a-z]+/[a-z0-9-]+)\]: ", re.MULTILINE)
EXCEPTION = re.compile(r"([a-z]+/[a-z0-9-]+): (.+); see ([\w/.-]+)")


class Entry:
    def __init__(self, name, area, slug, severity):
        self.name = name
        self.id = f"{area}/{slug}"
        self.severity = severity
        prefix = "fail_" if severity == "Error" else ""
        self.golden = f"golden-tests/diagnostics/{area}/{prefix}{slug.replace('-', '_')}.golden"


def read_catalogue(root, mistakes):
    entries = []
    for path in sorted((root / "compiler/diag/catalogue").glob("*.def")):
        text = path.read_text()
        for match in ENTRY.finditer(text):
            if match.group(2) != path.stem:
                mistakes.append(f"{path.name}: `{match.group(2)}/{match.group(3)}` belongs into {match.group(2)}.def")
            entries.append(Entry(*match.groups()))
        if len(ENTRY.findall(text)) != text.count("DIAG("):
            mistakes.append(f"{path.name}: an entry is not of the form DIAG(Name, \"area/slug\", Severity, …)")
    for id in {entry.id for entry in entries if [other.id for other in entries].count(entry.id) > 1}:
        mistakes.append(f"{id}: declared twice")
    return entries


def product_code(root):
    files = (path for path in (root / "compiler").rglob("*") if path.suffix in {".h", ".cpp"} and not path.name.endswith("_test.cpp"))
    return "\n".join(path.read_text() for path in files)


def shown_ids(text):
    """Of the reports that a golden test expects."""
    return set(SHOWN.findall(text[text.find("-- out/diagnostics --") :]))


def read_exceptions(root, entries, mistakes):
    by_id = {entry.id: entry for entry in entries}
    exceptions = set()
    for line in (root / "golden-tests/diagnostics/exceptions.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        match = EXCEPTION.fullmatch(line)
        if not match or match.group(1) not in by_id:
            mistakes.append(f"exceptions.txt: not `id: reason; see test`: {line}")
            continue
        entry, test = by_id[match.group(1)], root / match.group(3)
        exceptions.add(entry.id)
        if (root / entry.golden).exists():
            mistakes.append(f"exceptions.txt: {entry.id} has a golden, so it is no exception")
        if not test.is_file() or not re.search(rf"{re.escape(entry.id)}|\bdiag::{entry.name}\b", test.read_text()):
            mistakes.append(f"exceptions.txt: {match.group(3)} does not test {entry.id}")
    return exceptions


def main():
    root = pathlib.Path(sys.argv[1])
    mistakes = []
    entries = read_catalogue(root, mistakes)
    if not entries:
        sys.exit("the catalogue is empty")
    code = product_code(root)
    exceptions = read_exceptions(root, entries, mistakes)
    goldens = {entry.golden for entry in entries}
    for entry in entries:
        if not re.search(rf"\bdiag::{entry.name}\b", code):
            mistakes.append(f"{entry.id}: nothing reports it")
        if entry.severity == "Note" or entry.id in exceptions:
            continue
        golden = root / entry.golden
        if not golden.exists():
            mistakes.append(f"{entry.id}: no {entry.golden}")
        elif entry.id not in shown_ids(golden.read_text(encoding="utf-8", errors="replace")):
            mistakes.append(f"{entry.id}: {entry.golden} does not show it")
    for path in sorted((root / "golden-tests/diagnostics").rglob("*.golden")):
        if path.relative_to(root).as_posix() not in goldens:
            mistakes.append(f"{path.relative_to(root)}: named after no diagnostic")
    print("\n".join(mistakes), end="\n" if mistakes else "")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
