"""Values of a variable's schema: valid ones at its edges, random ones, and ones broken in one place.

Only the keywords that stackc emits are known. `accepts` merely steers the choice; whether a value is accepted is for the
engine and stackc to say.
"""

import itertools
import re

# What YAML, Go templates, Helm, shells and JSON could each take for something else.
HOSTILE = [
    "123", "0123", "0x1F", "1_000", "1e3", ".5", "1.30", "12:30:45", "2026-01-01", "-1", "+1", "-", "- x", "~", "null",
    "on", "y", "Yes", "true", "False", "web: prod", "a #b", "#", "key:", "&a", "*a", "!t", "%x", "@x", "`x`", "|", ">",
    "{{ x }}", "{{ .builtin.cluster.name }}", "{{", "}}", "{{- end }}", "{%x%}", "$x", "${x}", "[a]", "{a: b}", "a, b", "]", "}",
    "'", '"', "a'b", 'a"b', "\\", "\\n", "\\x41", "\\u0041", "a\nb", "\na", "a\n", "a\r\nb", "\t", " a ", "a\tb",
    "---", "...", "--- a", "? a", "<<", "<a&b>", "=", "\x7f", "a\x85b", "\ufeff", "a\ufeffb", "\u2028", "\u2029", "\u00a0",
    "\U0001f600", "e\u0301", "\u202e", "%!s(x)", "<no value>", "a" * 300, "x: y\n" * 40, "é" * 150,
]
# What the patterns of the stacks want.
SHAPED = [
    "9.9.9.9", "149.112.112.112", "999.1.1.1", "2620:fe::fe", "::1", "SCS-2V-4-20s", "SCS-16T-64-200s_GNa-64_ib", "SCS-1L-1",
    "m1.large", "SCS", "SC", "S", "https://dex.k8s.scs.community", "https://a/b?c=d&e=f", "https://x:8443/{{x}}", "https://\\",
]
FORMATS = {
    "uuid": ["ebfe5546-f09f-4f42-ab54-094e457d42ec", "EBFE5546-F09F-4F42-AB54-094E457D42EC", "00000000-0000-0000-0000-000000000000",
             "12345678-1234-1234-1234-123456789012", "ebfe5546f09f4f42ab54094e457d42ec"],
    "cidr": ["10.8.0.0/20", "0.0.0.0/0", "192.168.10.7/32", "2001:db8::/32"],
}
# The right shape, or nearly.
ODD = {
    "uuid": ["", "ebfe5546", "ebfe5546-f09f-4f42-ab54-094e457d42eg", " ebfe5546-f09f-4f42-ab54-094e457d42ec"],
    "cidr": ["", "10.8.0.0", "10.8.0.0/33", "010.8.0.0/20", "a/b", "10.8.0.0/20\n"],
}
LARGE = 2**31


def accepts_text(schema, text):
    if "enum" in schema and text not in schema["enum"]:
        return False
    if not schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", 10**9):
        return False
    pattern = schema.get("pattern", "").removesuffix("$")
    if pattern != schema.get("pattern", ""):
        pattern += r"\Z"
    if pattern and not re.search(pattern, text):
        return False
    if "format" in schema and text not in FORMATS[schema["format"]]:
        return False
    if not all(accepts_text(part, text) for part in schema.get("allOf", [])):
        return False
    return "anyOf" not in schema or any(accepts_text(part, text) for part in schema["anyOf"])


def formats(schema):
    return [part["format"] for part in [schema, *schema.get("anyOf", []), *schema.get("allOf", [])] if "format" in part]


def texts(schema):
    """Valid strings, shortest and longest among them."""
    enum = [text for part in [schema, *schema.get("anyOf", [])] for text in part.get("enum", [])]
    found = [*enum, *(text for name in formats(schema) for text in FORMATS[name])]
    edges = ["a" * schema.get("minLength", 0), "a" * schema.get("maxLength", 5000)]
    return [text for text in dict.fromkeys([*found, *SHAPED, *edges, *HOSTILE]) if accepts_text(schema, text)]


def integers(schema):
    low, high = schema.get("minimum", -LARGE), schema.get("maximum", 2 * LARGE)
    found = [low, low + 1, high - 1, high, 0, 1, 999999, 1000000, 1234567, LARGE]
    return sorted({number for number in found if low <= number <= high})


def lists(schema):
    items = edge_values(schema["items"])
    most = min(schema.get("maxItems", 130), 130)
    found = [[], *([item] for item in items), items[:2], items[:most]]
    if len(items) < most and not schema.get("uniqueItems"):
        found += [(items * most)[:most], [items[0], items[0]]]
    least = schema.get("minItems", 0)
    return [value for value in found if least <= len(value) <= most]


