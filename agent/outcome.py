"""The four things one model answer can come to; they stand in histories."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from agent.guardrails.finding import Finding
from agent.intent import Intent
from agent.receipt import Receipt
from domain.escalation import EscalationReason
from domain.values import Recorded
from providers.llm.base import ModelItem


class SecondSegmentReason(StrEnum):
    """Why a reply may take more than one segment.

    A link it needs, several questions to answer, an alphabet of 70 units to the segment, or a
    sentence of the brand's own that loses its meaning when shortened.
    """

    NEEDED_LINK = "needed_link"
    SEVERAL_QUESTIONS = "several_questions"
    ALPHABET = "alphabet"
    BRANDS_WORDING = "brands_wording"


class RejectionCode(StrEnum):
    """Why an answer was sent back to the model."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    CUT_OFF = "cut_off"
    REFUSED = "refused"
    INVALID_TOOL_CALL = "invalid_tool_call"
    REPEATED_TOOL_CALL = "repeated_tool_call"
    GUARDRAIL = "guardrail"
    TOO_LONG = "too_long"


class CheckedCall(Recorded):
    """A tool call that may run: a tool that was offered, arguments that fit it.

    Attributes:
        call_id: Links call and result; unique within the turn.
        name: The tool.
        arguments: JSON, validated and in one form: equal calls are equal texts.
    """

    call_id: str
    name: str
    arguments: str


class ToolCalls(Recorded):
    """Run these, append their results to the items, and ask again."""

    kind: Literal["tool_calls"] = "tool_calls"
    calls: tuple[CheckedCall, ...]
    intent: Intent
    items: tuple[ModelItem, ...]


class Draft(Recorded):
    """A reply that may be sent as it stands."""

    kind: Literal["draft"] = "draft"
    body: str
    intent: Intent
    segments: int
    reason_for_second_segment: SecondSegmentReason | None = None
    receipt: Receipt
    items: tuple[ModelItem, ...] = ()


class Rejected(Recorded):
    """Append the items and ask once more; nothing of the answer is used."""

    kind: Literal["rejected"] = "rejected"
    code: RejectionCode
    items: tuple[ModelItem, ...]
    findings: tuple[Finding, ...] = ()


class Escalate(Recorded):
    """Hand off; the summary is for the human who takes over."""

    kind: Literal["escalate"] = "escalate"
    reason: EscalationReason
    summary: str
    intent: Intent
    findings: tuple[Finding, ...] = ()


Step = Annotated[ToolCalls | Draft | Rejected | Escalate, Field(discriminator="kind")]
