"""``/_control`` of the Twilio emulator: be a phone, see its screen, steer the carrier."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control import read_control
from sandbox.twilio.account import Account
from sandbox.twilio.callbacks import Carrier
from sandbox.twilio.config import Behaviour, CarrierRule
from sandbox.twilio.inbound import Inbound, InboundText


class _Block(BaseModel):
    """Block or unblock one phone for one of our numbers (default: the first)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    ours: str | None = None
    blocked: bool = True


class _NumberRule(CarrierRule):
    """A carrier rule with the number it is for."""

    number: str


class _Release(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    order: Literal["given", "reversed"] = "given"


@dataclass(frozen=True)
class Controls:
    """The controls of one account."""

    account: Account
    carrier: Carrier
    inbound: Inbound

    def routes(self) -> list[Route]:
        """Return the control routes; each docstring below says what it takes."""
        return [
            Route("/_control/inbound", self.text, methods=["POST"]),
            Route("/_control/phone/{number}", self.phone, methods=["GET"]),
            Route("/_control/messages", self.messages, methods=["GET"]),
            Route("/_control/webhooks", self.webhooks, methods=["GET"]),
            Route("/_control/settings", self.settings, methods=["GET", "POST"]),
            Route("/_control/carrier", self.steer, methods=["POST"]),
            Route("/_control/blocks", self.blocks, methods=["GET", "POST"]),
            Route("/_control/release", self.release, methods=["POST"]),
            Route("/_control/settle", self.settle, methods=["POST"]),
        ]

    async def text(self, request: Request) -> Response:
        """Text one of our numbers (`InboundText`); answers when the webhook has answered."""
        text = await read_control(request, InboundText)
        if text.to not in self.account.config.numbers:
            raise HTTPException(404, f"{text.to} is not a number of this account")
        api_url = f"{request.url.scheme}://{request.url.netloc}{request.scope['root_path']}"
        return JSONResponse(await self.inbound.take(text, api_url))

    async def phone(self, request: Request) -> Response:
        """List what one phone has received and sent, oldest first."""
        number = request.path_params["number"]
        entries = [e for e in self.account.phone if number in (e.sender, e.to)]
        rows = [entry.model_dump(mode="json", by_alias=True) for entry in entries]
        return JSONResponse({"number": number, "messages": rows})

    async def messages(self, _request: Request) -> Response:
        """List every message resource, oldest first."""
        rows = [m.resource(self.account.config) for m in self.account.messages.values()]
        return JSONResponse({"messages": rows})

    async def webhooks(self, _request: Request) -> Response:
        """List every webhook posted (`Delivery`), oldest first."""
        deliveries = self.inbound.webhooks.deliveries
        return JSONResponse({"webhooks": [d.model_dump(mode="json") for d in deliveries]})

    async def settings(self, request: Request) -> Response:
        """Return `Behaviour` and our numbers; a POST changes the fields it names first."""
        if request.method == "POST":
            given = await read_control(request, Behaviour)
            changes = given.model_dump(exclude_unset=True)
            self.account.behaviour = self.account.behaviour.model_copy(update=changes)
        numbers = list(self.account.config.numbers)
        return JSONResponse(self.account.behaviour.model_dump() | {"numbers": numbers})

    async def steer(self, request: Request) -> Response:
        """Set what the carrier does with texts to ``number``: ``outcome`` and ``error_code``."""
        rule = await read_control(request, _NumberRule)
        self.account.carrier[rule.number] = rule
        return JSONResponse(rule.model_dump())

    async def blocks(self, request: Request) -> Response:
        """Return the block list; a POST of ``{number, ours?, blocked?}`` changes it first."""
        if request.method == "POST":
            block = await read_control(request, _Block)
            pair = (block.ours or self.account.config.numbers[0], block.number)
            if block.blocked:
                self.account.blocked.add(pair)
            else:
                self.account.blocked.discard(pair)
        rows = [{"ours": ours, "number": number} for ours, number in sorted(self.account.blocked)]
        return JSONResponse({"blocks": rows})

    async def release(self, request: Request) -> Response:
        """Post the held callbacks, ``{"order": "given" or "reversed"}``; answers their statuses."""
        release = await read_control(request, _Release)
        deliveries = await self.carrier.release(release.order)
        return JSONResponse({"statuses": [delivery.status for delivery in deliveries]})

    async def settle(self, _request: Request) -> Response:
        """Answer when every message has reached its end and every callback was posted."""
        await self.account.settle()
        return JSONResponse({"ok": True})
