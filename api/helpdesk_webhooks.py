"""The helpdesks' webhooks: humans answer, tickets close and open again."""

from collections.abc import Iterator

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.deps import ApiState, State
from api.sms_webhooks import read_webhook
from domain.brand import BrandSettings
from domain.errors import BadSignature, ConfigurationError
from providers.helpdesk.base import Helpdesk, HelpdeskEvent, HumanReplied, TicketClosed
from runtime.adapters import present
from store.operator_records import TicketOwner
from workflows.protocol import HumanReply, TicketWasClosed, TicketWasReopened

_log = structlog.get_logger(__name__)

router = APIRouter(prefix="/webhooks/helpdesk", tags=["webhooks"])


@router.post("/{provider}")
async def receive_event(provider: str, request: Request, state: State) -> Response:
    """Commit what a human wrote, then answer; the text leaves through the outbox."""
    webhook = await read_webhook(request)
    signed = owned = False
    for brand, helpdesk in await run_in_threadpool(_helpdesks, provider, state):
        try:
            events = helpdesk.parse_event(webhook)
        except BadSignature:
            continue  # another brand's helpdesk may have signed it
        signed = True
        for event in events:  # of a helpdesk that brands share, the ticket says whose it is
            owned |= await _act(state, brand, helpdesk, event)
    if not signed:
        raise BadSignature("no brand's helpdesk signed this")
    if not owned:
        _log.info("helpdesk_event_without_owner", provider=provider)
    return Response(status_code=200)


def _helpdesks(provider: str, state: ApiState) -> list[tuple[str, Helpdesk]]:
    return list(_configured(provider, state))


def _configured(provider: str, state: ApiState) -> Iterator[tuple[str, Helpdesk]]:
    for brand in state.runtime.brands.brands():
        settings: BrandSettings = state.runtime.brands.settings(brand).settings
        if settings.helpdesk is None or settings.helpdesk.provider != provider:
            continue
        try:
            helpdesk = state.runtime.adapters.helpdesk(settings)
        except ConfigurationError as error:
            _log.error("helpdesk_unusable", brand=brand, problem=str(error))
            continue
        if helpdesk is not None:
            yield brand, helpdesk


async def _act(state: ApiState, brand: str, helpdesk: Helpdesk, event: HelpdeskEvent) -> bool:
    """Act on an event; return whether its ticket is the brand's."""
    owner = await run_in_threadpool(_owner, state, brand, helpdesk, event)
    if owner is None:
        return False
    if isinstance(event, HumanReplied):
        await _reply(state, owner, event)
    elif isinstance(event, TicketClosed):
        closed = TicketWasClosed(ticket_id=event.ticket_id, at=event.at)
        await state.conversations.signal(brand, owner.contact_id, "ticket_closed", closed)
    else:
        reopened = TicketWasReopened(ticket_id=event.ticket_id, at=event.at)
        await state.conversations.signal(brand, owner.contact_id, "ticket_reopened", reopened)
    return True


def _owner(
    state: ApiState, brand: str, helpdesk: Helpdesk, event: HelpdeskEvent
) -> TicketOwner | None:
    """Find whose ticket it is: by the helpdesk's id, else by ours.

    A human may answer, or close, before the answer to our opening has told us the ticket's own id.
    """
    operators = state.runtime.operators
    owner = operators.ticket_owner(brand, helpdesk.name, event.ticket_id)
    if owner is not None or event.external_id is None:
        return owner
    kind, _, rest = event.external_id.partition(":")
    conversation_id = rest.rpartition(":")[0]
    found = operators.conversation(conversation_id) if kind == "conv" else None
    if found is None or found.brand != brand:
        return None
    return TicketOwner(brand=brand, contact_id=found.contact_id, conversation_id=conversation_id)


async def _reply(state: ApiState, owner: TicketOwner, event: HumanReplied) -> None:
    """Queue a human's words and tell the conversation, if one is still running."""
    key = f"helpdesk:{event.message_id}"
    queued = await run_in_threadpool(
        state.runtime.operators.queue_human_text, owner, event.text, key, present()
    )
    state.dispatch.submit_notice(queued.outbox_id)
    told = HumanReply(
        message_id=event.message_id,
        body=event.text,
        author=event.author,
        ticket_id=event.ticket_id,
        at=event.at,
        revision=queued.revision,
    )
    await state.conversations.signal(owner.brand, owner.contact_id, "human_reply", told)