def records(schema):
    """Every set of optional fields; and every value of every field, beside values of the others."""
    properties = schema.get("properties", {})
    required = schema.get("required", [])
    optional = [name for name in properties if name not in required]
    usual = {name: usual_value(part) for name, part in properties.items()}
    sizes = range(len(optional) + 1) if len(optional) <= 7 else (0, 1, len(optional))
    found = []
    for size in sizes:
        for chosen in itertools.combinations(optional, size):
            found.append({name: usual[name] for name in properties if name in required or name in chosen})
    edges = {name: edge_values(part) for name, part in properties.items()}
    for row in range(max(map(len, edges.values()), default=0)):
        # Shifted, so that fields of one type do not all have the same value.
        found.append({name: values[(row + shift) % len(values)] for shift, (name, values) in enumerate(edges.items())})
    return found


def usual_value(schema):
    for keyword in ("example", "default"):
        if keyword in schema and schema[keyword] != {}:
            return schema[keyword]
    return edge_values(schema)[0]


def edge_values(schema):
    """Valid values: every choice, every boundary, every hostile string that is allowed."""
    edges = {"boolean": lambda _: [False, True], "string": texts, "integer": integers, "array": lists, "object": records}
    found = edges[schema["type"]](schema)
    found += [schema[keyword] for keyword in ("default", "example") if keyword in schema]
    return [value for index, value in enumerate(found) if not any(same(value, other) for other in found[:index])]


def same(a, b):
    return type(a) is type(b) and a == b


def random_value(schema, random):
    """Valid but for what `accepts_text` does not know, and now and then an odd string."""
    kind = schema["type"]
    if kind == "array":
        most = min(schema.get("maxItems", 6), random.choice([1, 2, 3, 6]))
        items = [random_value(schema["items"], random) for _ in range(random.randint(schema.get("minItems", 0), most))]
        return [item for index, item in enumerate(items) if not (schema.get("uniqueItems") and item in items[:index])]
    if kind == "object":
        required = schema.get("required", [])
        chance = random.random()
        chosen = {name: part for name, part in schema.get("properties", {}).items() if name in required or random.random() < chance}
        return {name: random_value(part, random) for name, part in chosen.items()}
    if kind == "integer" and random.random() < 0.5:
        return random.randint(schema.get("minimum", -100), min(schema.get("maximum", 10**7), 10**7))
    if kind == "string" and random.random() < 0.3:
        text = "".join(random.choice(HOSTILE)[:20] for _ in range(random.randint(1, 4)))
        if accepts_text(schema, text):
            return text
    if kind == "string" and formats(schema) and random.random() < 0.02:
        return random.choice(ODD[formats(schema)[0]])
    return random.choice(edge_values(schema))


WRONG_TYPES = [None, True, 7, 1.5, "text", "7", "", [], ["text"], [7], {}, {"a": "b"}]


def broken_values(schema):
    """(what is wrong, value), each broken in one place. Some turn out to be valid; both sides must agree."""
    for value in WRONG_TYPES:
        yield f"type: {value!r}", value
    kind = schema["type"]
    if kind == "integer":
        yield "below minimum", schema.get("minimum", 0) - 1
        yield "above maximum", schema.get("maximum", 10**6) + 1
        yield "fraction", schema.get("minimum", 0) + 0.5
        yield "whole fraction", schema.get("minimum", 0) + 1.0
        yield "beyond 2^53", 2**53 + 1
        yield "beyond 2^63", 2**63
    elif kind == "string":
        yield "too long", "a" * (schema.get("maxLength", 600) + 1)
        for name in formats(schema):
            for text in ODD[name]:
                yield f"format {name}", text
        for text in ("", "no such choice", "\U0001f600" * schema.get("maxLength", 1), *HOSTILE[::7], *SHAPED):
            yield "text", text
    elif kind == "array":
        usual = usual_value(schema["items"])
        yield "too many items", [usual] * (schema.get("maxItems", 1) + 1)
        yield "items twice", [usual, usual]
        for wrong, value in broken_values(schema["items"]):
            yield f"item {wrong}", [usual, value]
    elif kind == "object":
        usual = {name: usual_value(part) for name, part in schema.get("properties", {}).items()}
        yield "unknown field", {**usual, "unknown": 1}
        for name, part in schema.get("properties", {}).items():
            yield f"without {name}", {other: value for other, value in usual.items() if other != name}
            for wrong, value in broken_values(part):
                yield f"{name} {wrong}", {**usual, name: value}
