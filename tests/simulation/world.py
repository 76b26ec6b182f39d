"""What activities promise, in memory: the store, the carrier, the helpdesk. No crash handling here.

Every fact that the laws are about is written into the record, in order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from activities.messages import TurnStep
from activities.send_messages import Purpose
from domain.conversation import ENDINGS, ConversationPolicy, Status
from domain.escalation import EscalationReason, HandoffMode
from domain.handover import Handover
from domain.outbox import OutboxState
from workflows.protocol import ReceiveInbound

BEGAN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
TextKind = Literal[
    "question", "doubt", "stop", "stop_question", "start", "thanks", "legal", "noise"
]

_HANDOVERS: dict[TextKind, Handover | None] = {
    "question": Handover.TURN,
    "doubt": Handover.TURN,
    "stop": Handover.OPT_OUT,
    "stop_question": Handover.OPT_OUT_WITH_QUESTION,
    "start": None,
    "thanks": Handover.THANKS,
    "legal": Handover.HANDOFF,
    "noise": None,
}


@dataclass
class Text:
    """An inbound message as the store has it."""

    message_id: str
    seq: int
    kind: TextKind
    at: datetime
    handover: Handover | None
    doubt: bool = False
    escalation: EscalationReason | None = None
    conversation_id: str | None = None
    turn: int | None = None

    def told(self) -> ReceiveInbound | None:
        """Return the signal about it, None when it is nobody's business."""
        if self.handover is None:
            return None
        return ReceiveInbound(
            message_id=self.message_id, seq=self.seq, body=self.message_id, received_at=self.at,
            handover=self.handover, doubt=self.doubt, escalation=self.escalation,
        )  # fmt: skip


@dataclass
class Row:
    """A conversation as the store has it."""

    status: Status = Status.OPEN
    owner: str = "agent"
    revision: int = 0


@dataclass
class Outbound:
    """An outbox row; `posted` is what the carrier knows."""

    outbox_id: str
    conversation_id: str
    purpose: Purpose
    turn: int
    attempt: int
    covers: tuple[str, ...]
    not_after: datetime
    state: OutboxState = OutboxState.READY
    veto: str | None = None
    problem: str | None = None
    posted: bool = False
    spoken_over: bool = False


@dataclass
class Ticket:
    """A ticket in the helpdesk."""

    ticket_id: str
    texts: set[str] = field(default_factory=set)


