"""An emulated Gorgias account on loopback with our adapter before it."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from providers.helpdesk.gorgias.adapter import GorgiasHelpdesk
from providers.helpdesk.gorgias.integration import SECRET_HEADER
from providers.helpdesk.registry import build_helpdesk
from providers.http_client import open_http
from providers.sms.base import WebhookRequest
from sandbox.edge import Edge
from sandbox.gorgias.app import create_gorgias
from sandbox.gorgias.config import GorgiasConfig
from sandbox.serving import serve
from tests.contract.sms_rig import Receiver
from tests.contract.webhook_forgery import altered_header

PUBLIC_URL = "https://sms.example.com"
FAULTS: Mapping[str, Mapping[str, Any]] = {
    # What is broken is the write, not the look-up before it.
    "lost_answer": {"kind": "lost_answer", "method": "POST", "path_contains": "/api/tickets"},
    "cut": {"kind": "cut"},
    "throttle": {"kind": "status", "status": 429, "headers": {"Retry-after": "9"}},
    "down": {"kind": "status", "status": 503},
}


@dataclass
class GorgiasRig:
    """One account, its controls, and what its integrations post."""

    helpdesk: GorgiasHelpdesk
    stranger: GorgiasHelpdesk
    receiver: Receiver
    control: httpx.AsyncClient
    dated: bool = False

    def forgeries(self, request: WebhookRequest) -> Iterator[WebhookRequest]:
        """Alter the header with the secret: nothing else proves the sender."""
        return altered_header(request, SECRET_HEADER)

    async def tickets(self) -> Sequence[Mapping[str, Any]]:
        """Read them all; the texts are the messages that are no notes, in the order of time."""
        rows = (await self.control.get("tickets")).json()["tickets"]
        shown = []
        for row in rows:
            texts = [m for m in row["messages"] if m["channel"] == "sms"]
            texts.sort(key=lambda message: message["created_datetime"])
            notes = [m for m in row["messages"] if m["channel"] == "internal-note"]
            later = [m for m in notes if not m["external_id"].startswith("transcript:")]
            shown.append(
                {
                    "texts": [message["body_text"] for message in texts],
                    "times": [message["sent_datetime"] for message in texts],
                    "notes": [note["body_text"] for note in later],
                    "everything": str(row),
                    "status": row["status"],
                    "messages": row["messages"],
                }
            )
        return shown

    async def reply(self, ticket_id: str, text: str) -> WebhookRequest:
        """Answer as Sam."""
        return await self.act("reply", ticket_id=int(ticket_id), text=text, author="Sam")

    async def close(self, ticket_id: str) -> WebhookRequest:
        """Close it as a human."""
        return await self.act("close", ticket_id=int(ticket_id))

    async def reopen(self, ticket_id: str) -> WebhookRequest:
        """Open it again as a human."""
        return await self.act("reopen", ticket_id=int(ticket_id))

    async def break_next(self, kind: str) -> None:
        """Queue a fault."""
        response = await self.control.post("faults", json=FAULTS[kind])
        assert response.status_code == 200, response.text

    async def act(self, name: str, **body: object) -> WebhookRequest:
        """Do something in Gorgias and return the newest webhook."""
        response = await self.control.post(name, json=body)
        assert response.status_code == 200, response.text
        return self.receiver.requests[-1]

    async def settled(self) -> list[WebhookRequest]:
        """Return every webhook once all have been posted."""
        await self.control.post("settle")
        return self.receiver.requests


@asynccontextmanager
async def open_gorgias(**settings: Any) -> AsyncIterator[GorgiasRig]:  # noqa: ANN401
    """Open an account whose integrations our adapter has installed."""
    config = GorgiasConfig(webhook_secret="", **settings)
    receiver = Receiver()
    poster = httpx.AsyncClient(transport=httpx.ASGITransport(receiver))
    with serve(create_gorgias(config, Edge(), poster)) as url:
        async with (
            open_http() as pool,
            httpx.AsyncClient(base_url=f"{url}/_control/", trust_env=False) as control,
        ):
            given = {"base_url": url, "email": config.email, "api_key": config.api_key}
            ours = build_helpdesk("gorgias", {**given, "webhook_secret": "s" * 32}, pool)
            wrong = {**given, "api_key": "wrong", "webhook_secret": "x" * 32}
            other = build_helpdesk("gorgias", wrong, pool)
            assert isinstance(ours, GorgiasHelpdesk)
            assert isinstance(other, GorgiasHelpdesk)
            rig = GorgiasRig(ours, other, receiver, control)
            await rig.helpdesk.connect(f"{PUBLIC_URL}/webhooks/helpdesk/gorgias")
            yield rig
