"""One contact's whole story: the workflow, the world and what may happen next between them."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from pydantic import BaseModel
from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob

from domain.conversation import ConversationPolicy
from domain.escalation import HandoffMode
from domain.handover import STARTS_CONVERSATION
from tests.simulation import wire
from tests.simulation.activities import Activities
from tests.simulation.driver import WORKFLOW_ID, Broken, Run, Task
from tests.simulation.model import Model, conversation_of
from tests.simulation.outbox import AgainError, RefusedError
from tests.simulation.world import CALM, Dice, TextKind, World
from workflows.protocol import (
    Close,
    HandBack,
    HumanReply,
    ReceiveInbound,
    SendAsHuman,
    TakeOver,
    TicketWasClosed,
)
from workflows.start import ConversationStart

Manner = Literal["done", "lost", "given_up", "given_up_after_all"]
Operator = Literal["take_over", "hand_back", "close", "send_as_human"]

_TICK = timedelta(milliseconds=7)
_MOST_STEPS = 800


@dataclass
class Letter:
    """A signal under way; it may come late, out of order and twice."""

    name: str
    message: BaseModel
    starts: bool = False


@dataclass
class Play:
    """A simulation.

    Attributes:
        mail: Signals that have not arrived.
        script: What was done so far, to be read when a law breaks.
        held: Jobs that will arrive together with the next one.
    """

    policy: ConversationPolicy = field(default_factory=ConversationPolicy)
    mode: HandoffMode = HandoffMode.HELPDESK
    helpdesk: bool = True
    run: Run | None = None
    runs: list[Run] = field(default_factory=list)
    mail: list[Letter] = field(default_factory=list)
    script: list[str] = field(default_factory=list)
    held: list[WorkflowActivationJob] = field(default_factory=list)
    _updates: int = 0

    def __post_init__(self) -> None:
        self.world = World(self.policy, self.mode, self.helpdesk)
        self.activities = Activities(self.world)
        self.model = Model(self.world)

    def text(self, kind: TextKind) -> None:
        """Have the customer write; the store knows it at once, the workflow when the mail comes."""
        self._note(f"text {kind}")
        text = self.world.receive(kind)
        if (told := text.told()) is not None:
            starts = told.handover in STARTS_CONVERSATION
            self.mail.append(Letter("receive_inbound", told, starts))

    def deliver(self, number: int = 0, *, again: bool = False, hold: bool = False) -> None:
        """Let a signal arrive; it starts a conversation where none runs."""
        letter = self.mail[number % len(self.mail)]
        self._note(f"deliver {letter.message} again={again} hold={hold}")
        if not again:
            self.mail.remove(letter)
        if self.run is None:
            if not letter.starts:
                return
            self._begin(ConversationStart(brand="trailhead", contact_id="c1"))
        self._hear(letter)
        self._put(wire.signal(letter.name, letter.message), hold=hold)

    def operate(self, name: Operator) -> None:
        """Have an operator do something, if a conversation runs."""
        self._note(name)
        self._updates += 1
        argument = {
            "take_over": TakeOver(operator=f"ada{self._updates}"),
            "hand_back": HandBack(operator="ada"),
            "close": Close(operator="ada"),
            "send_as_human": SendAsHuman(operator="ada", body="hi", key=f"k{self._updates}"),
        }[name]
        if self.run is not None:
            self._put(wire.update(name, argument, f"{name}-{self._updates}"))

    def help_out(self, kind: Literal["reply", "close"], dice: Dice = CALM) -> None:
        """Have a human answer in the helpdesk, or close the ticket."""
        tickets = sorted(self.world.tickets)
        if not tickets:
            return
        external = dice.pick(tickets[::-1])
        ticket = self.world.tickets[external].ticket_id
        self._note(f"helpdesk {kind} {ticket}")
        self.model.human_acts += 1
        if kind == "close":
            closed = TicketWasClosed(ticket_id=ticket, at=self.world.now)
            self.mail.append(Letter("ticket_closed", closed))
            return
        conversation = external.split(":")[1]
        self.world.give_word(conversation)
        words = HumanReply(
            message_id=f"h{self.model.human_acts}", body="hello", author="eve", ticket_id=ticket
        )
        self.mail.append(Letter("human_reply", words))

    def finish(self, number: int, manner: Manner = "done", dice: Dice = CALM) -> None:
        """Let an activity that is under way go on: take effect, answer, or fail."""
        run = self.run
        if run is None or not run.activities:
            return
        task = sorted(run.activities.values(), key=lambda t: t.seq)[number % len(run.activities)]
        self._note(f"{task.name} {task.seq} {manner}")
        fails = manner.startswith("given_up") and task.give_up_at is not None
        answer = None
        if not fails or manner == "given_up_after_all":
            try:
                answer = self.activities.take_effect(task, dice)
            except AgainError:
                pass
            except RefusedError:
                fails = True
        if fails:
            self.model.on_given_up(task)
            self._resolve(task, wire.failed(task.seq, task.name))
        elif answer is not None and manner != "lost":
            self.model.on_done(task)
            self._note(f"  -> {answer}")
            self._resolve(task, wire.completed(task.seq, answer))
        self.model.check()

    def haunt(self, number: int, dice: Dice = CALM) -> None:
        """Let an activity take effect that was called off, or outlived its run."""
        ghosts = [(run, task) for run in self.runs for task in run.zombies]
        if not ghosts:
            return
        run, task = ghosts[number % len(ghosts)]
        run.zombies.remove(task)
        self._note(f"ghost of {task.name} {task.seq}")
        with suppress(AgainError, RefusedError):
            self.activities.take_effect(task, dice)
        self.model.check()

    def advance(self, by: timedelta | None = None) -> None:
        """Go on to the next timer that is due, or by so much, and fire what is due then."""
        run = self.run
        due = min(run.timers.values(), default=None) if run is not None else None
        until = due if by is None else self.world.now + by
        self.world.now = max(self.world.now, until or self.world.now)
        self._note(f"clock {self.world.now:%d %H:%M:%S.%f}")
        while run is not None and run.closed is None and self._fire_due(run):
            pass

    def deploy(self) -> None:
        """Have another worker go on from the recorded events."""
        self._note("deploy")
        self.flush()
        if self.run is not None:
            self.run.redeploy()

    def settle(self) -> None:
        """Let everything outstanding be done, the clocks run out, and check that nothing is left.

        Raises:
            Broken: A law does not hold, or the story does not end.
        """
        for _step in range(_MOST_STEPS):
            self.flush()
            if self.held:  # it was continued as new
                continue
            if self.mail:
                self.deliver()
            elif self.run is None:
                break
            elif self.run.activities:
                self.finish(0)
            elif self.run.timers:
                self.advance()
            else:
                raise Broken("the conversation waits for nothing that could come")
        else:
            raise Broken("the conversation comes to no end")
        self.model.check()
        self.model.check_quiet()

    def flush(self) -> None:
        """Hand what was held to the workflow."""
        if self.held and self.run is not None:
            self._put()

    def end(self) -> None:
        """Forget the instances."""
        for run in self.runs:
            run.evict()

    def _fire_due(self, run: Run) -> bool:
        due = sorted((at, seq) for seq, at in run.timers.items() if at <= self.world.now)
        if not due:
            return False
        del run.timers[due[0][1]]
        self._put(wire.fire(due[0][1]))
        return True

    def _resolve(self, task: Task, job: WorkflowActivationJob) -> None:
        if self.run is not None:
            del self.run.activities[task.seq]
            self._put(job)

    def _hear(self, letter: Letter) -> None:
        if self.run is not None and isinstance(letter.message, ReceiveInbound):
            heard = self.model.told.setdefault(conversation_of(self.run), set())
            heard.add(letter.message.message_id)

    def _begin(self, start: ConversationStart) -> None:
        run_id = f"run-{len(self.runs) + 1}"
        self.run = Run(run_id, start, self.world.now, self.model.on_command)
        self.runs.append(self.run)
        self.held.append(wire.start(start, WORKFLOW_ID, seed=1))
        heard = self.model.told.setdefault(conversation_of(self.run), set())
        heard |= {text.message_id for text in start.first}

    def _put(self, *jobs: WorkflowActivationJob, hold: bool = False) -> None:
        self.held += jobs
        run = self.run
        if hold or run is None:
            return
        self.world.now += _TICK
        todo, self.held = self.held, []
        run.feed(todo, self.world.now)
        self.model.check()
        if run.closed is not None:
            self._follow(run)

    def _follow(self, run: Run) -> None:
        closed, self.run = run.closed, None
        if closed is not None and closed.HasField("continue_as_new_workflow_execution"):
            again = closed.continue_as_new_workflow_execution.arguments[0]
            self._begin(wire.decode(again, ConversationStart))

    def _note(self, what: str) -> None:
        self.script.append(what)
