"""Sending, as `activities/sends.py`, `store/outbox.py` and `store/send_veto.py` promise it."""

from dataclasses import dataclass
from datetime import timedelta

from activities.send_messages import Purpose, ReconcileSend, SendNotice, SendReceipt, SendReply
from activities.upkeep_messages import Done
from domain.handover import Handover
from domain.outbox import OutboxState
from tests.simulation.dice import Dice
from tests.simulation.world import Outbound, World

REPLY_WINDOW = timedelta(minutes=15)
_HUMAN_WINDOW = timedelta(hours=24)

_AGENT = (Purpose.REPLY, Purpose.CLOSEOUT)
_ANSWERABLE = (Handover.TURN, Handover.HANDOFF)
_DOUBTED = (OutboxState.SENDING, OutboxState.UNKNOWN)

_OUTCOMES = (
    *("sent",) * 8, "unknown_posted", "unknown_lost", "filtered", "suppress", "unreachable",
    "not_tried", "crash_claimed", "crash_posted",
)  # fmt: skip


class AgainError(Exception):
    """The attempt failed; Temporal tries again."""


class RefusedError(Exception):
    """The attempt failed for good."""


@dataclass
class Sends:
    """The carrier and the outbox."""

    world: World

    def send_reply(self, request: SendReply, dice: Dice) -> SendReceipt:
        """Claim, post, settle; a row that is not READY is only reported."""
        row = self._row(request)
        if row.state is not OutboxState.READY:
            return receipt(row)
        row.veto = self._veto(row, request.newest_seq)
        if row.veto is not None:
            row.state, row.problem = OutboxState.VETOED, row.veto
            return receipt(row)
        row.state = OutboxState.SENDING
        row.spoken_over = self.world.is_spoken_over(row)
        self.world.claims.append((row, self.world.suppressed))
        self._post(row, dice.pick(_OUTCOMES))
        return receipt(row)

    def reconcile_send(self, request: ReconcileSend, _dice: Dice) -> SendReceipt:
        """Look whether the carrier has it."""
        row = self.world.outbox[request.outbox_id]
        if row.state in _DOUBTED:
            row.state = OutboxState.SENT if row.posted else OutboxState.UNKNOWN
            if request.last and not row.posted:
                row.state = OutboxState.ABANDONED
        return receipt(row)

    def send_notice(self, request: SendNotice, _dice: Dice) -> SendReceipt:
        """Send a fixed text; whether it goes out is no law of the conversation's."""
        return SendReceipt(outbox_id=request.outbox_id, state=OutboxState.SENT, confirms=True)

    def push_opt_out(self, _request: SendNotice, _dice: Dice) -> Done:
        """Tell the carrier."""
        return Done()

    def report(self, dice: Dice) -> None:
        """Let late news settle a row: a status callback, or a slow attempt that gives back."""
        doubted = [r for r in self.world.outbox.values() if r.state in _DOUBTED]
        known = [r for r in doubted if r.posted or r.state is OutboxState.SENDING]
        if known:
            row = dice.pick(known)
            row.state = OutboxState.DELIVERED if row.posted else OutboxState.READY

    def _post(self, row: Outbound, outcome: str) -> None:
        world = self.world
        row.posted = outcome in ("sent", "unknown_posted", "crash_posted")
        match outcome:
            case "sent":
                row.state = OutboxState.SENT
            case "unknown_posted" | "unknown_lost":
                row.state, row.problem = OutboxState.UNKNOWN, "no answer"
            case "not_tried":
                row.state = OutboxState.READY
                raise AgainError
            case "crash_claimed" | "crash_posted":
                raise AgainError
            case problem:
                row.state, row.problem = OutboxState.FAILED, problem
                world.unreachable |= problem == "unreachable"
                if problem == "suppress":
                    world.opt_out()

    def _row(self, request: SendReply) -> Outbound:
        key = (request.conversation_id, request.turn, request.attempt)
        row_id = row_of(request)
        if request.purpose is Purpose.REPLY:
            steps = self.world.steps.get(key)
            if not steps or steps[-1].kind != "draft":
                raise RefusedError
        window = _HUMAN_WINDOW if request.purpose is Purpose.HUMAN else REPLY_WINDOW
        return self.world.outbox.setdefault(
            row_id,
            Outbound(
                row_id, *key[:1], request.purpose, *key[1:],
                covers=self.world.covered.get(key, ()),
                not_after=request.not_after or self.world.now + window,
            ),
        )  # fmt: skip

    def _veto(self, row: Outbound, covers_seq: int | None) -> str | None:
        world = self.world
        known = world.rows.get(row.conversation_id)
        if world.suppressed:
            return "suppressed"
        if world.now > row.not_after:
            return "stale"
        if world.unreachable:
            return "unreachable"
        if row.purpose in _AGENT and known is not None and known.owner == "human":
            return "human_owns"
        newest = max((t.seq for t in world.texts.values() if t.handover in _ANSWERABLE), default=0)
        return "newer_text" if covers_seq is not None and newest > covers_seq else None


def row_of(request: SendReply) -> str:
    """Return the id of the row that a text gets, the same for a retry."""
    key = (request.conversation_id, request.turn, request.attempt, request.step)
    return "/".join((*map(str, key), request.purpose.value, request.message_key))


def receipt(row: Outbound) -> SendReceipt:
    """Return what the workflow is told of a row."""
    return SendReceipt(
        outbox_id=row.outbox_id, state=row.state, veto=row.veto, problem=row.problem, segments=1
    )
