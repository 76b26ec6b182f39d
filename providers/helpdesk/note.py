"""The internal note that hands a conversation over: why, who, what was tried, every text."""

import html
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator

from domain.message import TranscriptLine
from domain.values import Value
from providers.helpdesk.base import TicketRequest

MAX_CHARACTERS = 60_000
"""Of one note's HTML; Zendesk takes 65,535 characters in a comment."""


class Note(Value):
    """One note in both forms that helpdesks take."""

    text: str
    html: str

    @classmethod
    def of(cls, text: str) -> "Note":
        """Return a plain text as a note."""
        return cls(text=show_text(text), html=f"<p>{_escape(show_text(text))}</p>")


def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("is no IANA time zone, such as America/Chicago") from None
    return name


TimeZone = Annotated[str, AfterValidator(_check_zone)]


def write_notes(request: TicketRequest, time_zone: str) -> tuple[Note, ...]:
    """Return the case and the whole transcript, split where one note would be too long.

    Args:
        request: The case.
        time_zone: IANA name; times are shown in it.

    Returns:
        At least one note; the first holds the case, all together hold every text in order.
    """
    zone = ZoneInfo(time_zone)
    lines = [_describe(line, zone) for line in request.transcript]
    first, *rest = _split(lines, MAX_CHARACTERS - len(_case_html(request)) - 200)
    case = "\n".join([*_case(request), "", f"Transcript (times in {time_zone}):", *first])
    opening = f"{_case_html(request)}<p><b>Transcript (times in {time_zone})</b></p>"
    notes = [Note(text=case, html=opening + _list(first))]
    notes += [
        Note(text="\n".join(["Transcript, continued:", *part]), html=_list(part)) for part in rest
    ]
    return tuple(notes)


def show_time(at: datetime, zone: ZoneInfo) -> str:
    """Return a time to the minute: `2026-11-22 09:30`."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def show_text(body: str) -> str:
    """Return a text as a helpdesk takes it: never empty."""
    return body if body.strip() else "(no text)"


def _describe(line: TranscriptLine, zone: ZoneInfo) -> str:
    author = "customer" if line.origin is None else line.origin.value
    return f"{show_time(line.at, zone)} {author}: {show_text(line.body)}"


def _case(request: TicketRequest) -> Iterable[str]:
    yield f"The SMS agent of {request.brand} handed this conversation over."
    yield f"Reason: {request.reason.value}"
    yield f"Priority: {request.priority.value}"
    yield f"Intent: {request.intent or 'unknown'}"
    yield f"Summary: {request.summary}"
    yield f"Customer: {request.phone}, wrote to {request.channel_number}"
    for name, value in request.customer.items():
        yield f"Customer {name}: {value}"
    if request.order_names:
        yield f"Orders: {', '.join(request.order_names)}"
    yield f"Segments sent: {request.segments}"
    yield f"Reference: {request.external_id}"


def _case_html(request: TicketRequest) -> str:
    return "".join(f"<p>{_escape(line)}</p>" for line in _case(request))


def _list(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(_item(line) for line in lines)}</ul>"


def _item(line: str) -> str:
    return f"<li>{_escape(line)}</li>"


def _escape(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def _split(lines: Sequence[str], limit: int) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    used = 0
    for line in lines:
        size = len(_item(line))
        if used + size > limit and parts[-1]:
            parts.append([])
            used = 0
        parts[-1].append(line)
        used += size
    return parts
