"""What each activity answers and does to the world, by the name it has in histories."""

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel

from activities.chase_messages import AddTicketNote, ChaseEscalation, ChasePlan
from activities.handoff_messages import (
    AppendToTicket,
    BeginHandoff,
    HandoffPlan,
    OpenTicket,
    TicketOpened,
)
from activities.messages import (
    CallTool,
    Classified,
    ClassifyInbound,
    OpenConversation,
    Opened,
    TakeTurn,
    ToolDone,
    TurnStep,
)
from activities.send_messages import ReconcileSend, SendNotice, SendReply
from activities.upkeep_messages import (
    Done,
    Judged,
    JudgeResolution,
    Published,
    PublishEvent,
    RecordStatus,
    ReturnReviewed,
    ReviewReturn,
    StatusRecorded,
)
from domain.conversation import Status
from domain.escalation import EscalationReason, HandoffMode, decide_handoff, is_acknowledged
from domain.handover import Handover
from domain.quiet_hours import SendingWindow, ZoneBasis
from tests.simulation.choices import STEPS, VERDICTS
from tests.simulation.dice import Dice
from tests.simulation.driver import Task
from tests.simulation.outbox import REPLY_WINDOW, RefusedError, Sends
from tests.simulation.wire import decode
from tests.simulation.world import Row, Ticket, World

_Request = TypeVar("_Request", bound=BaseModel)
_Effect = Callable[[Task, Dice], BaseModel]


