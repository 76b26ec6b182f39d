"""Each helpdesk's emulator with our adapter before it, behind one set of words.

A further helpdesk adds a rig to `RIGS`; the contract tests then run against it as they stand.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, Protocol

import httpx

from domain.escalation import EscalationReason
from domain.message import MessageOrigin, TranscriptLine
from providers.helpdesk.base import Helpdesk, Priority, TicketRequest
from providers.helpdesk.registry import build_helpdesk
from providers.http_client import open_http
from providers.sms.base import WebhookRequest
from sandbox.edge import Edge
from sandbox.helpdesk.app import create_helpdesk
from sandbox.helpdesk.config import HelpdeskConfig
from sandbox.serving import serve
from tests.contract.gorgias_rig import open_gorgias
from tests.contract.sms_rig import OURS, PHONE, Receiver
from tests.contract.webhook_forgery import altered_bodies
from tests.contract.zendesk_rig import open_zendesk

BreakKind = Literal["lost_answer", "cut", "throttle", "down"]
ASKED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


class HelpdeskRig(Protocol):
    """What the contract tests need of a helpdesk; `dated` when its webhooks prove their age."""

    dated: bool

    @property
    def helpdesk(self) -> Helpdesk:
        """Our adapter."""

    @property
    def stranger(self) -> Helpdesk:
        """One with other credentials and another secret."""

    def forgeries(self, request: WebhookRequest) -> Iterator[WebhookRequest]:
        """Yield the webhook with each byte altered that has to prove the sender."""

    async def tickets(self) -> Sequence[Mapping[str, Any]]:
        """Return the tickets with `texts`, `times`, `notes` and `everything` in one string.

        The note that hands the conversation over is not among the notes.
        """

    async def reply(self, ticket_id: str, text: str) -> WebhookRequest:
        """Answer the customer as a human and return the webhook that came."""

    async def close(self, ticket_id: str) -> WebhookRequest:
        """Close the ticket and return the webhook that came."""

    async def reopen(self, ticket_id: str) -> WebhookRequest:
        """Open it again and return the webhook that came."""

    async def break_next(self, kind: BreakKind) -> None:
        """Break the next request in one way."""


@dataclass
class GenericRig:
    """The generic helpdesk on loopback."""

    helpdesk: Helpdesk
    stranger: Helpdesk
    receiver: Receiver
    control: httpx.AsyncClient
    dated: bool = True

    def forgeries(self, request: WebhookRequest) -> Iterator[WebhookRequest]:
        """Alter each byte of the body."""
        return altered_bodies(request)

    async def tickets(self) -> Sequence[Mapping[str, Any]]:
        """Read them all."""
        rows = (await self.control.get("tickets")).json()["tickets"]
        return [
            {
                "texts": [m["text"] for m in [*row["opened"]["transcript"], *row["messages"]]],
                "times": [m["at"] for m in [*row["opened"]["transcript"], *row["messages"]]],
                "notes": [note["text"] for note in row["notes"]],
                "everything": str(row),
            }
            for row in rows
        ]

    async def reply(self, ticket_id: str, text: str) -> WebhookRequest:
        """Act as an agent of the helpdesk."""
        return await self._act("reply", ticket_id=ticket_id, text=text, author="Sam")

    async def close(self, ticket_id: str) -> WebhookRequest:
        """Act as an agent of the helpdesk."""
        return await self._act("close", ticket_id=ticket_id)

    async def reopen(self, ticket_id: str) -> WebhookRequest:
        """Act as an agent of the helpdesk."""
        return await self._act("reopen", ticket_id=ticket_id)

    async def break_next(self, kind: BreakKind) -> None:
        """Queue a fault."""
        faults: Mapping[BreakKind, Mapping[str, Any]] = {
            "lost_answer": {"kind": "lost_answer"},
            "cut": {"kind": "cut"},
            "throttle": {"kind": "status", "status": 429, "headers": {"Retry-After": "9"}},
            "down": {"kind": "status", "status": 503},
        }
        response = await self.control.post("faults", json=faults[kind])
        assert response.status_code == 200, response.text

    async def _act(self, name: str, **body: str) -> WebhookRequest:
        response = await self.control.post(name, json=body)
        assert response.status_code == 200, response.text
        return self.receiver.requests[-1]


@asynccontextmanager
async def _open_generic() -> AsyncIterator[HelpdeskRig]:
    config = HelpdeskConfig(api_base_url="https://sms.example.com")
    receiver = Receiver()
    poster = httpx.AsyncClient(transport=httpx.ASGITransport(receiver))
    with serve(create_helpdesk(config, Edge(), poster)) as url:
        async with (
            open_http() as pool,
            httpx.AsyncClient(base_url=f"{url}/_control/", trust_env=False) as control,
        ):
            options = {"url": f"{url}/tickets-webhook", "secret": config.secret}
            yield GenericRig(
                build_helpdesk("generic", options, pool),
                build_helpdesk("generic", {**options, "secret": "whsec_YW5vdGhlcg=="}, pool),
                receiver,
                control,
            )


RIGS: Mapping[str, Callable[[], AbstractAsyncContextManager[HelpdeskRig]]] = {
    "generic": _open_generic,
    "gorgias": open_gorgias,
    "zendesk": open_zendesk,
}


def a_line(body: str, origin: MessageOrigin | None = None, minutes: int = 0) -> TranscriptLine:
    """Return one text, by default the customer's."""
    return TranscriptLine(
        at=ASKED_AT + timedelta(minutes=minutes),
        origin=origin,
        body=body,
        message_id=f"line-{minutes}",
    )


def a_ticket(external_id: str = "conv:c-1:1", **fields: object) -> TicketRequest:
    """Return a handoff of a short conversation."""
    plain = {
        "external_id": external_id,
        "subject": "Wants to exchange boots",
        "reason": EscalationReason.CUSTOMER_ASKED,
        "priority": Priority.URGENT,
        "summary": "Asked for an exchange; the agent may not make one.",
        "intent": "exchange",
        "brand": "Cedar & Slate",
        "conversation_id": "c-1",
        "phone": PHONE,
        "channel_number": OURS,
        "customer": {"name": "Ana", "email": "ana@example.com"},
        "order_names": ("#1042",),
        "segments": 3,
        "transcript": (
            a_line("The boots are too small 📦", minutes=0),
            a_line("Which size do you need?", MessageOrigin.AGENT, minutes=1),
            a_line("43, and a human please", minutes=2),
        ),
    }
    return TicketRequest.model_validate(plain | fields)