@dataclass
class World:
    """Everything outside the workflow.

    Attributes:
        policy: What conversations opened from now on run on.
        covered: Texts that a draft answers, by conversation, turn and attempt.
        handed: Texts that a handoff or the ticket's human took, with how.
        silenced: Texts that an opt-out came after.
        lifted: Texts that the contact has opted in again after.
        written: Turns that have written something, which are not torn any more.
        claims: Sends that began, in order, with whether the contact was opted out by then.
        unheard: Humans' words under way to the workflow, when, and what was open then.
    """

    policy: ConversationPolicy
    mode: HandoffMode = HandoffMode.HELPDESK
    helpdesk: bool = True
    now: datetime = BEGAN
    suppressed: bool = False
    unreachable: bool = False
    texts: dict[str, Text] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    steps: dict[tuple[str, int, int], list[TurnStep]] = field(default_factory=dict)
    covered: dict[tuple[str, int, int], tuple[str, ...]] = field(default_factory=dict)
    outbox: dict[str, Outbound] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    handed: dict[str, list[str]] = field(default_factory=dict)
    silenced: set[str] = field(default_factory=set)
    lifted: set[str] = field(default_factory=set)
    written: set[tuple[str, int]] = field(default_factory=set)
    claims: list[tuple[Outbound, bool]] = field(default_factory=list)
    unheard: dict[str, tuple[datetime, frozenset[str]]] = field(default_factory=dict)

    def receive(self, kind: TextKind) -> Text:
        """Commit a text with the gate's decision, as ingest does."""
        seq = len(self.texts) + 1
        text = Text(f"m{seq}", seq, kind, self.now, _HANDOVERS[kind], kind == "doubt")
        human = any(r.owner == "human" and r.status not in ENDINGS for r in self.rows.values())
        self.texts[text.message_id] = text
        self.unreachable = False  # they have just texted, whatever the carrier said
        if kind in ("stop", "stop_question"):
            self.opt_out()
        elif kind == "start":
            self.suppressed = False
            self.lifted |= self.texts.keys()
        elif self.suppressed:
            text.handover, text.doubt = None, False
        elif kind == "legal":
            text.escalation = EscalationReason.LEGAL
        elif kind in ("question", "doubt") and human:
            text.handover = Handover.TURN if text.doubt else Handover.HANDOFF
            text.escalation = None if text.doubt else EscalationReason.TAKEN_OVER
        return text

    def opt_out(self) -> None:
        """Suppress the contact; what was not answered yet need not be any more."""
        self.suppressed = True
        asked = {t.message_id for t in self.texts.values() if t.kind == "stop_question"}
        self.silenced |= self.texts.keys() - (asked - self.lifted)

    def claim(
        self, conversation_id: str, turn: int, message_ids: Sequence[str]
    ) -> tuple[Text, ...]:
        """Stamp texts with a turn, as `store/opening.py` does; another's stay another's."""
        texts = [self.texts[i] for i in message_ids]
        mine = [t for t in texts if t.conversation_id in (None, conversation_id)]
        for text in mine:
            text.conversation_id, text.turn = conversation_id, turn
        return tuple(sorted(mine, key=lambda t: t.seq))

    def pass_on(self, message_ids: Sequence[str], before: str, after: str) -> None:
        """Give the next conversation what the one before had stamped and left to it."""
        for text in (self.texts[i] for i in message_ids):
            if text.conversation_id == before:
                text.conversation_id, text.turn = after, None

    def drafted(self, conversation_id: str, turn: int) -> set[str]:
        """Return the texts that any draft of a turn would have answered."""
        of_turn = (conversation_id, turn)
        return {i for key, texts in self.covered.items() if key[:2] == of_turn for i in texts}

    def set_status(
        self, conversation_id: str, status: Status, owner: str | None, revision: int
    ) -> int:
        """Record where a conversation stands; what has ended stays so, old news is dropped."""
        row = self.rows.get(conversation_id)
        if row is None:
            return 0
        if row.status not in ENDINGS and (revision > row.revision or status in ENDINGS):
            row.status, row.owner, row.revision = status, owner or row.owner, revision
        return row.revision

    def give_word(self, words: str) -> int:
        """Give a human the word who has written, as `store/operators.py` does."""
        taken = {c: row for c, row in self.rows.items() if row.status not in ENDINGS}
        for row in taken.values():
            row.owner, row.revision = "human", row.revision + 1
        self.unheard[words] = (self.now, frozenset(taken))
        return max((row.revision for row in taken.values()), default=0)

    def is_spoken_over(self, row: Outbound) -> bool:
        """Return whether a human wrote, within their pause, unheard by the text's conversation."""
        since = self.now - self.policy.human_pause
        return any(at > since and row.conversation_id in c for at, c in self.unheard.values())

    def hand(self, message_id: str, how: str) -> None:
        """Note that a human has got a text."""
        self.handed.setdefault(message_id, []).append(how)

    def is_unreached(self, message_id: str) -> bool:
        """Return whether a text's answer could not reach the number."""
        failed = (o for o in self.outbox.values() if "unreachable" in (o.veto, o.problem))
        return any(message_id in row.covers for row in failed)

    def replies(self) -> Iterator[Outbound]:
        """Yield the agent's replies that have reached the carrier."""
        return (o for o in self.outbox.values() if o.purpose is Purpose.REPLY and o.posted)
