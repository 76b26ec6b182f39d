"""What both protocols do alike to the conversation they carried."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.openai.errors import ApiError
from sandbox.openai.neutral import Entry, Kind, OutputSchema

Json = dict[str, Any]

# Plain JSON mode has no schema name: the property that tells which one is meant.
_TELLING = {
    "reply": "agent_answer",
    "label": "inbound_classification",
    "resolved": "resolution_verdict",
}


def fold(instructions: str | None, entries: tuple[Entry, ...]) -> tuple[str, tuple[Entry, ...]]:
    """Return the instructions joined with the leading system messages, and the other entries.

    Calls and outputs are matched on the way: an output takes its call's tool name.
    """
    lead = 0
    while lead < len(entries) and entries[lead].kind is Kind.SYSTEM:
        lead += 1
    words = [instructions or "", *(entry.text for entry in entries[:lead])]
    names = {e.call_id: e.name for e in entries if e.kind is Kind.CALL}
    rest = tuple(
        e.model_copy(update={"name": names[e.call_id]}) if e.kind is Kind.OUTPUT else e
        for e in entries[lead:]
    )
    return "\n\n".join(word for word in words if word), rest


def plain_json(said: tuple[Entry, ...], instructions: str, param: str) -> OutputSchema:
    """Return what ``json_object`` asks for: the schema written in the prompt's words, if any.

    Args:
        said: The messages of the request, system messages included.
        instructions: What the model is told beside them; it does not count for the word JSON.
        param: The request's key that holds the messages.

    Raises:
        ApiError: 400 when no message says JSON, as the vendor demands.
    """
    if not any("json" in entry.text.lower() for entry in said):
        raise ApiError(
            f"'{param}' must contain the word 'json' in some form, to use 'json_object'.",
            param=param,
        )
    told = [entry.text for entry in said if entry.kind is Kind.SYSTEM]
    schema = next((s for text in (instructions, *told) for s in _schemas(text)), {})
    properties = set(schema.get("properties", {}))
    name = next((name for key, name in _TELLING.items() if key in properties), "json_object")
    return OutputSchema(name=name, body=schema)


def _schemas(text: str) -> Iterator[Json]:
    decoder = json.JSONDecoder()
    start = text.find("{")
    while start >= 0:
        try:
            found, end = decoder.raw_decode(text, start)
        except ValueError:
            end = start + 1
        else:
            if "properties" in found:
                yield found
        start = text.find("{", end)
