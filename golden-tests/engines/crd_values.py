"""Objects of a CRD's OpenAPI schema: mostly valid, some broken in one place. Whether an object is accepted is for the API server to say."""

import re

# Something for every pattern and format of the CRDs; the fitting ones are found by trying.
TEXTS = [
    "", "a", "1", "a-b", "Name", "node", "nova", "1.2.3", "v1.34.7", "10%", "10m", "1Gi", "-1", "5s", "1h30m", "a=b", "a.b/c", "x.y/z", "[1-2]",
    "Linux", "ebfe5546-f09f-4f42-ab54-094e457d42ec", "0123456789abcdef" * 4, "abcdef.0123456789abcdef", "https://a.b/c", "10.6.0.0/16",
    "10.6.0.1", "::1", "fe80::/10", "2026-01-01T00:00:00Z", "2026-01-01", "YQ==", "a@b.c", "/etc/x", "a,b", "\u00e9\U0001f600", "${a} {{ b }} \\ \"",
]
FORMATS = {"date-time": "2026-01-01T00:00:00Z", "uuid": "ebfe5546-f09f-4f42-ab54-094e457d42ec", "ipv4": "10.6.0.1", "ipv6": "fe80::1", "cidr": "10.6.0.0/16"}
KEYS = ["a", "b-c", "x.y/z", "1", "if"]
ODD = [True, 7, -1, 1.5, 2**31, "", "text", "7", [], ["text"], [{}], {}, {"a": "b"}]


def fits(schema, text):
    if not schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", 10**6):
        return False
    try:
        return re.search(schema.get("pattern", ""), text) is not None
    except re.error:
        return True


def text(schema, random):
    if "enum" in schema:
        return random.choice(schema["enum"])
    if schema.get("format") in FORMATS and random.random() < 0.95:
        return FORMATS[schema["format"]]
    found = [text for text in TEXTS if fits(schema, text)]
    found += [edge for edge in ("a" * schema.get("minLength", 0), "a" * min(schema.get("maxLength", 1), 300)) if fits(schema, edge)]
    return random.choice(found or TEXTS)


def record(schema, random, depth):
    properties = schema.get("properties", {})
    if not properties and schema.get("x-kubernetes-preserve-unknown-fields"):
        return random.choice([{}, {"a": 1, "b": {"c": [True, "x"]}}])
    optional = [name for name in properties if name not in schema.get("required", [])]
    # Few fields, and fewer further down: the more there are, the likelier one of them is refused.
    count = random.choice([0, 1, 1, 2, 3, 5] if depth == 0 else [0, 0, 1, 2])
    count = min(max(count, schema.get("minProperties", 0) - len(properties) + len(optional)), len(optional))
    chosen = {name for name in properties if name not in optional} | set(random.sample(optional, count))
    alone = schema.get("maxProperties") == 1 or "oneOf" in schema
    if properties and alone and random.random() < 0.9:
        chosen = {random.choice(list(properties))}
    return {name: value(part, random, depth + 1) for name, part in properties.items() if name in chosen}


def value(schema, random, depth=0):
    kind = schema.get("type")
    if schema.get("x-kubernetes-int-or-string"):
        return random.choice([0, 1, 80, "1", "10%", "500m", "1Gi"])
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        count = max(schema.get("minProperties", 0), random.choice([0, 1, 2]))
        return {key: value(schema["additionalProperties"], random, depth + 1) for key in random.sample(KEYS, count)}
    if kind == "object":
        return record(schema, random, depth)
    if kind == "array":
        count = max(schema.get("minItems", 0), random.choice([0, 1, 1, 2]))
        return [value(schema["items"], random, depth + 1) for _ in range(min(count, schema.get("maxItems", count)))]
    if kind == "string":
        return text(schema, random)
    if kind == "integer":
        low, high = schema.get("minimum", -1), schema.get("maximum", 2**31 - 1)
        return random.choice([low, high, min(max(1, low), high), min(max(80, low), high)])
    if kind == "boolean":
        return random.choice([True, False])
    if kind == "number":
        return random.choice([0, 1, 1.5])
    return random.choice(ODD)  # anything goes


def places(thing, found):
    """Every (container, key) below a value."""
    entries = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    for key, below in entries:
        found.append((thing, key))
        places(below, found)
    return found


def break_one_place(thing, random):
    """Changes, drops or adds something, in place. It may turn out to be fine."""
    found = places(thing, [])
    if not found or random.random() < 0.1:
        thing["unknown"] = 1
        return
    container, key = random.choice(found)
    kind = random.choice(["replace", "replace", "drop", "add", "again"])
    if kind == "drop":
        del container[key]
    elif kind == "add" and isinstance(container[key], dict):
        container[key]["unknown"] = 1
    elif kind == "again" and isinstance(container, list):
        container.append(container[key])
    else:
        container[key] = random.choice(ODD)