class Activities:
    """The activities of one world.

    Args:
        world: What they act on.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.sends = Sends(world)
        self._verdicts: dict[str, Classified] = {}
        self._effects: dict[str, _Effect] = {
            "open_conversation": _of(OpenConversation, self._open),
            "classify_inbound": _of(ClassifyInbound, self._classify),
            "take_turn": _of(TakeTurn, self._take_turn),
            **dict.fromkeys(("find_orders", "get_order"), _of(CallTool, self._call_tool)),
            "send_reply": _of(SendReply, self.sends.send_reply),
            "send_notice": _of(SendNotice, self.sends.send_notice),
            "reconcile_send": _of(ReconcileSend, self.sends.reconcile_send),
            "begin_handoff": _of(BeginHandoff, self._begin_handoff),
            "open_ticket": _of(OpenTicket, self._open_ticket),
            "append_to_ticket": _of(AppendToTicket, self._append),
            "record_status": _of(RecordStatus, self._record),
            "publish_event": _of(PublishEvent, lambda _request, _dice: Published()),
            "judge_resolution": _of(JudgeResolution, self._judge),
            "review_return": _of(ReviewReturn, self._review),
            "chase_escalation": _of(ChaseEscalation, self._chase),
            "add_ticket_note": _of(AddTicketNote, lambda _request, _dice: Done()),
        }

    def take_effect(self, task: Task, dice: Dice) -> BaseModel:
        """Let an activity do its work and return its answer.

        Raises:
            AgainError: The attempt failed; what it did is done.
            RefusedError: It failed for good.
        """
        return self._effects[task.name](task, dice)

    def _open(self, request: OpenConversation, _dice: Dice) -> Opened:
        world = self.world
        if (passed := request.passed_on) is not None:
            world.pass_on(passed.message_ids, passed.by, request.conversation_id)
        texts = [world.texts[i] for i in request.message_ids]
        others = (None, request.conversation_id)
        settled = tuple(t.message_id for t in texts if t.conversation_id not in others)
        if not texts or len(settled) < len(texts):
            world.rows.setdefault(request.conversation_id, Row())
        resolved = [c for c, r in world.rows.items() if r.status.value.startswith("resolved")]
        before = resolved[-1] if resolved else None
        return Opened(policy=world.policy, settled=settled, resolved_before=before)

    def _classify(self, request: ClassifyInbound, dice: Dice) -> Classified:
        text = self.world.texts[request.message_id]
        chosen = dice.pick(VERDICTS) if request.ask_model else VERDICTS[-1]
        verdict = self._verdicts.setdefault(request.message_id, chosen)
        if text.doubt:
            text.doubt, text.handover, text.escalation = False, verdict.handover, verdict.escalation
            if verdict.label == "opt_out":
                text.kind = "stop" if verdict.handover is Handover.OPT_OUT else "stop_question"
                self.world.opt_out()
        return verdict

    def _take_turn(self, request: TakeTurn, dice: Dice) -> TurnStep:
        texts = self.world.claim(request.conversation_id, request.turn, request.message_ids)
        if not texts:
            return TurnStep(kind="settled")
        key = (request.conversation_id, request.turn, request.attempt)
        steps = self.world.steps.setdefault(key, [])
        self.world.covered[key] = tuple(t.message_id for t in texts)
        if request.step == len(steps):
            steps.append(dice.pick(STEPS))
        if any(call.writes for call in steps[request.step].calls):
            self.world.written.add(key[:2])
        return steps[request.step]

    def _call_tool(self, _request: CallTool, _dice: Dice) -> ToolDone:
        return ToolDone(found=1)

    def _begin_handoff(self, request: BeginHandoff, _dice: Dice) -> HandoffPlan:
        world = self.world
        mode = decide_handoff(request.reason, world.mode, helpdesk_configured=world.helpdesk)
        to_human = mode is HandoffMode.HELPDESK
        texts = world.claim(request.conversation_id, request.turn, request.message_ids)
        if request.message_ids and not texts:
            return HandoffPlan(mode=mode, acknowledge=False, settled=True)
        for text in texts:
            world.hand(text.message_id, "handoff")
        for name in world.drafted(request.conversation_id, request.turn):
            world.hand(name, "handoff")
        status = Status.HANDED_OFF if to_human else Status.WAITING
        world.set_status(
            request.conversation_id, status, "human" if to_human else None, request.revision or 0
        )
        silent = request.reason is EscalationReason.SPEND_CAP and not to_human
        return HandoffPlan(mode=mode, acknowledge=is_acknowledged(request.reason), silent=silent)

    def _open_ticket(self, request: OpenTicket, _dice: Dice) -> TicketOpened:
        world = self.world
        if not world.helpdesk:
            raise RefusedError
        external = f"conv:{request.conversation_id}:{request.handoff}"
        ticket = world.tickets.setdefault(external, Ticket(f"t{len(world.tickets) + 1}"))
        ticket.texts |= set(world.texts)
        return TicketOpened(ticket_id=ticket.ticket_id)

    def _append(self, request: AppendToTicket, _dice: Dice) -> Done:
        world = self.world
        texts = world.claim(request.conversation_id, request.turn, request.message_ids)
        for text in texts:
            world.hand(text.message_id, request.ticket_id or "no ticket")
        for ticket in world.tickets.values():
            if ticket.ticket_id == request.ticket_id:
                ticket.texts |= {t.message_id for t in texts}
        return Done()

    def _record(self, request: RecordStatus, _dice: Dice) -> StatusRecorded:
        of = (request.conversation_id, request.status, request.owner, request.revision or 0)
        return StatusRecorded(revision=self.world.set_status(*of))

    def _judge(self, _request: JudgeResolution, dice: Dice) -> Judged:
        return Judged(verified=dice.pick((True, False)), reason="looked")

    def _review(self, _request: ReviewReturn, dice: Dice) -> ReturnReviewed:
        return ReturnReviewed(reverted=dice.pick((True, False)))

    def _chase(self, request: ChaseEscalation, dice: Dice) -> ChasePlan:
        if request.number > 1 or not request.told or dice.pick((False, True)):
            return ChasePlan()
        window = SendingWindow(
            opens=request.at, closes=request.at + REPLY_WINDOW, basis=ZoneBasis.PREFIX, zones=()
        )
        return ChasePlan(window=window)


def _of(kind: type[_Request], effect: Callable[[_Request, Dice], BaseModel]) -> _Effect:
    return lambda task, dice: effect(decode(task.argument, kind), dice)
