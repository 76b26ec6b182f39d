"""The event sink kept by signed webhooks to the brand's own endpoint."""

from collections.abc import Mapping
from datetime import UTC, datetime

import httpx
import orjson

from domain.business_event import BusinessEvent, EventName
from domain.errors import ProviderError, ProviderMisconfigured, ProviderRejected
from providers.http_client import HttpClient
from providers.http_message import HttpAnswer, HttpRequest
from providers.marketing.webhook.options import WebhookOptions
from providers.signing import sign_webhook

PROVIDER = "webhook"

TYPES: Mapping[EventName, str] = {
    EventName.STARTED: "conversation.started",
    EventName.RESOLVED: "conversation.resolved",
    EventName.ESCALATED: "conversation.escalated",
    EventName.RECOMMENDED: "conversation.product_recommended",
    EventName.RESOLUTION_REVERTED: "conversation.resolution_reverted",
}

# 400 is what many receivers answer to a signature that does not fit; the others say that nobody
# listens there. The event is sound, and must outlive the repair.
_SET_UP_WRONGLY = frozenset({400, 404, 405, 410})


class WebhookSink:
    """One brand's endpoint behind a signed webhook.

    Args:
        options: Address and secrets.
        pool: Connections, see `open_http`; closed by whoever opened it.
    """

    name = PROVIDER

    def __init__(self, options: WebhookOptions, pool: httpx.AsyncClient) -> None:
        self._options = options
        self._http = HttpClient(PROVIDER, pool)

    async def deliver(self, event: BusinessEvent) -> None:
        """Post one event; its id is the webhook id, its bytes are the same each time."""
        body = {
            "type": TYPES[event.name],
            "timestamp": event.occurred_at.astimezone(UTC).isoformat(),
            "data": {
                "event_id": event.event_id,
                "name": event.name.value,
                "schema_version": event.schema_version,
                "brand": event.brand,
                "conversation_id": event.conversation_id,
                "channel": event.channel,
                "contact": {"phone": event.phone},
                "properties": event.properties,
            },
        }
        answer = await self._post("deliver", event.event_id, body)
        if not answer.ok:
            raise self._refusal("deliver", answer)

    async def check(self) -> str:
        """Send a signed `ping`; an endpoint that refuses to know it has still read it."""
        now = datetime.now(UTC)
        body = {"type": "ping", "timestamp": now.isoformat(), "data": {}}
        answer = await self._post("check", f"ping:{now.timestamp()}", body)
        if answer.ok:
            return "the endpoint answers and takes our signature"
        error = self._refusal("check", answer)
        if answer.status == 400 or isinstance(error, ProviderRejected):
            return "the endpoint answers; it does not know ping, or has another secret"
        raise error

    async def _post(
        self, operation: str, webhook_id: str, body: Mapping[str, object]
    ) -> HttpAnswer:
        # Sorted: a database may hand the properties back in another order.
        content = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
        request = HttpRequest(
            operation=operation,
            method="POST",
            url=self._options.url,
            content=content,
            headers={"content-type": "application/json", **self._sign(webhook_id, content)},
        )
        return await self._http.exchange(request)

    def _refusal(self, operation: str, answer: HttpAnswer) -> ProviderError:
        if answer.status in _SET_UP_WRONGLY:
            problem = f"{answer.status}: check the endpoint's address and its secret"
            return ProviderMisconfigured(PROVIDER, operation, problem)
        return self._http.error_for(operation, answer)

    def _sign(self, webhook_id: str, content: bytes) -> dict[str, str]:
        now = datetime.now(UTC)
        signed = sign_webhook(self._options.secret.get_secret_value(), webhook_id, now, content)
        if self._options.previous_secret is None:
            return signed
        older = self._options.previous_secret.get_secret_value()
        second = sign_webhook(older, webhook_id, now, content)["webhook-signature"]
        return signed | {"webhook-signature": f"{signed['webhook-signature']} {second}"}
