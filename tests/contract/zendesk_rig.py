"""An emulated Zendesk account on loopback with our adapter before it."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from providers.helpdesk.registry import build_helpdesk
from providers.helpdesk.zendesk.adapter import ZendeskHelpdesk
from providers.http_client import open_http
from providers.sms.base import WebhookRequest
from sandbox.edge import Edge
from sandbox.serving import serve
from sandbox.zendesk.app import create_zendesk
from sandbox.zendesk.config import ZendeskConfig
from tests.contract.sms_rig import Receiver
from tests.contract.webhook_forgery import altered_bodies

FAULTS: Mapping[str, Mapping[str, Any]] = {
    # What is broken is the write of a comment, not the look-up before it.
    "lost_answer": {"kind": "lost_answer", "body_contains": '"comment"'},
    "cut": {"kind": "cut"},
    "throttle": {"kind": "status", "status": 429, "headers": {"Retry-After": "9"}},
    "down": {"kind": "status", "status": 503},
}
_LINE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) (customer|agent|human): (.*)")
_ENDING = re.compile(r"\n+— SMS (\d{4}-\d\d-\d\d \d\d:\d\d) \S+ \(ref \S+\)$")
_REFERENCE = re.compile(r"\s*\(ref \S+\)$")


@dataclass
class ZendeskRig:
    """One account, its controls, and what its webhook posts."""

    helpdesk: ZendeskHelpdesk
    stranger: ZendeskHelpdesk
    receiver: Receiver
    control: httpx.AsyncClient
    api: httpx.AsyncClient
    dated: bool = True

    def forgeries(self, request: WebhookRequest) -> Iterator[WebhookRequest]:
        """Alter each byte of the body."""
        return altered_bodies(request)

    async def tickets(self) -> Sequence[Mapping[str, Any]]:
        """Read them all; the texts are in the note of the handoff, later ones public comments."""
        rows = (await self.control.get("tickets")).json()["tickets"]
        return [_shown(row) for row in rows]

    async def reply(self, ticket_id: str, text: str) -> WebhookRequest:
        """Answer in public as Sam."""
        return await self.act("reply", ticket_id=int(ticket_id), text=text, author="Sam")

    async def close(self, ticket_id: str) -> WebhookRequest:
        """Solve it as a human."""
        return await self.act("close", ticket_id=int(ticket_id))

    async def reopen(self, ticket_id: str) -> WebhookRequest:
        """Open it again as a human."""
        return await self.act("reopen", ticket_id=int(ticket_id))

    async def break_next(self, kind: str) -> None:
        """Queue a fault."""
        response = await self.control.post("faults", json=FAULTS[kind])
        assert response.status_code == 200, response.text

    async def act(self, name: str, **body: object) -> WebhookRequest:
        """Do something in Zendesk and return the newest webhook."""
        response = await self.control.post(name, json=body)
        assert response.status_code == 200, response.text
        return self.receiver.requests[-1]

    async def settled(self) -> list[WebhookRequest]:
        """Return every webhook once all have been posted."""
        await self.control.post("settle")
        return self.receiver.requests


def _shown(row: Mapping[str, Any]) -> Mapping[str, Any]:
    first, *rest = row["comments"]
    told = _LINE.findall(first["plain_body"])
    public = [comment["plain_body"] for comment in rest if comment["public"]]
    private = [comment["plain_body"] for comment in rest if not comment["public"]]
    ends = [found for text in public if (found := _ENDING.search(text))]
    return {
        "texts": [text for _, _, text in told] + [_ENDING.sub("", text) for text in public],
        "times": [at for at, _, _ in told] + [found[1] for found in ends],
        "notes": [_REFERENCE.sub("", text) for text in private],
        "everything": str(row),
        "status": row["status"],
        "comments": row["comments"],
        "id": row["id"],
    }


@asynccontextmanager
async def open_zendesk(**settings: Any) -> AsyncIterator[ZendeskRig]:  # noqa: ANN401
    """Open an account whose webhook an operator has installed."""
    config = ZendeskConfig(api_base_url="https://sms.example.com", **settings)
    receiver = Receiver()
    poster = httpx.AsyncClient(transport=httpx.ASGITransport(receiver))
    auth = (f"{config.email}/token", config.api_token)
    with serve(create_zendesk(config, Edge(), poster)) as url:
        async with (
            open_http() as pool,
            httpx.AsyncClient(base_url=f"{url}/_control/", trust_env=False) as control,
            httpx.AsyncClient(base_url=f"{url}/api/v2/", trust_env=False, auth=auth) as api,
        ):
            given = {
                "base_url": url,
                "email": config.email,
                "api_token": config.api_token,
                "webhook_secret": config.webhook_secret,
            }
            ours = build_helpdesk("zendesk", given, pool)
            wrong = {**given, "api_token": "wrong", "webhook_secret": "another secret"}
            other = build_helpdesk("zendesk", wrong, pool)
            assert isinstance(ours, ZendeskHelpdesk)
            assert isinstance(other, ZendeskHelpdesk)
            yield ZendeskRig(ours, other, receiver, control, api)
