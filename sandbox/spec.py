"""What a vendor's OpenAPI file allows: which operation a request is, and what is wrong with it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

# It ships no types; everything read from it here is checked before it is used.
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
from jsonschema.exceptions import best_match  # type: ignore[import-untyped]

Json = dict[str, Any]
Faults = dict[str, list[str]]
_METHODS = ("get", "post", "put", "patch", "delete")
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date-time", raises=ValueError)  # type: ignore[untyped-decorator]  # see above
def _is_date_time(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@_FORMATS.checks("uri")  # type: ignore[untyped-decorator]  # see above
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or re.match(r"^[a-z][a-z0-9+.-]*://\S+$", value) is not None


@dataclass(frozen=True)
class Operation:
    """One operation: its ``operationId``, path, query parameters, body and answers by status."""

    name: str
    method: str
    pattern: re.Pattern[str]
    query: Mapping[str, Json]
    body: Json | None
    answers: Mapping[str, Json]


@dataclass
class Spec:
    """A vendor's OpenAPI file."""

    operations: tuple[Operation, ...]
    components: Json
    _validators: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> "Spec":
        """Read a file of OpenAPI 3.1."""
        document = json.loads(path.read_text("utf-8"))
        return cls(tuple(_operations(document)), document["components"])

    def match(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """Return the operation of a request and the ids in its path, None when there is none."""
        for operation in self.operations:
            found = operation.pattern.fullmatch(path)
            if found is not None and operation.method == method:
                return operation, found.groupdict()
        return None

    def knows_path(self, path: str) -> bool:
        """Tell whether the path exists with any method."""
        return any(operation.pattern.fullmatch(path) for operation in self.operations)

    def find_query_faults(self, operation: Operation, query: Mapping[str, str]) -> Faults:
        """Return what is wrong with the query, by parameter."""
        faults: Faults = {}
        for name, text in query.items():
            if name not in operation.query:
                faults[name] = ["Unknown parameter."]
                continue
            schema = operation.query[name]
            key = f"{operation.name} ?{name}"
            problems = self._check(key, schema, _typed(schema, text))
            if problems:
                faults[name] = [said for several in problems.values() for said in several]
        return faults

    def find_body_faults(self, operation: Operation, body: object) -> Faults:
        """Return what is wrong with a JSON body, by dotted field."""
        if operation.body is None:
            return {}
        return self._check(f"{operation.name} body", operation.body, body)

    def find_answer_faults(self, operation: Operation, status: int, body: object) -> Faults:
        """Return where an answer departs from the file; a status it does not name is a fault."""
        if str(status) not in operation.answers:
            return {"status": [f"{operation.name} never answers {status}"]}
        key = f"{operation.name} {status}"
        return self._check(key, operation.answers[str(status)], body)

    def _check(self, key: str, schema: Json, value: object) -> Faults:
        if key not in self._validators:
            rooted = {**schema, "components": self.components}
            self._validators[key] = Draft202012Validator(rooted, format_checker=_FORMATS)
        faults: Faults = {}
        for error in self._validators[key].iter_errors(value):
            # Under "one of", the deepest cause says more than "none of these fits".
            cause = best_match(iter([error]))
            place = ".".join(str(part) for part in cause.absolute_path)
            faults.setdefault(place or "body", []).append(str(cause.message)[:300])
        return faults


def _operations(document: Json) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        shared = item.get("parameters", [])
        for method in (m for m in _METHODS if m in item):
            given = item[method]
            parameters = [*shared, *given.get("parameters", [])]
            yield Operation(
                name=given["operationId"],
                method=method.upper(),
                pattern=_pattern(path, parameters),
                query={p["name"]: p["schema"] for p in parameters if p["in"] == "query"},
                body=_schema(given["requestBody"]) if "requestBody" in given else None,
                answers={status: _schema(answer) for status, answer in given["responses"].items()},
            )


def _pattern(path: str, parameters: list[Json]) -> re.Pattern[str]:
    integers = {p["name"] for p in parameters if p["schema"].get("type") == "integer"}

    def place(found: re.Match[str]) -> str:
        return f"(?P<{found[1]}>{'[0-9]+' if found[1] in integers else '[^/]+'})"

    return re.compile(re.sub(r"\{(\w+)\}", place, path))


def _schema(holder: Json) -> Json:
    schema: Json = holder.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _typed(schema: Json, text: str) -> object:
    kind = schema.get("type")
    if kind == "integer" and re.fullmatch(r"-?[0-9]{1,18}", text):
        return int(text)
    if kind == "boolean" and text in {"true", "false"}:
        return text == "true"
    if kind == "array":
        return [_typed(schema["items"], part) for part in text.split(",")]
    return text
