"""Conditions of stages: what stackc says of a CEL expression, the operator's own library says too.

The expressions are some that people write, and mutations of them. stackc does not know the types of what it compares, so it
may take what the library refuses for them; it must refuse all that does not parse, and nothing else on its own.
"""

import random
import re

import harness

KEYS = ["nodes", "web"]
SEEDS = """
nodes.status.numberReady > 0
nodes.status.numberReady == nodes.status.desiredNumberScheduled && nodes.status.desiredNumberScheduled > 0
has(nodes.status.conditions) && nodes.status.conditions.exists(c, c.type == "Ready" && c.status == "True")
nodes.status.conditions.all(c, c.type != 'Failed' || c.status == 'False')
web.spec.replicas in [1, 2, 3] ? web.status.ready : false
size(web.spec.items) > 0 && !(web.paused == true)
web.status.items.filter(x, x.ok).map(x, x.name)[0] == 'first'
dyn(web.items).map(x, x.ok, x.size * 2).exists_one(y, y % 2 == 0)
web.subsets.all(x, x.ready) || web['subsets'].exists(x, x.addresses.all(y, y.ready))
web.metadata.name.startsWith('web-') || web.metadata.name.matches(r'^a\\d+$')
web["metadata"]["labels"]['app.kubernetes.io/name'] == "web"
{'a': 1, 'b': [2u, 0x1F, -3]}['a'] == int('1') // a comment
timestamp(web.metadata.creationTimestamp) + duration('10m') < timestamp('2026-01-01T00:00:00Z')
web.created.getFullYear('UTC') >= 2025 && web.created.getHours() != 3
- -web.a * 2 + 1.5e3 - .25 / 4. >= -9223372036854775808
b'\\x00\\377' == bytes('x') && '\\u00e4' < "\\U0001F600"
type(web) == map && type(1) == int && bool('true')
'''it's''' + \"\"\"two\"\"\" != string(web.count)
!!web.ready && (true || false) && null == web.none
web.if.namespace.while == dyn(1)
.web.ready == .nodes.ready
""".strip().splitlines()
PIECES = ["(", ")", "[", "]", "{", "}", ".", ",", "-", "!", "?", ":", "+", "*", "&&", "||", "==", "=", "<", "in", "and", "not",
          "true", "null", "has", "size", "len", "all", "x", "web", "Web", "while", "1", "1u", "0x", "1e9", "99999999999999999999",
          "'", '"', "'a'", "r'\\'", "b'x'", "\\", "`a`", " ", "\n", "//", "$", "ä", "@", ";"]
TOKEN = re.compile(r"\w+|&&|\|\||[=!<>]=|\s+|.", re.DOTALL)
REPORT = re.compile(r"^error\[([a-z/-]+)\]: (.*)\n\s*--> .*?/?c(\d+)\.stack", re.MULTILINE)
# Newer than the operator's release of the library, or not for conditions on objects.
NOT_COMPARED = re.compile(r"existsOne|google|`|\w\s*\{|optional")
BATCH = 10  # of files in one run, which shows 20 reports at most

STACK = """import docker
import kubeadm
stack demo on docker {
  kubernetes 1.34.7
  addon web from { name: "web", version: "1.0.0", repository: "https://charts.example" }
  stages { AfterControlPlaneInitialized: [web before {
    objects: {
      nodes: { apiVersion: "v1", kind: "Node", name: "a" }
      web: { apiVersion: "v1", kind: "Pod", name: "a" }
    }
    condition: "%s"
  }] }
  infrastructure {}
  control-plane { kubeadm {}
    machine {} }
}
"""


def mutated(expression, chance):
    tokens = TOKEN.findall(expression)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(tokens) + 1)
        match chance.randrange(4):
            case 0:
                del tokens[at : at + 1]
            case 1:
                tokens.insert(at, chance.choice(PIECES))
            case 2:
                tokens[at : at + 1] = [chance.choice(PIECES)]
            case 3 if tokens:
                tokens.insert(at, chance.choice(tokens))
    return "".join(tokens)


def literal(text):
    escapes = {'"': '\\"', "\\": "\\\\", "$": "\\$", "\n": "\\n"}
    return "".join(escapes.get(c, c) for c in text)


def by_stackc(expressions):
    """(id, message) of the report on each, or None."""
    found = [None] * len(expressions)
    for start in range(0, len(expressions), BATCH):
        directory = harness.scratch()
        for i, expression in enumerate(expressions[start : start + BATCH]):
            (directory / f"c{i}.stack").write_text(STACK % literal(expression))
        result = harness.subprocess.run([harness.compiler(), "check", directory], capture_output=True, text=True)
        for id, message, i in REPORT.findall(result.stderr):
            found[start + int(i)] = (id, message)
        if result.returncode not in (0, 1):
            raise RuntimeError(result.stderr)
    return found


def disagreement(report, answer):
    """What stackc says wrongly, or None."""
    id = report and report[0]
    if id is None and not answer["parses"]:
        return "taken"
    if id in ("stack/condition-syntax", "stack/condition-unknown-name", "stack/condition-unknown-function") and answer["compiles"]:
        return "refused"
    if id == "stack/condition-not-boolean" and answer["compiles"] and answer["boolean"]:
        return "refused for its type"
    return None


def main():
    harness.require_oracles("operator")
    chance = random.Random(1)
    expressions = SEEDS + [mutated(chance.choice(SEEDS), chance) for _ in range(600)]
    expressions = [e for e in dict.fromkeys(expressions) if e.strip() and not NOT_COMPARED.search(e)]
    oracle = harness.Oracle("operator", "conditions")
    report = harness.Report()
    counts = {}
    for expression, found in zip(expressions, by_stackc(expressions)):
        answer = oracle.ask({"keys": KEYS, "expression": expression})
        wrong = disagreement(found, answer)
        report.expect(wrong is None, f"{wrong}: {expression!r}: stackc {found}, the operator {answer}")
        kind = "parses" if answer["parses"] else "does not parse"
        counts[kind] = counts.get(kind, 0) + 1
    report.finish("; " + ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())))


if __name__ == "__main__":
    main()
