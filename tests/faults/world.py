"""What surrounds the product: the carrier, the helpdesk and the operators, acted by a harness."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import httpx

from sandbox.twilio.signature import sign
from tests.faults.fleet import OPERATOR_KEY, Fleet

OURS = "+13125550199"
_ACCOUNT = "AC" + "0" * 31 + "1"
_OPERATOR = {"authorization": f"Bearer {OPERATOR_KEY}"}
_INSISTS = 90
"""How often an operator asks, a second apart: who gave up would not know who has the word."""

_TICKETS_FRESH_SECONDS = 2.0

Json = dict[str, Any]


def now() -> datetime:
    """Return the present on the clock that the sandbox writes its record by."""
    return datetime.now(UTC)


def a_client() -> httpx.AsyncClient:
    """Return a client that lets go of idle connections before the servers do, after 5 seconds."""
    limits = httpx.Limits(keepalive_expiry=2)
    return httpx.AsyncClient(timeout=60, trust_env=False, limits=limits)


@dataclass
class World:
    """Doors to the sandbox and to the operator API."""

    fleet: Fleet
    http: httpx.AsyncClient
    _tickets: list[Json] = field(default_factory=list)
    _tickets_at: float = float("-inf")
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def control(self, path: str, body: object = None) -> Json:
        """Ask the sandbox: a GET without a body, else a POST."""
        method = "GET" if body is None else "POST"
        url = self.fleet.settings.sandbox_url + path
        answer = await self.http.request(method, url, json=body)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text[:300]}"
        return cast("Json", answer.json())

    async def fault(self, vendor: str, **fault: object) -> None:
        """Break what a vendor does next; see `sandbox.edge.Fault`."""
        await self.control(f"/{vendor}/_control/faults", fault)

    async def heal(self) -> None:
        """Heal every vendor; what they have recorded is kept."""
        await self.control("/twilio/_control/settings", {"callbacks": "normal"})
        await self.control("/openai/_control/latency", {"seconds": 0})
        await self.control("/shopify/_control/throttle", {"available": 2000})

    async def phone(self, number: str) -> list[Json]:
        """Return what one phone has sent and received, oldest first."""
        shown = await self.control(f"/twilio/_control/phone/{number}")
        return cast("list[Json]", shown["messages"])

    async def tickets(self, *, fresh: bool = False) -> list[Json]:
        """Return all tickets; looked up every two seconds at most unless told otherwise."""
        async with self._looking:
            if fresh or time.monotonic() - self._tickets_at > _TICKETS_FRESH_SECONDS:
                found = await self.control("/helpdesk/_control/tickets")
                self._tickets, self._tickets_at = found["tickets"], time.monotonic()
        return self._tickets

    async def deliver_again(self, sid: str, number: str, body: str) -> None:
        """Post the webhook of a text once more, as a carrier does that missed our answer."""
        base = self.fleet.settings.api_url
        url = f"{base}/webhooks/sms/twilio"
        form = {
            "MessageSid": sid,
            "SmsSid": sid,
            "SmsMessageSid": sid,
            "AccountSid": _ACCOUNT,
            "From": number,
            "To": OURS,
            "Body": body,
            "NumMedia": "0",
            "NumSegments": "1",
            "SmsStatus": "received",
            "ApiVersion": "2010-04-01",
        }
        headers = {"X-Twilio-Signature": sign("sandbox-auth-token", url, form.items())}
        try:
            await self.http.post(url, data=form, headers=headers)
        except httpx.TransportError:
            return  # the API is down: then this copy is lost, the text itself is not

    async def outcome(self, sid: str) -> Json | None:
        """Ask the operator API what became of a text; None while it does not know, or is away."""
        return await self._ask(f"/v1/inbound-messages/{sid}")

    async def conversation(self, conversation_id: str) -> Json | None:
        """Ask the operator API about a conversation."""
        return await self._ask(f"/v1/conversations/{conversation_id}")

    async def operate(
        self, conversation_id: str, act: str, body: Json | None = None, key: str | None = None
    ) -> int | None:
        """Act as an operator, again and again while the product is away or gives no answer.

        Returns:
            The first status below 500; None when it was away all the time.
        """
        url = f"{self.fleet.settings.api_url}/v1/conversations/{conversation_id}/{act}"
        headers = _OPERATOR | ({"idempotency-key": key} if key else {})
        for _ in range(_INSISTS):
            try:
                answer = await self.http.post(url, json=body, headers=headers)
                if answer.status_code < 500:
                    return answer.status_code
            except httpx.TransportError:
                pass
            await asyncio.sleep(1)
        return None

    async def _ask(self, path: str) -> Json | None:
        try:
            answer = await self.http.get(self.fleet.settings.api_url + path, headers=_OPERATOR)
        except httpx.TransportError:
            return None
        return cast("Json", answer.json()) if answer.is_success else None
