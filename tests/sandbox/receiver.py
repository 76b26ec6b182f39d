"""The brand's side of a webhook, as the emulators see it, and one emulated account before it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.edge import Edge
from sandbox.twilio.app import create_twilio
from sandbox.twilio.config import TwilioConfig

OURS = "+13125550199"
PHONE = "+13125550142"
OTHER_PHONE = "+13125550143"
PUBLIC_URL = "https://sms.example.com"
STATUS_URL = f"{PUBLIC_URL}/status?o=row-1"


@dataclass
class Receiver:
    """Records what it is posted; answers with ``statuses`` in turn, then 200 and empty TwiML.

    A status of 0 means that nobody listens.
    """

    statuses: list[int] = field(default_factory=list)
    content_type: str = "text/xml"
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        self.requests.append((str(request.url), dict(request.headers), await request.body()))
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 0:
            raise httpx.ConnectError("nobody listens")
        await Response("<Response/>", status, media_type=self.content_type)(scope, receive, send)

    def client(self) -> httpx.AsyncClient:
        """Return a client whose every request ends here."""
        return httpx.AsyncClient(transport=httpx.ASGITransport(self))

    @property
    def forms(self) -> list[dict[str, str]]:
        """The form bodies received, oldest first."""
        return [
            dict(parse_qsl(body.decode(), keep_blank_values=True)) for _, _, body in self.requests
        ]


@dataclass
class TwilioAccount:
    """One emulated account with a client that knows its credentials."""

    config: TwilioConfig
    edge: Edge
    receiver: Receiver
    client: httpx.AsyncClient

    @classmethod
    def open(cls, **settings: str) -> "TwilioAccount":
        """Open an account whose webhooks reach a new receiver."""
        config = TwilioConfig.model_validate({"public_base_url": PUBLIC_URL, **settings})
        edge, receiver = Edge(), Receiver()
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(create_twilio(config, edge, receiver.client())),
            base_url="http://twilio.test",
            auth=(config.account_sid, config.auth_token),
        )
        return cls(config, edge, receiver, client)

    @property
    def url(self) -> str:
        """The path of the message list, without its ending."""
        return f"/2010-04-01/Accounts/{self.config.account_sid}/Messages"

    async def post(self, **form: str | Sequence[str]) -> httpx.Response:
        """Post a send exactly as given."""
        return await self.client.post(f"{self.url}.json", data=form)

    async def send(self, body: str = "On its way.", **form: str) -> dict[str, Any]:
        """Send a text that Twilio accepts, and return its resource."""
        response = await self.post(**{"To": PHONE, "From": OURS, "Body": body, **form})
        assert response.status_code == 201, response.text
        return dict(response.json())

    async def control(self, name: str, **body: object) -> dict[str, Any]:
        """Post one control request and return its answer."""
        response = await self.client.post(f"/_control/{name}", json=body)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def text(self, body: str, **fields: object) -> dict[str, Any]:
        """Text the brand from the phone and return what came of the webhook."""
        return await self.control("inbound", **{"from": PHONE, "to": OURS, "body": body, **fields})

    async def shown(self, number: str = PHONE) -> list[dict[str, Any]]:
        """Return what a phone has sent and received."""
        return list((await self.client.get(f"/_control/phone/{number}")).json()["messages"])

    async def listed(self, **query: str) -> list[dict[str, Any]]:
        """Return the messages of one list call."""
        response = await self.client.get(f"{self.url}.json", params=query)
        assert response.status_code == 200, response.text
        return list(response.json()["messages"])
