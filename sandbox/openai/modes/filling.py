"""JSON values that follow a schema: what is known goes in, the rest gets the emptiest value."""

import json
from collections.abc import Mapping
from typing import Any

from sandbox.openai.neutral import Call, Request

Json = dict[str, Any]


def fill(schema: Json, known: Mapping[str, object]) -> Json:
    """Return an object with exactly the schema's properties (or ``known`` where it names none).

    A known value outside a property's enum gives way to ``other``, else to the enum's first.
    """
    properties: Json = schema.get("properties") or {}
    if not properties:
        return dict(known)
    defs = schema.get("$defs", {})
    return {name: _value(_open(p, defs), known.get(name), defs) for name, p in properties.items()}


def call(request: Request, name: str, **known: object) -> Call:
    """Return a call of an offered tool with arguments that follow its schema."""
    schema = next((t.parameters for t in request.tools if t.name == name), {})
    return Call(name=name, arguments=dump(fill(schema, known)))


def dump(value: object) -> str:
    """Return compact JSON, letters as they are."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _open(node: Json, defs: Json) -> Json:
    """Follow a ``$ref``, and keep the other side of an ``anyOf`` with null."""
    if "$ref" in node:
        return _open(defs.get(str(node["$ref"]).rsplit("/", 1)[-1], {}), defs)
    for branch in node.get("anyOf", []):
        if branch.get("type") != "null":
            opened = _open(branch, defs)
            nullable = any(b.get("type") == "null" for b in node["anyOf"])
            return {**opened, "nullable": nullable}
    return node


def _value(node: Json, known: object, defs: Json) -> object:
    kinds = node.get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    choices: list[object] = node.get("enum") or ([node["const"]] if "const" in node else [])
    if choices:
        fallback = None if None in choices else choices[0]
        return known if known in choices else "other" if "other" in choices else fallback
    if known is not None:
        return known
    if node.get("nullable") or "null" in kinds:
        return None
    if "object" in kinds:
        return fill({**node, "$defs": defs}, {})
    empty: dict[object, object] = {
        "boolean": False,
        "integer": 0,
        "number": 0,
        "array": [],
        "string": "",
    }
    return empty.get(kinds[0], "")
