"""Tickets, and the events that open, fill and close them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sandbox.edge import Edge

Json = dict[str, Any]
Status = Literal["open", "closed"]


class _Data(BaseModel):
    """Data of an event; what a helpdesk does not know it keeps."""

    model_config = ConfigDict(frozen=True, extra="allow")


class Opened(_Data):
    """``ticket.opened``: the case as it is handed over."""

    external_id: str = Field(min_length=1, max_length=255)
    subject: str = Field(min_length=1, max_length=998)
    reason: str
    priority: Literal["low", "normal", "high", "urgent"]
    contact: Json
    transcript: list[Json]
    summary: str = ""


class _About(_Data):
    ticket_id: str | None = None
    external_id: str | None = None

    @model_validator(mode="after")
    def _names_a_ticket(self) -> "_About":
        if not self.ticket_id and not self.external_id:
            raise ValueError("ticket_id or external_id is required")
        return self


class Messaged(_About):
    """``ticket.message``: one more text; a ``message_id`` seen before is the same text."""

    message: Json


class Noted(_About):
    """``ticket.note``: something only operators see; a ``note_id`` seen before is the same note."""

    text: str = Field(min_length=1)


class Closed(_About):
    """``ticket.closed``: the brand's side is done with it."""


class OpenedEvent(BaseModel):
    """The envelope of `Opened`."""

    type: Literal["ticket.opened"]
    timestamp: datetime | None = None
    data: Opened


class MessageEvent(BaseModel):
    """The envelope of `Messaged`."""

    type: Literal["ticket.message"]
    timestamp: datetime | None = None
    data: Messaged


class NoteEvent(BaseModel):
    """The envelope of `Noted`."""

    type: Literal["ticket.note"]
    timestamp: datetime | None = None
    data: Noted


class ClosedEvent(BaseModel):
    """The envelope of `Closed`."""

    type: Literal["ticket.closed"]
    timestamp: datetime | None = None
    data: Closed


Event = Annotated[OpenedEvent | MessageEvent | NoteEvent | ClosedEvent, Field(discriminator="type")]


class Ticket(BaseModel):
    """One ticket with everything it has been told, oldest first."""

    id: str
    external_id: str
    status: Status = "open"
    opened: Opened
    messages: list[Json] = Field(default_factory=list)
    notes: list[Json] = Field(default_factory=list)
    replies: list[Json] = Field(default_factory=list)
    opened_at: datetime
    closed_at: datetime | None = None


@dataclass
class Desk:
    """All tickets; in memory only."""

    edge: Edge
    next_ticket: int
    tickets: dict[str, Ticket] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)

    def find(self, ticket_id: str | None, external_id: str | None) -> Ticket | None:
        """Return a ticket by its own id or by the brand's."""
        if ticket_id:
            return self.tickets.get(ticket_id)
        fits = (t for t in self.tickets.values() if t.external_id == external_id)
        return next(fits, None)

    def take(self, event: Event) -> tuple[Ticket | None, bool]:
        """Apply an event; return its ticket (None: there is no such) and whether it is new."""
        if isinstance(event, OpenedEvent):
            return self._open(event.data)
        ticket = self.find(event.data.ticket_id, event.data.external_id)
        if ticket is None:
            return None, False
        if isinstance(event, MessageEvent):
            self._append(ticket, event.data.message)
        elif isinstance(event, NoteEvent):
            note = event.data.model_dump(exclude={"ticket_id", "external_id"})
            if not _has(ticket.notes, note, "note_id"):
                ticket.notes.append(note)
        else:
            self.close(ticket)
        return ticket, False

    def close(self, ticket: Ticket) -> None:
        """Close a ticket; closing it twice changes nothing."""
        if ticket.status == "open":
            ticket.status, ticket.closed_at = "closed", self.edge.now()

    def reopen(self, ticket: Ticket) -> None:
        """Open a closed ticket again."""
        ticket.status, ticket.closed_at = "open", None

    def _open(self, data: Opened) -> tuple[Ticket, bool]:
        known = self.find(None, data.external_id)
        if known is not None:
            return known, False
        ticket = Ticket(
            id=f"T-{self.next_ticket}",
            external_id=data.external_id,
            opened=data,
            opened_at=self.edge.now(),
        )
        self.next_ticket += 1
        self.tickets[ticket.id] = ticket
        return ticket, True

    def _append(self, ticket: Ticket, message: Json) -> None:
        """Append a text; the same text again changes nothing. A new one reopens the ticket."""
        if _has(ticket.messages, message, "message_id"):
            return
        ticket.messages.append(message)
        self.reopen(ticket)


def _has(rows: list[Json], new: Json, key: str) -> bool:
    """Tell whether a row with the same ``key`` is there; without one every row is new."""
    return key in new and any(row.get(key) == new[key] for row in rows)
