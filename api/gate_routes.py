"""The gate as a brand sets it up: its own segments, and trying it on real texts."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field

from api.deps import KnownBrand, Operator, State
from domain.gate.jsonl import EPOCH, as_stored, decision_for
from domain.gate.settings import GateSettings
from domain.phone import E164
from runtime.adapters import present

router = APIRouter(prefix="/v1/brands/{brand}", tags=["gate"])

_MAX_PHONES = 50_000
_MAX_TEXTS = 1_000

SegmentName = Annotated[str, Path(min_length=1, max_length=100)]


class SegmentIn(BaseModel):
    """Who is in a segment; a number listed twice is in it once."""

    model_config = ConfigDict(extra="forbid")

    phones: list[E164] = Field(max_length=_MAX_PHONES)


class SegmentView(BaseModel):
    """A segment kept here."""

    name: str
    phones: list[str]


class SegmentSaved(BaseModel):
    """How many numbers a segment now holds."""

    name: str
    size: int


class TriedText(BaseModel):
    """A text to try.

    Attributes:
        ctx: The last text the contact received, verbatim or described.
        segments: Segments the contact is in.
    """

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=5_000)
    ctx: str | None = Field(default=None, max_length=5_000)
    segments: list[str] | None = Field(default=None, max_length=1_000)


class TryIn(BaseModel):
    """Texts to try, and settings to try instead of those that are live."""

    model_config = ConfigDict(extra="forbid")

    texts: list[TriedText] = Field(max_length=_MAX_TEXTS)
    gate: GateSettings | None = None


class TriedView(TriedText):
    """A text with what the rules decide about it."""

    disposition: str
    label: str
    reason: str
    layer: str
    score: float
    rule: str
    doubt: str | None
    fixed_text: str | None


class TryView(BaseModel):
    """What the rules decide, text by text, in order."""

    decisions: list[TriedView]


@router.get("/segments/{name}")
async def get_segment(
    brand: KnownBrand, name: SegmentName, state: State, _operator: Operator
) -> SegmentView:
    """Return who is in a segment kept here; nobody is in one that was never saved."""
    phones = await run_in_threadpool(state.runtime.memberships.segment, brand.brand, name)
    return SegmentView(name=name, phones=list(phones))


@router.put("/segments/{name}")
async def put_segment(
    brand: KnownBrand, name: SegmentName, segment: SegmentIn, state: State, operator: Operator
) -> SegmentSaved:
    """Make a segment consist of these numbers; it counts from the next text on."""
    size = await run_in_threadpool(
        state.runtime.memberships.replace_segment,
        brand.brand,
        name,
        segment.phones,
        operator,
        present(),
    )
    return SegmentSaved(name=name, size=size)


@router.post("/gate/try")
async def try_gate(brand: KnownBrand, tried: TryIn, _operator: Operator) -> TryView:
    """Return what the rules decide about texts; nothing is stored and no model is asked."""
    gate = tried.gate or brand.gate
    return await run_in_threadpool(_decide_all, tried.texts, gate)


def _decide_all(texts: list[TriedText], gate: GateSettings) -> TryView:
    return TryView(decisions=[_decide(text, gate) for text in texts])


def _decide(text: TriedText, gate: GateSettings) -> TriedView:
    decision = decision_for(as_stored(text.model_dump()), gate, EPOCH)
    return TriedView(
        **text.model_dump(),
        disposition=decision.disposition.value,
        label=decision.label.value,
        reason=decision.reason,
        layer=decision.layer.value,
        score=decision.score,
        rule=decision.rule,
        doubt=decision.doubt.value if decision.doubt else None,
        fixed_text=decision.fixed_text.value if decision.fixed_text else None,
    )
