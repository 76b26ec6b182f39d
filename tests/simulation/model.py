"""The simple truth about one contact, and the laws that the real workflow is held against."""

import json
from collections import Counter
from dataclasses import dataclass, field

from temporalio.bridge.proto.workflow_commands import WorkflowCommand

from activities.handoff_messages import AppendToTicket
from activities.send_messages import Purpose, SendReply
from domain.conversation import ENDINGS
from domain.handover import STARTS_CONVERSATION
from tests.simulation.driver import Run, Task
from tests.simulation.instance import Broken
from tests.simulation.outbox import row_of
from tests.simulation.wire import decode
from tests.simulation.world import Outbound, Text, World
from workflows.protocol import ConversationOutcome

_ENDINGS = ("resolved_confirmed resolved_verified contained escalated closed_out opted_out").split()
_NEXT: dict[str, set[str]] = {
    "open": {"waiting", "handed_off", "contained", "closed_out", "opted_out", "ignored"},
    "waiting": {"handed_off", *_ENDINGS},
    "handed_off": {"waiting", "escalated", "closed_out", "opted_out"},
}
"""Section 5 of the design; a number that cannot receive texts is contained before any answer."""

_AGENT = (Purpose.REPLY, Purpose.CLOSEOUT)


@dataclass
class Model:
    """What must be true.

    Attributes:
        status: Where each conversation stands, by the attributes it has set.
        word: Conversations in which a human was told that they have the word.
        human_acts: How often a human did anything, which may cost a handoff.
        told: Texts that a workflow was told of, by conversation.
        closed: Texts that an operator closed a conversation over.
        closing: Conversations that an operator has closed, whose agent is silent until they end.
        given_up: Texts that the helpdesk did not take in a day; operators were alerted.
        unsure: Texts whose answer was sent and never heard of again.
        helpdesk_gave_up: An opening was given up, so that a question after an opt-out may be lost.
    """

    world: World
    status: dict[str, str] = field(default_factory=dict)
    word: set[str] = field(default_factory=set)
    human_acts: int = 0
    told: dict[str, set[str]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    closing: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)
    helpdesk_gave_up: bool = False
    handoffs: Counter[str] = field(default_factory=Counter)
    appended: Counter[str] = field(default_factory=Counter)
    updates: dict[str, str] = field(default_factory=dict)
    _claims: int = 0

    def on_command(self, run: Run, command: WorkflowCommand) -> None:
        """Hold a command against the laws; raise Broken where one does not hold."""
        who = conversation_of(run)
        if run.closed is command:
            self._answered_all(who)
        match command.WhichOneof("variant"):
            case "upsert_workflow_search_attributes":
                found = command.upsert_workflow_search_attributes.search_attributes.indexed_fields
                if "ConversationStatus" in found:
                    self._move(who, json.loads(found["ConversationStatus"].data))
            case "schedule_activity":
                made = command.schedule_activity
                self._on_activity(who, run.activities[made.seq])
            case "update_response":
                answer = command.update_response
                kind = answer.WhichOneof("response") or ""
                self._on_update(who, answer.protocol_instance_id, kind)
            case "complete_workflow_execution":
                outcome = decode(command.complete_workflow_execution.result, ConversationOutcome)
                self._on_end(who, outcome)
            case "fail_workflow_execution":
                raise Broken(f"{who} failed: {command.fail_workflow_execution.failure.message}")

    def on_done(self, task: Task) -> None:
        """Note what an activity has answered to the workflow."""
        if task.name == "append_to_ticket":
            request = decode(task.argument, AppendToTicket)
            texts = [self.world.texts[i] for i in request.message_ids]
            mine = [t for t in texts if t.conversation_id == request.conversation_id]
            self.appended.update(t.message_id for t in mine)

    def on_given_up(self, task: Task) -> None:
        """Note what failed for good; it is nobody's fault if no human got it."""
        if task.name == "append_to_ticket":
            self.given_up |= set(decode(task.argument, AppendToTicket).message_ids)
        if task.name == "send_reply":
            request = decode(task.argument, SendReply)
            self.unsure |= self.world.drafted(request.conversation_id, request.turn)
        self.helpdesk_gave_up |= task.name == "open_ticket"

    def check(self) -> None:
        """Check what must hold at every moment.

        Raises:
            Broken: A law does not hold.
        """
        for row, opted_out in self.world.claims[self._claims :]:
            self._may_send(row, opted_out=opted_out)
        self._claims = len(self.world.claims)
        replies = list(self.world.replies())
        for turn, times in Counter((r.conversation_id, r.turn) for r in replies).items():
            _hold(times == 1, f"{times} replies in turn {turn}")
        for text, times in Counter(i for r in replies for i in r.covers).items():
            _hold(times == 1, f"{text} was answered {times} times")
            twice = self.appended[text] and text not in self.unsure
            _hold(not twice, f"{text} was answered, and given to a human")
        for text, times in self.appended.items():
            _hold(times == 1, f"{text} was added to the ticket {times} times")
        for who, handoffs in self.handoffs.items():
            most = len(self.world.texts) + self.human_acts + 1
            _hold(handoffs <= most, f"{handoffs} handoffs in {who} for {most - 1} reasons")
            tickets = [t for t in self.world.tickets if t.startswith(f"conv:{who}:")]
            _hold(len(tickets) <= most, f"{len(tickets)} tickets of {who}")

    def check_word(self, who: str) -> None:
        """Check, when nothing is under way, that the store's word is the workflow's.

        Raises:
            Broken: The store would veto an answer that is due, or let one out under a human.
        """
        row = self.world.rows.get(who)
        human = self.status.get(who) == "handed_off"
        if row is not None and row.status not in ENDINGS and who not in self.closing:
            _hold(
                (row.owner == "human") is human, f"{row.owner} has the word in the store of {who}"
            )

    def check_quiet(self) -> None:
        """Check that nothing is left over once everything outstanding is done.

        Raises:
            Broken: A text was lost.
        """
        lost = [t.message_id for t in self.world.texts.values() if not self._is_settled(t)]
        _hold(not lost, f"neither answered nor with a human: {', '.join(lost)}")

    def _is_settled(self, text: Text) -> bool:
        world, name = self.world, text.message_id
        if text.handover not in STARTS_CONVERSATION:
            return True
        if name in world.handed or name in self.given_up or name in self.closed:
            return True
        if text.kind == "stop_question" and name not in world.silenced:
            with_human = any(name in ticket.texts for ticket in world.tickets.values())
            return with_human or self.helpdesk_gave_up or not world.helpdesk
        if name in world.silenced or world.is_unreached(name):
            return True
        return any(name in reply.covers for reply in world.replies())

    def _move(self, who: str, status: str) -> None:
        before = self.status.get(who, "open")
        _hold(status in _NEXT.get(before, ()), f"{who} went from {before} to {status}")
        self.status[who] = status
        if status != "handed_off":
            self.word.discard(who)

    def _on_activity(self, who: str, task: Task) -> None:
        if task.name == "send_reply":
            request = decode(task.argument, SendReply)
            begun = any(row.outbox_id == row_of(request) for row, _ in self.world.claims)
            fresh = request.purpose is Purpose.REPLY and not begun
            fresh = fresh and (who, request.turn) not in self.world.written
            _hold(
                not fresh or self.status.get(who) != "handed_off",
                f"{who}: a draft goes on under a human",
            )
        elif task.name == "begin_handoff":
            self.handoffs[who] += 1

    def _on_update(self, who: str, update_id: str, kind: str) -> None:
        name = update_id.partition("-")[0]
        self.updates[update_id] = kind
        self.human_acts += kind == "accepted"
        if kind == "accepted" and name == "close":
            self.closed |= self.told.get(who, set())
            self.closing.add(who)
        if kind == "completed" and name == "take_over" and self.status.get(who) == "handed_off":
            self.word.add(who)

    def _may_send(self, row: Outbound, *, opted_out: bool) -> None:
        what = f"{row.purpose.value} of {row.conversation_id}, turn {row.turn}"
        _hold(not opted_out, f"{what} began after the opt-out")
        human = row.conversation_id in self.word
        _hold(row.purpose not in _AGENT or not human, f"{what} began while a human has the word")
        over = row.purpose in _AGENT and row.spoken_over
        _hold(not over, f"{what} began after a human's words")

    def _answered_all(self, who: str) -> None:
        waiting = [name for name, kind in self.updates.items() if kind == "accepted"]
        _hold(not waiting, f"{who} went on without an answer to {', '.join(waiting)}")

    def _on_end(self, who: str, outcome: ConversationOutcome) -> None:
        sent = sum(r.conversation_id == who for r in self.world.replies())
        seen = f"{who} counts {outcome.agent_texts} replies, {sent} left"
        _hold(outcome.agent_texts <= sent, seen)
        _hold(outcome.status == self.status.get(who), f"{who} ended {outcome.status} unseen")
        self.word.discard(who)


def conversation_of(run: Run) -> str:
    """Return which conversation a run carries on."""
    return run.start.carry.conversation_id if run.start.carry else run.run_id


def _hold(law: bool, seen: str) -> None:  # noqa: FBT001
    if not law:
        raise Broken(seen)
