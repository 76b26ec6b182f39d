"""Consent: what was read out of free words, undoing a misreading, texts sent elsewhere."""

from datetime import datetime, timedelta
from typing import Literal

from fastapi import APIRouter, HTTPException
from fastapi.concurrency import run_in_threadpool
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.deps import ApiState, Operator, State
from domain.errors import ProviderError
from domain.gate.decision import MISREADABLE
from domain.message import MessageOrigin
from domain.phone import E164
from runtime.adapters import present
from store.operator_records import OutsideText
from workflows.protocol import HumanReply

router = APIRouter(prefix="/v1/brands/{brand}", tags=["consent"])

_REVIEWED_FOR = timedelta(days=30)
_PAGE = 100


class ReviewView(BaseModel):
    """One opt-out that rules or the model read out of free words."""

    message_id: str
    contact_id: str
    body: str
    received_at: datetime
    label: str
    disposition: str
    layer: str
    score: float
    rule: str
    reason: str


class Undone(BaseModel):
    """Whether there was an opt-out to undo."""

    undone: bool


class OutsideTextIn(BaseModel):
    """A text that another system sent from one of the brand's numbers.

    Attributes:
        id: That system's id of it; the same one twice is stored once.
        origin: `campaign` and `automation` become context of the answers to them; `human` counts
            as a takeover.
    """

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1, max_length=200)
    phone: E164
    number: E164
    body: str = Field(min_length=1, max_length=1600)
    origin: Literal["campaign", "automation", "human"]
    sent_at: AwareDatetime


class Stored(BaseModel):
    """Whether the text was new."""

    stored: bool


@router.get("/opt-out-reviews")
async def list_reviews(brand: str, state: State, _operator: Operator) -> list[ReviewView]:
    """Return the last 30 days' opt-outs that no keyword expressed, newest first."""
    since = present() - _REVIEWED_FOR
    found = await run_in_threadpool(state.runtime.consents.reviews, brand, since, _PAGE)
    return [
        ReviewView(
            message_id=r.message_id,
            contact_id=r.contact_id,
            body=r.body,
            received_at=r.received_at,
            label=r.decision.label.value,
            disposition=r.decision.disposition.value,
            layer=r.decision.layer.value,
            score=r.decision.score,
            rule=r.decision.rule,
            reason=r.decision.reason,
        )
        for r in found
    ]


@router.post("/contacts/{contact_id}/undo-opt-out")
async def undo_opt_out(brand: str, contact_id: str, state: State, operator: Operator) -> Undone:
    """Lift a suppression that was a misreading; one that a keyword made stays (409).

    The carrier, which was told of it, is told first: while it refuses, the contact stays suppressed
    here too, and the operator can ask again.
    """
    source = await run_in_threadpool(state.runtime.consents.opt_out_source, brand, contact_id)
    if source in MISREADABLE:
        await _unblock(state, brand, contact_id)
    undone = await run_in_threadpool(
        state.runtime.consents.undo_opt_out, brand, contact_id, operator, present()
    )
    return Undone(undone=undone)


@router.post("/outbound-messages", status_code=201)
async def record_outbound(
    brand: str, text: OutsideTextIn, state: State, _operator: Operator
) -> Stored:
    """Tell the agent of a text sent elsewhere: it answers with it in mind, or falls silent."""
    owner = await run_in_threadpool(state.runtime.brands.brand_of_number, text.number)
    if owner != brand:
        raise HTTPException(422, "number: it is not one of this brand's senders")
    provider = await run_in_threadpool(_provider_of, state, brand, text.number)
    stored = await run_in_threadpool(
        state.runtime.operators.record_outside_text,
        OutsideText(
            brand=brand,
            phone=text.phone,
            number=text.number,
            provider=provider,
            key=text.id,
            body=text.body,
            origin=MessageOrigin(text.origin),
            sent_at=text.sent_at,
        ),
    )
    if text.origin == "human":
        told = HumanReply(
            message_id=text.id,
            body=text.body,
            author="a human elsewhere",
            revision=stored.revision,
        )
        await state.conversations.signal(brand, stored.contact_id, "human_reply", told)
    return Stored(stored=stored.fresh)


async def _unblock(state: ApiState, brand: str, contact_id: str) -> None:
    contact = await run_in_threadpool(state.runtime.conversations.contact, brand, contact_id)
    carrier = state.runtime.adapters.sms(contact.provider)
    try:
        await carrier.take_back_opt_out(contact.phone, contact.number, present())
    except ProviderError as error:
        raise HTTPException(502, f"{error}: nothing was undone; try again.") from error


def _provider_of(state: State, brand: str, number: str) -> str:
    senders = state.runtime.brands.settings(brand).settings.senders
    return next(s.provider for s in senders if s.number == number)
