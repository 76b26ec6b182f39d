"""What the helpdesk tells the brand's side: replies of its agents, tickets closed and reopened."""

import json
import secrets
from dataclasses import dataclass
from typing import Any, Literal

import httpx

from sandbox.edge import Edge
from sandbox.helpdesk.config import HelpdeskConfig
from sandbox.helpdesk.signature import sign
from sandbox.helpdesk.tickets import Ticket

EventType = Literal["ticket.replied", "ticket.closed", "ticket.reopened"]


@dataclass(frozen=True)
class Callbacks:
    """Posts signed events to the brand's side."""

    config: HelpdeskConfig
    edge: Edge
    client: httpx.AsyncClient

    async def post(
        self, event: EventType, ticket: Ticket, reply: dict[str, str] | None, copies: int
    ) -> dict[str, Any]:
        """Post one event, several times under one webhook-id when told to.

        Returns:
            ``status`` of the first post (None: nobody answered), ``statuses`` of all, ``body``
            of the first and ``webhook_id``.
        """
        data = {"ticket_id": ticket.id, "external_id": ticket.external_id, **(reply or {})}
        now = self.edge.now()
        payload = {"type": event, "timestamp": now.isoformat(), "data": data}
        body = json.dumps(payload, ensure_ascii=False).encode()
        webhook_id, timestamp = f"msg_{secrets.token_hex(12)}", int(now.timestamp())
        headers = {
            "content-type": "application/json",
            "webhook-id": webhook_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": sign(self.config.secret, webhook_id, timestamp, body),
        }
        answers = [await self._post(body, headers) for _ in range(copies)]
        return {
            "webhook_id": webhook_id,
            "status": answers[0][0],
            "body": answers[0][1],
            "statuses": [status for status, _ in answers],
        }

    async def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int | None, str]:
        url = f"{self.config.api_base_url}{self.config.callback_path}"
        try:
            response = await self.client.post(url, content=body, headers=headers, timeout=15)
        except httpx.TransportError as error:
            return None, type(error).__name__
        return response.status_code, response.text
