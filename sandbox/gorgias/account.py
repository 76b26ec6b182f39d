"""The account: customers, tickets, messages and integrations, in memory only."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.edge import Edge
from sandbox.gorgias.refusal import Refusal, invalid, not_found

Json = dict[str, Any]
_DEFAULT_PAGE = 30


@dataclass
class Account:
    """Everything Gorgias remembers; ``sent`` is what it sent to customers itself.

    ``on_event`` hears of each event with the ticket and, for a message, the message.
    """

    edge: Edge
    next_id: int
    users: dict[str, Json]
    customers: dict[int, Json] = field(default_factory=dict)
    tickets: dict[int, Json] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    integrations: dict[int, Json] = field(default_factory=dict)
    sent: list[Json] = field(default_factory=list)
    on_event: Callable[[str, Json, Json | None], None] = lambda _event, _ticket, _message: None

    def now(self) -> str:
        """Return the present as Gorgias writes it."""
        return self.edge.now().isoformat()

    def new_id(self) -> int:
        """Return an id that nothing has yet."""
        self.next_id += 1
        return self.next_id - 1

    def ticket(self, ticket_id: int) -> Json:
        """Return a ticket or refuse with 404."""
        if ticket_id not in self.tickets:
            raise not_found("Ticket")
        return self.tickets[ticket_id]

    def messages_of(self, ticket_id: int) -> list[Json]:
        """Return a ticket's messages in the order they were added."""
        return [m for m in self.messages.values() if m["ticket_id"] == ticket_id]

    def set_status(self, ticket: Json, status: str) -> bool:
        """Open or close a ticket; tell whether that changed anything."""
        changed: bool = ticket["status"] != status
        ticket["status"] = status
        if changed:
            ticket["closed_datetime"] = self.now() if status == "closed" else None
            ticket["updated_datetime"] = self.now()
            self.on_event("ticket-status-updated", ticket, None)
        return changed

    def prepare(self, given: Json) -> Json:
        """Return a message as it would be kept, its sender looked up; nothing is kept yet."""
        self._check(given)
        return {**given, "sender": self._person(given, "sender")}

    def add_message(self, ticket: Json, prepared: Json) -> Json:
        """Keep a message; an API user's without ``sent_datetime`` goes out to the customer."""
        made = {"id": self.new_id(), "ticket_id": ticket["id"]}
        message = {"public": True, "created_datetime": self.now(), **prepared, **made}
        self.messages[message["id"]] = message
        to_send = message["from_agent"] and message["via"] == "api" and message["public"]
        if to_send and not message.get("sent_datetime"):
            self.sent.append(message)
        ticket["updated_datetime"] = ticket["last_message_datetime"] = self.now()
        self.on_event("ticket-message-created", ticket, message)
        return message

    def _check(self, given: Json) -> None:
        if given["channel"] == "internal-note" and given.get("public", True):
            raise invalid("public", "An internal note is not public.")
        if not any(given.get(part) for part in ("body_text", "body_html", "attachments")):
            raise invalid("body_text", "A message needs a text or an attachment.")
        if not given["from_agent"] and given.get("receiver"):
            raise invalid("receiver", "A customer's message has no receiver.")

    def _person(self, given: Json, role: str) -> Json | None:
        person = given.get(role)
        if not person:
            return None
        known: Iterable[Json] = (self.users if given["from_agent"] else self.customers).values()
        for key in ("id", "email"):
            if person.get(key) is not None:
                found = next((one for one in known if one.get(key) == person[key]), None)
                if found is None:
                    raise invalid(f"{role}.{key}", "There is nobody with this.")
                return {k: found.get(k) for k in ("id", "name", "email")}
        raise invalid(role, "Neither an id nor an e-mail address.")


def page(rows: Sequence[Json], query: dict[str, str], uri: str) -> Json:
    """Return one page of a list: ``{data, object, uri, meta}``.

    Raises:
        Refusal: 400, the cursor is none of ours.
    """
    order, _, direction = query.get("order_by", "created_datetime:desc").partition(":")
    ordered = sorted(
        rows, key=lambda row: (str(row.get(order)), row["id"]), reverse=direction == "desc"
    )
    limit, cursor = int(query.get("limit", _DEFAULT_PAGE)), query.get("cursor", "c0")
    if not (cursor[:1] == "c" and cursor[1:].isdigit()):
        raise Refusal(400, "Bad request.", {"cursor": ["Invalid cursor."]})
    start, end = int(cursor[1:]), int(cursor[1:]) + limit
    meta = {
        "next_cursor": f"c{end}" if end < len(ordered) else None,
        "prev_cursor": f"c{max(0, start - limit)}" if start else None,
        "total_resources": None,
    }
    return {"data": ordered[start:end], "object": "list", "uri": uri, "meta": meta}
