"""Each event sink's emulator with our adapter before it, behind one set of words.

A further sink adds a rig to `RIGS`; the contract tests then run against it as they stand.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

import httpx
from starlette.types import ASGIApp

from domain.business_event import BusinessEvent, EventSubject
from domain.events import build_started
from providers.http_client import open_http
from providers.marketing.base import EventSink
from providers.marketing.registry import build_event_sink
from sandbox.edge import Edge
from sandbox.events_receiver.app import create_events_receiver
from sandbox.events_receiver.config import EventsReceiverConfig
from sandbox.klaviyo.app import create_klaviyo
from sandbox.klaviyo.config import KlaviyoConfig
from tests.contract.wire import Wire

PHONE = "+13125550142"
OTHER_PHONE = "+13125550143"
NOBODY = "+13125550144"
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

BreakKind = Literal["lost_answer", "cut", "throttle", "down", "refuse", "nobody"]
FAULTS: Mapping[BreakKind, Mapping[str, Any]] = {
    "lost_answer": {"kind": "lost_answer"},
    "cut": {"kind": "cut"},
    "throttle": {"kind": "status", "status": 429, "headers": {"Retry-After": "9"}},
    "down": {"kind": "status", "status": 503},
    "refuse": {"kind": "status", "status": 422},
    "nobody": {"kind": "status", "status": 404},
}


@dataclass
class Landed:
    """One event as the receiver has it after dropping repeats."""

    event_id: str
    name: str
    phone: str
    at: datetime
    properties: Mapping[str, Any]


@dataclass
class Line:
    """An emulator in this process: what requests go through and its control."""

    pool: httpx.AsyncClient
    control: httpx.AsyncClient

    async def break_next(self, kind: BreakKind) -> None:
        """Break the next request in one way."""
        response = await self.control.post("faults", json=FAULTS[kind])
        assert response.status_code == 200, response.text

    async def requests(self) -> Sequence[Mapping[str, Any]]:
        """Return every request that arrived, oldest first."""
        return list((await self.control.get("requests")).json()["requests"])


@asynccontextmanager
async def open_line(app: ASGIApp) -> AsyncIterator[Line]:
    """Mount an emulator."""
    async with (
        open_http(Wire(app)) as pool,
        httpx.AsyncClient(transport=Wire(app), base_url="http://vendor.test/_control/") as control,
    ):
        yield Line(pool, control)


class SinkRig(Protocol):
    """What the contract tests need of a sink."""

    sink: EventSink
    stranger: EventSink
    line: Line

    async def landed(self) -> Sequence[Landed]:
        """Return what the receiver has after dropping repeats, in its order."""


@dataclass
class WebhookRig:
    """The brand's own endpoint."""

    sink: EventSink
    stranger: EventSink
    line: Line

    async def landed(self) -> Sequence[Landed]:
        """Read the de-duplicated list."""
        rows = (await self.line.control.get("events")).json()["events"]
        return [
            Landed(
                row["id"],
                row["data"]["name"],
                row["data"]["contact"]["phone"],
                datetime.fromisoformat(row["timestamp"]),
                row["data"]["properties"],
            )
            for row in rows
        ]


@dataclass
class KlaviyoRig:
    """An account at Klaviyo."""

    sink: EventSink
    stranger: EventSink
    line: Line

    async def landed(self) -> Sequence[Landed]:
        """Read the recorded events."""
        rows = (await self.line.control.get("events")).json()["events"]
        return [
            Landed(
                row["unique_id"],
                row["metric"],
                row["phone_number"],
                datetime.fromisoformat(row["time"]),
                row["properties"],
            )
            for row in rows
        ]


@asynccontextmanager
async def _open_webhook() -> AsyncIterator[SinkRig]:
    config = EventsReceiverConfig()
    async with open_line(create_events_receiver(config, Edge())) as line:
        options = {"url": "http://vendor.test/webhook", "secret": config.secret}
        other = options | {"secret": "whsec_YW5vdGhlcg=="}
        yield WebhookRig(
            build_event_sink("webhook", options, line.pool),
            build_event_sink("webhook", other, line.pool),
            line,
        )


@asynccontextmanager
async def _open_klaviyo() -> AsyncIterator[SinkRig]:
    config = KlaviyoConfig()
    async with open_line(create_klaviyo(config, Edge())) as line:
        options = klaviyo_options(config.api_key)
        yield KlaviyoRig(
            build_event_sink("klaviyo", options, line.pool),
            build_event_sink("klaviyo", klaviyo_options("pk_another"), line.pool),
            line,
        )


def klaviyo_options(api_key: str) -> Mapping[str, object]:
    """Return the adapter's settings for an emulator in this process."""
    return {"api_key": api_key, "base_url": "http://vendor.test"}


RIGS: Mapping[str, Callable[[], AbstractAsyncContextManager[SinkRig]]] = {
    "webhook": _open_webhook,
    "klaviyo": _open_klaviyo,
}


def a_subject(conversation_id: str = "c-1", **fields: object) -> EventSubject:
    """Return a conversation with PHONE."""
    plain = {"brand": "cedar-slate", "conversation_id": conversation_id, "phone": PHONE}
    return EventSubject.model_validate(plain | fields)


def a_start(conversation_id: str = "c-1", **fields: object) -> BusinessEvent:
    """Return the event of a conversation opened."""
    subject = a_subject(conversation_id, **fields)
    return build_started(subject, AT, first_message="Where is my order?")
