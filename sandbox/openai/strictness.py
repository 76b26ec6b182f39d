"""The checks both protocols share: keys, types, names, strict schemas."""

import re
from collections.abc import Collection, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from sandbox.openai.errors import (
    ApiError,
    invalid_type,
    invalid_value,
    unknown_parameter,
    unsupported_parameter,
)

Json = dict[str, Any]
M = TypeVar("M", bound=BaseModel)
_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class Part(BaseModel):
    """A piece of a request body: frozen, no key beyond its own, no silent conversion."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def parse(model: type[M], value: object, path: str = "", known: Collection[str] = ()) -> M:
    """Validate one piece of the body.

    Args:
        model: What the piece must look like.
        value: The JSON value found.
        path: Where it stands, e.g. ``input[2]``; empty for the body itself.
        known: Keys the vendor has and we do not emulate: refused as unsupported, not unknown.

    Raises:
        ApiError: 400 in the vendor's words, naming the parameter.
    """
    if not isinstance(value, dict):
        raise invalid_type(path or "body", "an object")
    try:
        return model.model_validate(value)
    except ValidationError as error:
        found = sorted(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        raise _refusal(found[0], path, known) from error


def _refusal(found: ErrorDetails, path: str, known: Collection[str]) -> ApiError:
    param = path
    for step in found["loc"]:
        if isinstance(step, int):
            param += f"[{step}]"
        elif (
            step != "str" and "[" not in step
        ):  # pydantic adds the branch of a union, which is no key
            param += f".{step}" if param else step
    kind = found["type"]
    if kind == "extra_forbidden":
        name = str(found["loc"][-1])
        return unsupported_parameter(name) if name in known else unknown_parameter(param)
    if kind == "missing":
        return ApiError(
            f"Missing required parameter: '{param}'.",
            param=param,
            code="missing_required_parameter",
        )
    if kind == "literal_error":
        return invalid_value(param, found["input"], str(found["ctx"]["expected"]))
    if kind.endswith(("_type", "_parsing")):
        return invalid_type(param, found["msg"].removeprefix("Input should be "))
    return ApiError(f"Invalid '{param}': {found['msg']}.", param=param, code="invalid_value")


def check_name(name: str, param: str) -> None:
    """Refuse a function or schema name outside ``^[a-zA-Z0-9_-]{1,64}$``."""
    if not _NAME.fullmatch(name):
        raise ApiError(
            f"Invalid '{param}': string does not match pattern '^[a-zA-Z0-9_-]+$'.",
            param=param,
            code="invalid_value",
        )


def check_metadata(metadata: dict[str, str] | None) -> None:
    """Refuse more than 16 pairs, keys over 64 or values over 512 characters."""
    pairs = metadata or {}
    if len(pairs) > 16 or any(len(k) > 64 or len(v) > 512 for k, v in pairs.items()):
        text = "Invalid 'metadata': at most 16 pairs, keys of 64 and values of 512 characters."
        raise ApiError(text, param="metadata", code="invalid_value")


def check_strict_schema(schema: Json, name: str, param: str, what: str) -> None:
    """Refuse a schema that strict mode does not take.

    Strict mode: the root is an object, every object has ``additionalProperties: false`` and
    requires every property, and no default is given.
    """
    if schema.get("type") != "object":
        found = schema.get("type")
        raise _bad_schema(
            f"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{found}\"'.",
            name,
            param,
            what,
        )
    for context, node in _walk(schema, ()):
        problem = _problem(node)
        if problem:
            raise _bad_schema(f"In context={context}, {problem}", name, param, what)


def _bad_schema(problem: str, name: str, param: str, what: str) -> ApiError:
    code = "invalid_function_parameters" if what == "function" else "invalid_json_schema"
    return ApiError(f"Invalid schema for {what} '{name}': {problem}", param=param, code=code)


def _problem(node: Json) -> str | None:
    if "default" in node:
        return "'default' is not permitted."
    kinds = node.get("type")
    is_object = kinds == "object" or (isinstance(kinds, list) and "object" in kinds)
    if not is_object and "properties" not in node:
        return None
    if node.get("additionalProperties") is not False:
        return "'additionalProperties' is required to be supplied and to be false."
    left_out = [p for p in node.get("properties", {}) if p not in node.get("required", [])]
    if left_out:
        return (
            "'required' is required to be supplied and to be an array including every key in "
            f"properties. Missing '{left_out[0]}'."
        )
    return None


def _walk(node: Json, context: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Json]]:
    yield context, node
    for key in ("properties", "$defs", "definitions"):
        for name, child in node.get(key, {}).items():
            yield from _child(child, (*context, key, name))
    for key in ("anyOf", "oneOf", "allOf"):
        for index, child in enumerate(node.get(key, [])):
            yield from _child(child, (*context, key, str(index)))
    yield from _child(node.get("items"), (*context, "items"))


def _child(node: object, context: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Json]]:
    if isinstance(node, dict):
        yield from _walk(node, context)
