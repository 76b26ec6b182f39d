"""The brand's endpoint as one ASGI app behind the edge: every delivery, and each event once."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sandbox.edge import Edge, EdgeMiddleware
from sandbox.events_receiver.config import EventsReceiverConfig
from sandbox.helpdesk.signature import find_fault


class Delivery(BaseModel):
    """One post that was signed rightly; ``differs`` from the first under the same id."""

    webhook_id: str
    at: datetime
    body: dict[str, Any]
    repeat: bool
    differs: bool


@dataclass
class Receiver:
    """Keeps deliveries in the order they came."""

    config: EventsReceiverConfig
    edge: Edge
    deliveries: list[Delivery] = field(default_factory=list)
    first: dict[str, bytes] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def routes(self) -> list[Route]:
        """Return the endpoint and the views of what came."""
        return [
            Route("/webhook", self.receive, methods=["POST"]),
            Route("/_control/deliveries", self.list_deliveries),
            Route("/_control/events", self.list_events),
        ]

    async def receive(self, request: Request) -> Response:
        """Take one signed event: 204 whether new or a repeat, 401 or 400 with the fault in words.

        A ``ping`` is answered and not kept.
        """
        raw = await request.body()
        fault = find_fault(self.config.secret, request.headers, raw, self.edge.now())
        if fault is not None:
            self.refused.append(fault)
            return JSONResponse({"error": fault}, 401)
        body = _read(raw)
        if body is None:
            self.refused.append("body")
            return JSONResponse({"error": "type, timestamp and data are required"}, 400)
        if body["type"] == "ping":
            return Response(status_code=204)
        self._keep(request.headers["webhook-id"], raw, body)
        return Response(status_code=204)

    async def list_deliveries(self, _request: Request) -> Response:
        """List every delivery, repeats too, and why posts were refused."""
        rows = [delivery.model_dump(mode="json") for delivery in self.deliveries]
        return JSONResponse({"deliveries": rows, "refused": self.refused})

    async def list_events(self, _request: Request) -> Response:
        """List each event once by its webhook-id, in the order of its first delivery."""
        rows = [d.model_dump(mode="json") for d in self.deliveries if not d.repeat]
        return JSONResponse({"events": [row["body"] | {"id": row["webhook_id"]} for row in rows]})

    def _keep(self, webhook_id: str, raw: bytes, body: dict[str, Any]) -> None:
        known = self.first.get(webhook_id)
        self.first.setdefault(webhook_id, raw)
        self.deliveries.append(
            Delivery(
                webhook_id=webhook_id,
                at=self.edge.now(),
                body=body,
                repeat=known is not None,
                differs=known is not None and known != raw,
            )
        )


def _read(raw: bytes) -> dict[str, Any] | None:
    try:
        body = json.loads(raw)
    except ValueError:
        return None
    if not isinstance(body, dict) or not {"type", "timestamp", "data"} <= set(body):
        return None
    return body


def create_events_receiver(config: EventsReceiverConfig, edge: Edge) -> ASGIApp:
    """Build one endpoint of a brand.

    Args:
        config: Its secret.
        edge: Its recorder, faults and clock.
    """
    return EdgeMiddleware(Starlette(routes=Receiver(config, edge).routes()), edge)
