"""``GET /Messages.json``: filters, newest first, and pages that stay put while texts arrive."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from sandbox.twilio.account import Account, SmsMessage
from sandbox.twilio.errors import RefusedError, invalid_parameter

_DATES = ("DateSent", "DateSent<", "DateSent>")
_FILTERS = ("To", "From", *_DATES)
KNOWN = (*_FILTERS, "PageSize", "Page", "PageToken")

Span = tuple[datetime, datetime]


def list_messages(account: Account, query: dict[str, str]) -> dict[str, Any]:
    """Return one page of messages with its links, as the published list schema has it.

    The date filters look at the sent date, which a message still queued does not have. A next
    page starts after the last message of the one before it, whatever has arrived since.

    Raises:
        RefusedError: 20001 for a filter that cannot be read.
    """
    size = _number(query, "PageSize", 50, 1, 1000)
    page = _number(query, "Page", 0, 0, 100_000)
    dates = {name: _span(name, query[name]) for name in _DATES if name in query}
    found = [m for m in reversed(account.messages.values()) if _fits(m, query, dates)]
    start = _start(found, query, page, size)
    rows = found[start : start + size]
    base = f"/2010-04-01/Accounts/{account.config.account_sid}/Messages.json"
    filters = {name: query[name] for name in _FILTERS if name in query} | {"PageSize": str(size)}

    def link(number: int, token: str | None = None) -> str:
        paging = {"Page": str(number)} | ({"PageToken": token} if token else {})
        return f"{base}?{urlencode(filters | paging)}"

    return {
        "messages": [message.resource(account.config) for message in rows],
        "end": page * size + max(0, len(rows) - 1),
        "first_page_uri": link(0),
        "next_page_uri": (
            link(page + 1, f"PA{rows[-1].sid}") if len(found) > start + size else None
        ),
        "page": page,
        "page_size": size,
        "previous_page_uri": link(page - 1) if page else None,
        "start": page * size,
        "uri": link(page, query.get("PageToken")),
    }


def _start(found: list[SmsMessage], query: dict[str, str], page: int, size: int) -> int:
    token = query.get("PageToken")
    if token is None:
        return page * size
    for index, message in enumerate(found):
        if token == f"PA{message.sid}":
            return index + 1
    raise RefusedError(20001, "Invalid parameter PageToken: this page does not exist")


def _fits(message: SmsMessage, query: dict[str, str], dates: dict[str, Span]) -> bool:
    if message.to != query.get("To", message.to):
        return False
    if message.sender != query.get("From", message.sender):
        return False
    return all(_sent_fits(message.sent_at, name, span) for name, span in dates.items())


def _sent_fits(sent: datetime | None, name: str, span: Span) -> bool:
    start, end = span
    if sent is None:
        return False
    if name == "DateSent":
        return start <= sent < end
    return sent >= start if name == "DateSent>" else sent <= start


def _span(name: str, value: str) -> Span:
    """Return the instants a filter value names: a whole day, or one instant."""
    try:
        if len(value) == 10:
            midnight = datetime.combine(date.fromisoformat(value), datetime.min.time(), UTC)
            return midnight, midnight + timedelta(days=1)
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise invalid_parameter(name, "must be YYYY-MM-DD or ISO 8601") from error
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return instant, instant + timedelta(seconds=1)


def _number(query: dict[str, str], name: str, default: int, low: int, high: int) -> int:
    value = query.get(name, str(default))
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise invalid_parameter(name, f"must be a number from {low} to {high}")
    return int(value)
