#!/usr/bin/env python3
"""Checks docs/guarantees.md: every rule has its line, and what the lines name exists.

usage: check_guarantees.py SOURCE_DIRECTORY

A line says how a rule is met; a report that it names is one of the catalogue and shown by a golden test, a file that it names is
there. Every finding has its tests, and every test of a finding its line. Where the notes are at hand from which the rules were
taken (../shared/design/capi-contract.md, or the file that STACKC_CONTRACT names), no rule of theirs is left out.
"""

import os
import pathlib
import re
import sys

# How many rules each family has, and where its numbers begin.
FAMILIES = {
    "CC": [range(1, 10), range(100, 117), range(200, 215), range(300, 316), range(400, 409)],
    "CT": [range(1, 13), range(13, 17), range(20, 23), range(100, 109), range(200, 208)],
    "KT": [range(1, 13)],
    "OS": [range(1, 15)],
    "F": [range(1, 26)],
}
WIDTH = {"CC": 3, "CT": 3, "KT": 2, "OS": 2, "F": 2}
WAYS = {"construction", "diagnostic", "types", "cluster", "elsewhere"}

ENTRY = re.compile(r'^DIAG\(\w+, "([a-z]+)/([a-z0-9-]+)", (Error|Warning),', re.MULTILINE)
RULE = re.compile(r"^\| ((?:CC|CT|KT|OS)-\d+) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)
FINDING = re.compile(r"^\| (F-\d+) \| .+? \| (.+) \|$", re.MULTILINE)
REPORT = re.compile(r"`((?:parse|resolve|type|stack|lower|cluster)/[a-z0-9-]+)`")
FILE = re.compile(r"\b(?:compiler|golden-tests)/[\w./-]+\.(?:cpp|h|py|golden)\b")


def known_ids(prefixes):
    return [f"{family}-{number:0{WIDTH[family]}}" for family in prefixes for numbers in FAMILIES[family] for number in numbers]


def goldens(root):
    """Golden tests by the report that they are named after; None for reports with another kind of test."""
    named = {}
    for path in (root / "golden-tests/diagnostics").glob("*/*.golden"):
        named[f"{path.parent.name}/{path.stem.removeprefix('fail_').replace('_', '-')}"] = path
    for line in (root / "golden-tests/diagnostics/exceptions.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            named[line.split(":")[0]] = None
    return named


def check_rules(text, root, mistakes):
    catalogue = {f"{area}/{slug}" for path in (root / "compiler/diag/catalogue").glob("*.def") for area, slug, _ in ENTRY.findall(path.read_text())}
    tested = goldens(root)
    rules = RULE.findall(text)
    for id, _, way, where in rules:
        reports = REPORT.findall(where)
        if way not in WAYS:
            mistakes.append(f"{id}: `{way}` is no way to meet a rule")
        if way in {"diagnostic", "cluster"} and not reports and not re.search(r"\b(?:CC|CT|KT|OS)-\d+", where):
            mistakes.append(f"{id}: met by a report, but none is named")
    for report in sorted(set(REPORT.findall(text))):
        if report not in catalogue:
            mistakes.append(f"there is no {report}")
        elif report not in tested:
            mistakes.append(f"{report}: no golden test")
    for file in sorted(set(FILE.findall(text))):
        if not (root / file).is_file():
            mistakes.append(f"there is no {file}")
    return [id for id, *_ in rules]


def check_findings(text, root, mistakes):
    folder = root / "golden-tests/findings"
    files = {path.stem for path in folder.glob("*.golden")}
    named = set(re.findall(r"\]\(\.\./golden-tests/findings/([\w]+)\.golden\)", text))
    mistakes += [f"golden-tests/findings/{name}.golden is not there" for name in sorted(named - files)]
    mistakes += [f"golden-tests/findings/{name}.golden belongs to no finding" for name in sorted(files - named)]
    findings = FINDING.findall(text)
    for id, tests in findings:
        expected = f"f_{id[2:]}_"
        if not all(name.removeprefix("fail_").startswith(expected) for name in re.findall(r"\[(\w+)\]", tests)):
            mistakes.append(f"{id}: a test that is not named {expected}…")
    return [id for id, _ in findings]


def check_complete(found, expected, mistakes):
    mistakes += [f"{id}: no line" for id in expected if id not in found]
    mistakes += [f"{id}: {found.count(id)} lines" for id in sorted(set(found)) if found.count(id) > 1]
    mistakes += [f"{id}: no such rule" for id in sorted(set(found)) if id not in expected]


def compare_with_notes(root, mistakes):
    notes = pathlib.Path(os.environ.get("STACKC_CONTRACT", root.parent / "shared/design/capi-contract.md"))
    if not notes.is_file():
        print(f"SKIPPED: no {notes}, so the list of rules was not compared with it (STACKC_CONTRACT)")
        return
    theirs = set(re.findall(r"^\| ((?:CC|CT|KT|OS|F)-\d+) \|", notes.read_text(), re.MULTILINE))
    ours = set(known_ids(FAMILIES))
    mistakes += [f"{id}: in the notes, but not in FAMILIES" for id in sorted(theirs - ours)]
    mistakes += [f"{id}: in FAMILIES, but not in the notes" for id in sorted(ours - theirs)]


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    text = (root / "docs/guarantees.md").read_text()
    mistakes = []
    check_complete(check_rules(text, root, mistakes), known_ids(["CC", "CT", "KT", "OS"]), mistakes)
    check_complete(check_findings(text, root, mistakes), known_ids(["F"]), mistakes)
    compare_with_notes(root, mistakes)
    print("\n".join(mistakes), end="\n" if mistakes else "")
    print(f"{len(known_ids(FAMILIES))} rules and findings, {len(mistakes)} mistakes")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
