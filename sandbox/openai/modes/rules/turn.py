"""Where a conversation stands: what is asked now, what was looked up, what was refused."""

import json
import re
from typing import Any

from pydantic import BaseModel, ConfigDict

from sandbox.openai.neutral import Entry, Kind, Request

Json = dict[str, Any]

_REVISE = re.compile(
    r"reject|shorter|shorten|too long|rewrite|revise|try again|not allowed|not grounded|ungrounded"
    r"|unsupported|failed|(?:cannot|can't|could not|was not) (?:be )?sent|refused|sent back",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"(?:at most|max(?:imum)?(?: of)?|under|within|no more than|up to|limit(?: of)?)\s+"
    r"(\d{2,4})\s*(?:gsm-?7 )?(?:char|septet)",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z_][^<>]{0,60}>")


class Result(BaseModel):
    """A tool's output of this turn, with the arguments it was called with."""

    model_config = ConfigDict(frozen=True)

    name: str
    arguments: str
    output: Json


class Turn(BaseModel):
    """The current request: ``texts`` since the last reply, ``results`` of this turn's calls.

    ``before`` are the customer's earlier texts, ``last_reply`` the agent's last words to them;
    ``refusals`` counts the drafts sent back, ``limit`` is the length the newest word of ours or
    else the instructions ask for.
    """

    model_config = ConfigDict(frozen=True)

    texts: tuple[str, ...]
    results: tuple[Result, ...]
    before: tuple[str, ...]
    last_reply: str
    refusals: int = 0
    limit: int | None = None

    def result(self, name: str, arguments: str | None = None) -> Result | None:
        """Return the last result of a tool (called with exactly these arguments, if given)."""
        for found in reversed(self.results):
            if found.name == name and arguments in (None, found.arguments):
                return found
        return None


def read_turn(request: Request) -> Turn:
    """Return the turn a request stands in; a draft that was sent back is not a reply."""
    entries, refusals, limit = _without_drafts(request.entries)
    if limit is None:
        limit = min((int(n) for n in _LIMIT.findall(request.instructions)), default=None)
    cut = _last_reply(entries)
    current, earlier = entries[cut + 1 :], entries[: cut + 1]
    called = {e.call_id: e.text for e in current if e.kind is Kind.CALL}
    return Turn(
        texts=tuple(words(e.text) for e in current if e.kind is Kind.CUSTOMER),
        results=tuple(
            Result(name=e.name, arguments=called.get(e.call_id, ""), output=_parsed(e.text))
            for e in current
            if e.kind is Kind.OUTPUT
        ),
        before=tuple(words(e.text) for e in earlier if e.kind is Kind.CUSTOMER),
        last_reply=reply_text(entries[cut].text) if cut >= 0 else "",
        refusals=refusals,
        limit=limit,
    )


def words(text: str) -> str:
    """Return the customer's own words: out of a JSON wrapper or tags, where there are any."""
    if text.lstrip().startswith("{"):
        given = _parsed(text)
        for key in ("text", "body", "message"):
            if isinstance(given.get(key), str):
                return str(given[key])
    return _TAG.sub(" ", text).strip()


def reply_text(text: str) -> str:
    """Return what the customer read of an earlier answer, which may have been JSON."""
    given = _parsed(text) if text.lstrip().startswith("{") else {}
    return str(given.get("reply", text))


def _without_drafts(entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], int, int | None]:
    """Return what was really said, how often this turn was sent back, and the length asked for.

    A word of ours finds fault when it says so, or when it follows a draft and no text came since;
    any other is only information.
    """
    newest = max((i for i, e in enumerate(entries) if e.kind is Kind.CUSTOMER), default=-1)
    kept: list[Entry] = []
    refusals, limit = 0, None
    for index, entry in enumerate(entries):
        if entry.kind is not Kind.SYSTEM:
            kept.append(entry)
            continue
        now = index > newest
        drafted = bool(kept) and kept[-1].kind is Kind.ASSISTANT
        fault = bool(_REVISE.search(entry.text)) or (drafted and now)
        if fault and drafted:
            kept.pop()
        asked = _LIMIT.search(entry.text)
        refusals += fault and now
        limit = int(asked[1]) if asked and now else limit
    return tuple(kept), refusals, limit


def _last_reply(entries: tuple[Entry, ...]) -> int:
    """Return the index of the last words to the customer; words beside a call are no reply."""
    for index in range(len(entries) - 1, -1, -1):
        beside_call = index + 1 < len(entries) and entries[index + 1].kind is Kind.CALL
        if entries[index].kind is Kind.ASSISTANT and not beside_call:
            return index
    return -1


def _parsed(text: str) -> Json:
    try:
        given = json.loads(text)
    except ValueError:
        return {"error": "unreadable"}
    return given if isinstance(given, dict) else {"error": "unreadable"}
