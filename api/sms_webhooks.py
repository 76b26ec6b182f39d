"""The carrier's webhooks: read once, verify, commit, answer; nothing else is on this path."""

from typing import Annotated

import structlog
from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.bodies import read_at_most
from api.deps import ApiState, api_state
from domain.errors import ConfigurationError, MalformedWebhook
from domain.outbox import OutboxState
from providers.sms.base import SmsProvider, WebhookRequest
from runtime.adapters import present

_log = structlog.get_logger(__name__)

router = APIRouter(prefix="/webhooks/sms", tags=["webhooks"])

MAX_BODY_BYTES = 64 * 1024
_EMPTY_TWIML = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
_State = Annotated[ApiState, Depends(api_state)]


@router.post("/{provider}")
async def receive_text(provider: str, request: Request, state: _State) -> Response:
    """Commit the texts of a webhook; 200 means they are stored, whatever else is down.

    Returns:
        An empty TwiML document: answers never travel in it, they go through the outbox.
    """
    adapter = _adapter(provider, state)
    webhook = await read_webhook(request)
    adapter.verify(webhook)
    for message in adapter.parse_inbound(webhook):
        ingested = await run_in_threadpool(state.runtime.ingest, message)
        state.dispatch.submit(ingested)
        _log.info(
            "inbound_committed",
            message_id=ingested.message_id,
            duplicate=ingested.duplicate,
            label=ingested.decision.label.value if ingested.decision else None,
        )
    return Response(_EMPTY_TWIML, media_type="text/xml")


@router.post("/{provider}/status")
async def receive_status(provider: str, request: Request, state: _State) -> Response:
    """Apply delivery reports to the outbox; failures are told to the conversation afterwards."""
    adapter = _adapter(provider, state)
    webhook = await read_webhook(request)
    adapter.verify(webhook)
    afterwards = BackgroundTasks()
    for report in adapter.parse_status(webhook):
        row = await run_in_threadpool(state.runtime.outbox.apply_report, report, present())
        if row is not None and row.state in (OutboxState.UNDELIVERED, OutboxState.FAILED):
            await state.delivery.heed(adapter, row, report.error_code)
            afterwards.add_task(state.delivery.tell, row, report.error_code)
    return Response(_EMPTY_TWIML, media_type="text/xml", background=afterwards)


async def read_webhook(request: Request) -> WebhookRequest:
    """Read the raw request once; signatures cover exactly these bytes.

    Raises:
        MalformedWebhook: The body is larger than any provider sends.
    """
    body = await read_at_most(request, MAX_BODY_BYTES)
    if body is None:
        raise MalformedWebhook("body", f"larger than {MAX_BODY_BYTES} bytes")
    raw_path: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return WebhookRequest(
        path=raw_path.partition(b"?")[0].decode("latin-1"),
        query=request.scope["query_string"].decode("latin-1"),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=body,
        received_at=present(),
    )


def _adapter(provider: str, state: ApiState) -> SmsProvider:
    try:
        return state.runtime.adapters.sms(provider)
    except ConfigurationError as error:
        _log.error("sms_webhook_unusable", provider=provider[:40], problem=str(error))
        raise HTTPException(404, "Not found.") from error
