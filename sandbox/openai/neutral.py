"""The request and the answer as the modes see them, the same for both protocols."""

import hashlib
import json
from enum import StrEnum
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

Json = dict[str, Any]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(StrEnum):
    """Who said an entry of the conversation."""

    SYSTEM = "system"
    CUSTOMER = "customer"
    ASSISTANT = "assistant"
    CALL = "call"
    OUTPUT = "output"


class Entry(_Frozen):
    """One thing said: ``text`` is the words, a call's JSON arguments, or a tool's output.

    ``name`` is the tool's, on calls and outputs; ``call_id`` links the two.
    """

    kind: Kind
    text: str
    name: str = ""
    call_id: str = ""


class ToolOffer(_Frozen):
    """A function the request offers, with the JSON schema of its arguments."""

    name: str
    parameters: Json = Field(default_factory=dict)


class OutputSchema(_Frozen):
    """The JSON schema the final text must follow, by name."""

    name: str
    body: Json = Field(default_factory=dict)


class Request(_Frozen):
    """One request for one answer.

    ``instructions`` are the instructions and every system message before the first other entry.
    ``tool_choice`` is ``auto``, ``none``, ``required`` or a tool's name. ``max_tokens`` bounds
    the answer.
    """

    model: str
    instructions: str = ""
    entries: tuple[Entry, ...] = ()
    tools: tuple[ToolOffer, ...] = ()
    output: OutputSchema | None = None
    tool_choice: str = "auto"
    parallel_calls: bool = True
    max_tokens: int | None = None
    cache_key: str = ""

    def offers(self, name: str) -> bool:
        """Say whether a tool of that name may be called now."""
        return self.tool_choice != "none" and any(tool.name == name for tool in self.tools)

    @property
    def prompt(self) -> str:
        """Return everything the model reads, stable parts first, as one text."""
        parts = [json.dumps(tool.model_dump(), sort_keys=True) for tool in self.tools]
        if self.output is not None:
            parts.append(json.dumps(self.output.model_dump(), sort_keys=True))
        parts.append(self.instructions)
        parts.extend(f"{entry.kind}:{entry.name}:{entry.text}" for entry in self.entries)
        return "\n".join(parts)

    @cached_property
    def digest(self) -> str:
        """Return the request's hash: equal for equal content on either protocol.

        Model, call ids and limits are left out, so an answer recorded from another model replays.
        """
        return hashlib.sha256(self.prompt.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Call(_Frozen):
    """A call the model asks for; ``arguments`` is JSON text, or what passes for it in chaos."""

    name: str
    arguments: str


class Answer(_Frozen):
    """What the model says: text, calls, or a refusal; ``truncated`` when a limit cut the text."""

    text: str | None = None
    calls: tuple[Call, ...] = ()
    refusal: str | None = None
    truncated: bool = False
