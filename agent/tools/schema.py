"""Argument models as the strict JSON schemas that model vendors take."""

from collections.abc import Mapping

from pydantic import BaseModel, JsonValue

_KEPT = ("type", "enum", "description")


def strict_schema(model: type[BaseModel]) -> dict[str, JsonValue]:
    """Return a model's schema with every property required and no other allowed.

    Limits of length and size are left out, since not every vendor takes them; the model class
    checks them when the arguments come back. An optional value is a nullable one.

    Args:
        model: Flat: texts, numbers, booleans, closed sets, each possibly None.
    """
    whole = model.model_json_schema()
    properties = {name: _property(node) for name, node in whole.get("properties", {}).items()}
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _property(node: Mapping[str, JsonValue]) -> JsonValue:
    branches = node.get("anyOf")
    kept: dict[str, JsonValue] = {}
    if isinstance(branches, list):
        kinds = [b["type"] for b in branches if isinstance(b, dict)]
        kept["type"] = kinds
    kept.update({key: node[key] for key in _KEPT if key in node})
    return kept
