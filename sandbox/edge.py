"""The edge every emulator stands behind: requests recorded, faults injected, the clock virtual."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.wire import Json, answer_json, break_off, path_below_mount, read_body, replay


class Fault(BaseModel):
    """One fault to inject, taken by the first matching request and used up after ``times`` of them.

    ``status`` answers with ``status``, ``headers`` and ``body`` and never reaches the vendor;
    ``delay`` waits ``delay_seconds`` and then goes on; ``lost_answer`` lets the vendor do its work
    and breaks the connection before the answer is complete; ``false_status`` lets the vendor do its
    work and answers with ``status`` all the same; ``cut`` breaks the connection before the vendor
    has seen the request.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["status", "delay", "lost_answer", "false_status", "cut"]
    method: str | None = None
    path_contains: str = ""
    body_contains: str = ""
    status: int = 500
    headers: dict[str, str] = Field(default_factory=dict)
    body: Json | str = ""
    delay_seconds: float = 0.0
    times: int = 1


class RecordedRequest(BaseModel):
    """One request as it arrived and the status it got (None while it runs or when it was cut)."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: str
    at: datetime
    status: int | None = None


@dataclass
class Edge:
    """What one emulator remembers and how it is broken; reached under ``/_control``.

    ``GET requests`` lists what arrived, ``POST faults`` takes one fault or a list, ``POST reset``
    forgets faults and requests, ``POST clock {"advance_seconds": n}`` moves the virtual clock.
    """

    faults: list[tuple[Fault, int]] = field(default_factory=list)
    requests: list[RecordedRequest] = field(default_factory=list)
    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        """Return the vendor's idea of the time, in UTC."""
        return datetime.now(UTC) + self.offset

    def inject(self, *faults: Fault) -> None:
        """Queue faults; each is taken ``times`` times."""
        self.faults.extend((fault, fault.times) for fault in faults)

    def reset(self) -> None:
        """Forget faults and recorded requests; the vendor's own state is untouched."""
        self.faults.clear()
        self.requests.clear()

    def take(self, method: str, path: str, body: str) -> Fault | None:
        """Return the first queued fault that matches and count it down."""
        for index, (fault, left) in enumerate(self.faults):
            fits = fault.method in (None, method) and fault.path_contains in path
            if fits and fault.body_contains in body:
                if left <= 1:
                    del self.faults[index]
                else:
                    self.faults[index] = (fault, left - 1)
                return fault
        return None


class EdgeMiddleware:
    """Put an `Edge` before an emulator; ``/_control`` is answered here."""

    def __init__(self, app: ASGIApp, edge: Edge) -> None:
        self.app = app
        self.edge = edge

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a control request; record every other and apply the fault that waits for it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = await read_body(receive)
        if body is None:
            return  # half a request is none: no vendor acts on it
        path = path_below_mount(scope)
        if path.startswith("/_control/") and path.removeprefix("/_control/") in _CONTROLS:
            await answer_json(
                send, 200, _CONTROLS[path.removeprefix("/_control/")](self.edge, body)
            )
            return
        if path.startswith("/_control"):  # the vendor's own controls: never faulted, never recorded
            await self.app(scope, replay(body), send)
            return
        record = _record(scope, body, path, self.edge.now())
        self.edge.requests.append(record)
        fault = self.edge.take(record.method, path, record.body)
        await self._through(fault, record, (scope, replay(body), send))

    async def _through(
        self, fault: Fault | None, record: RecordedRequest, call: tuple[Scope, Receive, Send]
    ) -> None:
        scope, receive, send = call
        if fault is not None and fault.kind == "delay":
            await asyncio.sleep(fault.delay_seconds)
        if fault is not None and fault.kind == "status":
            record.status = fault.status
            await answer_json(send, fault.status, fault.body, fault.headers)
            return
        if fault is not None and fault.kind == "cut":
            await break_off(send)
            return

        kept_back = fault if fault and fault.kind in ("lost_answer", "false_status") else None

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                record.status = message["status"]
            if kept_back is None:
                await send(message)

        await self.app(scope, receive, noting)
        if kept_back is not None:
            await _instead(kept_back, record, send)


async def _instead(fault: Fault, record: RecordedRequest, send: Send) -> None:
    """Give what the caller gets in place of the vendor's answer."""
    if fault.kind == "lost_answer":
        await break_off(send)
    else:
        record.status = fault.status
        await answer_json(send, fault.status, fault.body, fault.headers)


def _record(scope: Scope, body: bytes, path: str, now: datetime) -> RecordedRequest:
    return RecordedRequest(
        method=scope["method"],
        path=path,
        query=scope["query_string"].decode("latin-1"),
        headers={k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]},
        body=body.decode("utf-8", "replace"),
        at=now,
    )


def _faults(edge: Edge, body: bytes) -> Json:
    given = json.loads(body)
    edge.inject(*(Fault.model_validate(f) for f in (given if isinstance(given, list) else [given])))
    return {"queued": len(edge.faults)}


def _requests(edge: Edge, _body: bytes) -> Json:
    return {"requests": [r.model_dump(mode="json") for r in edge.requests]}


def _reset(edge: Edge, _body: bytes) -> Json:
    edge.reset()
    return {"ok": True}


def _clock(edge: Edge, body: bytes) -> Json:
    edge.offset += timedelta(seconds=float(json.loads(body)["advance_seconds"]))
    return {"now": edge.now().isoformat()}


_CONTROLS: dict[str, Callable[[Edge, bytes], Json]] = {
    "faults": _faults,
    "requests": _requests,
    "reset": _reset,
    "clock": _clock,
}
