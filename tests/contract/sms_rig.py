"""Each SMS vendor's emulator with our adapter before it, behind one set of words.

A further vendor adds a rig to `RIGS`; the contract tests then run against it as they stand.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from providers.http_client import open_http
from providers.sms.base import OutboundText, SmsProvider, WebhookRequest
from providers.sms.registry import build_sms
from sandbox.edge import Edge
from sandbox.serving import serve
from sandbox.twilio.app import create_twilio
from sandbox.twilio.config import TwilioConfig

OURS = "+13125550199"
PHONE = "+13125550142"
PUBLIC_URL = "https://sms.example.com"

BreakKind = Literal["lost_answer", "cut", "throttle", "down", "garbled"]


class SmsRig(Protocol):
    """What the contract tests need of a vendor."""

    provider: SmsProvider
    unreachable: SmsProvider

    async def receive(self, body: str, media: int = 0) -> WebhookRequest:
        """Text the brand from the phone and return the webhook that came."""

    async def receive_unheard(self, body: str, media: int = 0) -> str:
        """Text the brand while its webhook is lost; return the vendor's id."""

    async def reports(self) -> list[WebhookRequest]:
        """Return the status callbacks that have come, once all have."""

    async def break_next_send(self, kind: BreakKind) -> None:
        """Break the next send in one way."""

    async def shown(self) -> list[str]:
        """Return the bodies the phone has received from the API."""

    async def opt_out(self) -> None:
        """Block our number for the phone at the vendor."""

    async def fail_delivery(self, code: str) -> None:
        """Let the carrier refuse what follows."""

    def refuse_webhooks(self, times: int) -> None:
        """Answer the vendor's next webhooks with 503."""

    async def sends_tried(self) -> int:
        """Return how many sends reached the vendor's door."""


@dataclass
class Receiver:
    """The brand's side of a webhook; keeps the requests as they arrived."""

    requests: list[WebhookRequest] = field(default_factory=list)
    refuse: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Record one request and answer as the product would."""
        if self.refuse:
            self.refuse -= 1
            await Response(status_code=503)(scope, receive, send)
            return
        request = Request(scope, receive)
        self.requests.append(
            WebhookRequest(
                path=scope["raw_path"].decode(),
                query=scope["query_string"].decode(),
                headers=dict(request.headers),
                body=await request.body(),
                received_at=datetime.now(UTC),
            )
        )
        await Response("<Response/>", media_type="text/xml")(scope, receive, send)


@dataclass
class TwilioRig:
    """One emulated Twilio account on loopback."""

    provider: SmsProvider
    unreachable: SmsProvider
    receiver: Receiver
    control: httpx.AsyncClient

    async def receive(self, body: str, media: int = 0) -> WebhookRequest:
        """Text the brand."""
        await self._post("inbound", **_text(body), media=[{}] * media)
        return self.receiver.requests[-1]

    async def receive_unheard(self, body: str, media: int = 0) -> str:
        """Text the brand; the webhook never comes."""
        fields = {**_text(body), "media": [{}] * media, "drop_webhook": True}
        return str((await self._post("inbound", **fields))["sid"])

    async def reports(self) -> list[WebhookRequest]:
        """Wait until everything sent has come to its end."""
        await self._post("settle")
        return [request for request in self.receiver.requests if "MessageStatus" in str(request)]

    async def break_next_send(self, kind: BreakKind) -> None:
        """Queue a fault for the next POST to the message list."""
        faults: Mapping[BreakKind, Mapping[str, Any]] = {
            "lost_answer": {"kind": "lost_answer"},
            "cut": {"kind": "cut"},
            "throttle": {
                "kind": "status",
                "status": 429,
                "headers": {"Retry-After": "7"},
                "body": {"code": 20429, "message": "Too Many Requests", "status": 429},
            },
            "down": {"kind": "status", "status": 503, "body": "upstream"},
            "garbled": {"kind": "status", "status": 201, "body": "<html>"},
        }
        fault = {"method": "POST", "path_contains": "/Messages.json", **faults[kind]}
        await self._post("faults", **fault)

    async def shown(self) -> list[str]:
        """Ask the phone."""
        rows = (await self.control.get(f"phone/{PHONE}")).json()["messages"]
        return [row["body"] for row in rows if row["author"] == "api"]

    async def opt_out(self) -> None:
        """Block the pair."""
        await self._post("blocks", number=PHONE)

    async def fail_delivery(self, code: str) -> None:
        """Steer the carrier."""
        await self._post("carrier", number=PHONE, outcome="undelivered", error_code=int(code))

    def refuse_webhooks(self, times: int) -> None:
        """Have the receiver refuse."""
        self.receiver.refuse = times

    async def sends_tried(self) -> int:
        """Count the recorded requests."""
        rows = (await self.control.get("requests")).json()["requests"]
        return sum(row["method"] == "POST" and "/Messages" in row["path"] for row in rows)

    async def _post(self, name: str, **body: object) -> dict[str, Any]:
        response = await self.control.post(name, json=body)
        assert response.status_code == 200, response.text
        return dict(response.json())


def _text(body: str) -> dict[str, str]:
    return {"from": PHONE, "to": OURS, "body": body}


@asynccontextmanager
async def _open_twilio() -> AsyncIterator[SmsRig]:
    config = TwilioConfig(public_base_url=PUBLIC_URL, numbers=(OURS,))
    receiver = Receiver()
    poster = httpx.AsyncClient(transport=httpx.ASGITransport(receiver))
    with serve(create_twilio(config, Edge(), poster)) as url:
        async with (
            open_http() as pool,
            httpx.AsyncClient(base_url=f"{url}/_control/", trust_env=False) as control,
        ):
            options = {
                "account_sid": config.account_sid,
                "auth_tokens": ["an older token", config.auth_token],
                "api_key": config.api_key_sid,
                "api_secret": config.api_key_secret,
                "base_url": url,
                "accounts_base_url": url,
                "public_base_url": PUBLIC_URL,
            }
            closed = "http://127.0.0.1:9"  # The discard port: nobody listens.
            rig = TwilioRig(
                build_sms("twilio", options, pool),
                build_sms("twilio", {**options, "base_url": closed}, pool),
                receiver,
                control,
            )
            await rig._post("settings", callback_delay_seconds=0)
            yield rig


RIGS: Mapping[str, Callable[[], AbstractAsyncContextManager[SmsRig]]] = {"twilio": _open_twilio}


def a_text(body: str = "Your order is on its way.", **fields: object) -> OutboundText:
    """Return a reply to the phone, with a callback that carries its outbox id."""
    plain = {
        "outbox_id": "row-1",
        "sender": OURS,
        "recipient": PHONE,
        "body": body,
        "status_callback": f"{PUBLIC_URL}/webhooks/sms/twilio/status?o=row-1",
    }
    return OutboundText.model_validate(plain | fields)
