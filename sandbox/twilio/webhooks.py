"""Webhooks as Twilio posts them: signed, with its time limits, retries and idempotency token."""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl, urldefrag

import httpx
from pydantic import BaseModel

from sandbox.edge import Edge
from sandbox.twilio.config import TwilioConfig
from sandbox.twilio.signature import sign


class Delivery(BaseModel):
    """One webhook and how it went: ``status`` of the last answer, None when there was none.

    ``error_code`` is what Twilio would log: 11200 the receiver failed, 11205 it could not be
    reached, 12300 its answer has no XML content type, 21609 the address is not one that this
    sandbox may post to.
    """

    url: str
    params: dict[str, str]
    at: datetime
    attempts: int = 0
    status: int | None = None
    content_type: str = ""
    body: str = ""
    error_code: int | None = None


@dataclass(frozen=True)
class Override:
    """Connection override of a webhook URL: ``#ct=2000&rt=3500&rc=3&rp=all``; unknown keys pass."""

    connect_seconds: float = 5.0
    read_seconds: float = 15.0
    total_seconds: float = 15.0
    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})

    @classmethod
    def parse(cls, fragment: str) -> "Override":
        """Read the fragment of a webhook URL; what it leaves out has Twilio's default."""
        given = dict(parse_qsl(fragment))
        return cls(
            connect_seconds=float(given.get("ct", 5000)) / 1000,
            read_seconds=float(given.get("rt", 15000)) / 1000,
            total_seconds=float(given.get("tt", 15000)) / 1000,
            retries=min(5, max(0, int(given.get("rc", 1)))),
            retry_on=frozenset(given.get("rp", "ct").split(",")),
        )

    def retries_after(self, failure: str | None) -> bool:
        """Tell whether this kind of failure (``ct``, ``rt``, ``4xx``, ``5xx``) is tried again."""
        return failure is not None and bool({failure, "all"} & self.retry_on)


@dataclass
class Webhooks:
    """The sender of every webhook of one account; remembers each."""

    config: TwilioConfig
    edge: Edge
    client: httpx.AsyncClient
    deliveries: list[Delivery] = field(default_factory=list)

    async def post(self, url: str, params: dict[str, str], *, wants_xml: bool = False) -> Delivery:
        """Post one signed form and return how it went; never raises for the receiver's faults."""
        address, fragment = urldefrag(url)
        delivery = Delivery(url=address, params=params, at=self.edge.now())
        self.deliveries.append(delivery)
        target = self._target(address)
        if target is None:
            delivery.error_code = 21609
            return delivery
        override = Override.parse(fragment)
        try:
            async with asyncio.timeout(override.total_seconds):
                await self._attempts(delivery, target, override)
        except TimeoutError:
            delivery.error_code = 11205
        if wants_xml and delivery.error_code is None and not _is_xml(delivery.content_type):
            delivery.error_code = 12300
        return delivery

    def _target(self, address: str) -> str | None:
        base = self.config.public_base_url
        if address != base and not address.startswith((f"{base}/", f"{base}?")):
            return None
        return (self.config.deliver_base_url or base) + address.removeprefix(base)

    async def _attempts(self, delivery: Delivery, target: str, override: Override) -> None:
        headers = {
            "X-Twilio-Signature": sign(
                self.config.auth_token, delivery.url, delivery.params.items()
            ),
            "I-Twilio-Idempotency-Token": secrets.token_hex(16),
            "User-Agent": "TwilioProxy/1.1",
        }
        limits = httpx.Timeout(override.read_seconds, connect=override.connect_seconds)
        for _ in range(override.retries + 1):
            delivery.attempts += 1
            failure = await self._attempt(delivery, target, headers, limits)
            if not override.retries_after(failure):
                return

    async def _attempt(
        self, delivery: Delivery, target: str, headers: dict[str, str], limits: httpx.Timeout
    ) -> str | None:
        """Try once and return the kind of failure, None when the receiver took it."""
        delivery.status, delivery.error_code = None, 11205
        try:
            response = await self.client.post(
                target, data=delivery.params, headers=headers, timeout=limits
            )
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return "ct"
        except httpx.TransportError:
            return "rt"
        delivery.status, delivery.body = response.status_code, response.text
        delivery.content_type = response.headers.get("content-type", "")
        delivery.error_code = None if response.is_success else 11200
        if response.is_success:
            return None
        return "5xx" if response.status_code >= 500 else "4xx"


def _is_xml(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() in {"text/xml", "application/xml"}
