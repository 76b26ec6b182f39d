"""Everything one step of a turn is decided on; gathered by the caller, so that deciding is pure."""

from datetime import datetime

from domain.brand import BrandSettings
from domain.facts import Fact
from domain.message import TranscriptLine
from domain.values import Value
from providers.llm.base import ModelItem


class TurnContext(Value):
    """One turn as it stands before the next model call.

    Attributes:
        brand: The settings the conversation runs on.
        conversation_id: Of this conversation.
        model: The vendor's model name.
        now: The instant of this step, UTC.
        transcript: Every text before this turn, oldest first.
        brand_texts: Campaign and automation texts of the last 48 hours, oldest first.
        batch: The customer's texts of this turn, oldest first, redacted.
        items: Tool calls, tool results and instructions of this turn so far.
        facts: All that was established in this conversation, oldest first.
        first_reply: No reply of the agent has gone out in this conversation.
        rejections: Answers of this turn that were sent back.
        tool_rounds: Answers of this turn that asked for tools.
        shop_configured: Orders and products can be looked up.
        helpdesk_configured: There is a helpdesk to hand off to.
    """

    brand: BrandSettings
    conversation_id: str
    model: str
    now: datetime
    transcript: tuple[TranscriptLine, ...] = ()
    brand_texts: tuple[str, ...] = ()
    batch: tuple[str, ...]
    items: tuple[ModelItem, ...] = ()
    facts: tuple[Fact, ...] = ()
    first_reply: bool = True
    rejections: int = 0
    tool_rounds: int = 0
    shop_configured: bool = True
    helpdesk_configured: bool = True
