"""How a brand's agent behaves: its voice, its caps, its waits, and what happens when it stops."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.escalation import HandoffMode
from domain.segments import count_segments, normalise
from domain.values import Value


class HandoffSettings(Value):
    """What happens when the agent stops.

    Attributes:
        mode: Ticket in the helpdesk, or the closeout message.
        human_hours: When a human answers, in words that follow "A person will reply".
        acknowledgement: Told once on a handoff; `{hours}` is replaced by `human_hours`.
        still_waiting: Told once when nobody has answered for long; `{hours}` as above.
        closeout: Told once when the mode is closeout.
    """

    mode: HandoffMode = HandoffMode.HELPDESK
    human_hours: str = "Mon-Fri 9am-5pm ET"
    acknowledgement: str = (
        "Thanks, I'm passing this to our team. A person will reply here ({hours})."
    )
    still_waiting: str = "Still with our team; a person will reply {hours}."
    closeout: str | None = None

    @model_validator(mode="after")
    def _closeout_has_a_text(self) -> Self:
        if self.mode is HandoffMode.CLOSEOUT and not self.closeout:
            msg = "handoff.closeout is required when handoff.mode is closeout: write the message"
            raise ValueError(msg)
        for field, text in (
            ("acknowledgement", self.acknowledgement.replace("{hours}", self.human_hours)),
            ("still_waiting", self.still_waiting.replace("{hours}", self.human_hours)),
            ("closeout", self.closeout),
        ):
            if text is None:
                continue
            if not normalise(text).strip():
                msg = f"handoff.{field} is blank: write the message"
                raise ValueError(msg)
            if count_segments(normalise(text)).segments > 1:
                msg = f"handoff.{field} is longer than one segment: shorten it"
                raise ValueError(msg)
        return self


class VoiceSettings(Value):
    """How the agent speaks.

    Attributes:
        tone: One word or short phrase.
        rules: The brand's writing rules, at most 20.
        banned_words: Words no reply may contain.
        disclosure: Put before the first reply of a conversation; `{brand}` is the brand's name.
            The law wants it in several places, so that an empty one is a decision of the brand.
    """

    tone: str = "friendly and to the point"
    rules: tuple[Annotated[str, Field(max_length=500)], ...] = Field(default=(), max_length=20)
    banned_words: tuple[str, ...] = ()
    disclosure: str = Field(default="{brand} AI assistant: ", max_length=60)


class Limits(Value):
    """Caps of one conversation.

    Attributes:
        max_segments: Hard maximum of one reply.
        max_agent_texts: Agent texts before it escalates.
        max_stalled_turns: Turns without progress before it escalates.
        max_tool_rounds: Model calls that ask for tools in one turn.
        max_supersedes: How often newer texts may restart one turn.
    """

    max_segments: int = Field(default=2, ge=1, le=4)
    max_agent_texts: int = Field(default=8, ge=1, le=50)
    max_stalled_turns: int = Field(default=2, ge=1, le=10)
    max_tool_rounds: int = Field(default=6, ge=1, le=10)
    max_supersedes: int = Field(default=3, ge=0, le=10)


class AtCap(StrEnum):
    """What happens when a cap on spend is reached; the text is kept in every case."""

    HELPDESK = "helpdesk"
    CLOSEOUT = "closeout"
    STOP = "stop"


class SpendSettings(Value):
    """Caps on what the agent may cost, in micro-units of the price table's currency.

    Attributes:
        conversation_micros: One conversation.
        contact_day_micros: One contact in one day (UTC).
        brand_month_micros: The brand in one calendar month (UTC).
        at_cap: What happens to a text above a cap.
    """

    conversation_micros: int | None = Field(default=1_000_000, ge=0)
    contact_day_micros: int | None = Field(default=2_000_000, ge=0)
    brand_month_micros: int | None = Field(default=None, ge=0)
    at_cap: AtCap = AtCap.HELPDESK


class Timers(Value):
    """Waits of one conversation, in the unit each name says.

    Attributes:
        reopen_within_hours: A return on the same issue takes a resolution back; 0 is never.
        chase_after_hours: Without a human's answer operators are alerted; None is never.
    """

    burst_window_seconds: float = Field(default=3.0, ge=0, le=30)
    idle_after_hours: float = Field(default=24, gt=0, le=24 * 30)
    thanks_after_minutes: float = Field(default=10, gt=0, le=24 * 60)
    human_pause_hours: float = Field(default=24, gt=0, le=24 * 30)
    reply_window_minutes: float = Field(default=15, gt=0, le=24 * 60)
    reopen_within_hours: float = Field(default=72, ge=0, le=24 * 30)
    chase_after_hours: float | None = Field(default=4, gt=0, le=24 * 30)
