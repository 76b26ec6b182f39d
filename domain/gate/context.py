"""What the gate knows beside the text itself; gathered by the caller, so that rules stay pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.message import MessageOrigin
from domain.phone import SenderKind
from domain.values import Value

QUESTION_OPEN_FOR = timedelta(hours=72)
"""A bare "yes" later than this answers nothing any more; equal to the reopen window."""


class OutboundText(Value):
    """One text the contact received from the brand.

    Attributes:
        body: The words sent, or a description of them when `verbatim` is false.
        sent_at: When, UTC; None when unknown.
        origin: Who wrote it.
        verbatim: False when `body` only describes the text (`sms-agent gate` with a plain `ctx`).
        asks: Whether it put a question; None leaves it to the question mark.
    """

    body: str
    sent_at: datetime | None = None
    origin: MessageOrigin = MessageOrigin.AGENT
    verbatim: bool = True
    asks: bool | None = None


class InboundText(Value):
    """One earlier text of the contact."""

    body: str
    received_at: datetime


class GateContext(Value):
    """Everything a decision depends on beside the words and the brand's settings.

    Attributes:
        now: The instant of the decision, UTC.
        sender_kind: What the sender's address is.
        opt_out_type: STOP, START or HELP when the provider has already acted on it.
        num_media: Attachments of the text.
        suppressed: The contact has opted out of this brand.
        conversation_open: A conversation with the agent is running.
        handed_off: A human owns the conversation.
        recent_outbound: What the contact received, oldest first.
        recent_inbound: What the contact wrote before this text, oldest first.
        agent_replies_10_minutes: Agent texts to this contact in the last ten minutes.
        agent_replies_24_hours: Agent texts to this contact in the last day.
        segments: Segment names the contact is in; None when they are not known.
        segments_readable: What is not known of them can be read before the text is answered.
        automation_waiting: A keyword automation waits for this contact's answer.
        asked_resubscribe: The last text asked whether the contact wants texts again.
    """

    now: datetime
    sender_kind: SenderKind = SenderKind.MOBILE_OR_FIXED
    opt_out_type: str | None = None
    num_media: int = 0
    suppressed: bool = False
    conversation_open: bool = False
    handed_off: bool = False
    recent_outbound: tuple[OutboundText, ...] = ()
    recent_inbound: tuple[InboundText, ...] = ()
    agent_replies_10_minutes: int = 0
    agent_replies_24_hours: int = 0
    segments: frozenset[str] | None = frozenset()
    segments_readable: bool = False
    automation_waiting: bool = False
    asked_resubscribe: bool = False

    @property
    def last_outbound(self) -> OutboundText | None:
        """The last text the contact received, None when none is known."""
        return self.recent_outbound[-1] if self.recent_outbound else None

    def newest_outbound(self, limit: int) -> Iterator[OutboundText]:
        """Yield what was sent, newest first, at most `limit` texts."""
        for index in range(len(self.recent_outbound) - 1, -1, -1):
            if len(self.recent_outbound) - index > limit:
                return
            yield self.recent_outbound[index]
