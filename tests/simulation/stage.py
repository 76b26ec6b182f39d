"""Where the play takes place: the run that is on, what arrives at it, what follows it."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob

from domain.conversation import ConversationPolicy
from domain.escalation import HandoffMode
from tests.simulation import wire
from tests.simulation.activities import Activities
from tests.simulation.dice import CALM, Dice
from tests.simulation.driver import Run, Task
from tests.simulation.instance import WORKFLOW_ID
from tests.simulation.model import Model, conversation_of
from tests.simulation.outbox import AgainError, RefusedError
from tests.simulation.world import World
from workflows.start import ConversationStart

Manner = Literal["done", "lost", "given_up", "given_up_after_all"]
"""How an attempt ends: answered, its answer lost, failed for good with or without its effect."""

_TICK = timedelta(milliseconds=7)


@dataclass
class Stage:
    """A world, the model that watches it, and the runs of one contact's workflow.

    Attributes:
        script: What was done so far, to be read when a law breaks.
        held: Jobs that will arrive together with the next one.
    """

    policy: ConversationPolicy = field(default_factory=ConversationPolicy)
    mode: HandoffMode = HandoffMode.HELPDESK
    helpdesk: bool = True
    run: Run | None = None
    runs: list[Run] = field(default_factory=list)
    script: list[str] = field(default_factory=list)
    held: list[WorkflowActivationJob] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world = World(self.policy, self.mode, self.helpdesk)
        self.activities = Activities(self.world)
        self.model = Model(self.world)

    def finish(self, number: int, manner: Manner = "done", dice: Dice = CALM) -> None:
        """Let an activity that is under way go on: take effect, answer, or fail."""
        run = self.run
        if run is None or not run.activities:
            return
        task = sorted(run.activities.values(), key=lambda t: t.seq)[number % len(run.activities)]
        self.note(f"{task.name} {task.seq} {manner}")
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
            self._resolve(run, task, wire.failed(task.seq, task.name))
        elif answer is not None and manner != "lost":
            self.model.on_done(task)
            self.note(f"  -> {answer}")
            run.answered.append(task)
            self._resolve(run, task, wire.completed(task.seq, answer))
        self.model.check()

    def haunt(self, number: int, dice: Dice = CALM) -> None:
        """Let an activity take effect late: called off, outlived by its run, or long answered."""
        ghosts = [
            (ts, task) for run in self.runs for ts in (run.zombies, run.answered) for task in ts
        ]
        if not ghosts:
            return
        tasks, task = ghosts[number % len(ghosts)]
        tasks.remove(task)
        self.note(f"ghost of {task.name} {task.seq}")
        with suppress(AgainError, RefusedError):
            self.activities.take_effect(task, dice)
        self.model.check()

    def advance(self, by: timedelta | None = None) -> None:
        """Go on to the next timer that is due, or by so much, and fire what is due then."""
        run = self.run
        due = min(run.timers.values(), default=None) if run is not None else None
        until = due if by is None else self.world.now + by
        self.world.now = max(self.world.now, until or self.world.now)
        self.note(f"clock {self.world.now:%d %H:%M:%S.%f}")
        while run is not None and run.closed is None and self._fire_due(run):
            pass

    def deploy(self) -> None:
        """Have another worker go on from the recorded events."""
        self.note("deploy")
        self.flush()
        if self.run is not None:
            self.run.redeploy()

    def flush(self) -> None:
        """Hand what was held to the workflow."""
        if self.held and self.run is not None:
            self.put()

    def end(self) -> None:
        """Forget the instances."""
        for run in self.runs:
            run.evict()

    def begin(self, start: ConversationStart) -> None:
        """Start a run; its first activation comes with whatever arrives next."""
        run_id = f"run-{len(self.runs) + 1}"
        self.run = Run(run_id, start, self.world.now, self.model.on_command)
        self.runs.append(self.run)
        self.held.append(wire.start(start, WORKFLOW_ID, seed=1))
        heard = self.model.told.setdefault(conversation_of(self.run), set())
        heard |= {text.message_id for text in start.first}

    def put(self, *jobs: WorkflowActivationJob, hold: bool = False) -> None:
        """Activate the workflow with jobs, or hold them back for the next activation."""
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

    def note(self, what: str) -> None:
        """Write down what was done."""
        self.script.append(what)

    def _follow(self, run: Run) -> None:
        closed, self.run = run.closed, None
        if closed is not None and closed.HasField("continue_as_new_workflow_execution"):
            again = closed.continue_as_new_workflow_execution.arguments[0]
            self.begin(wire.decode(again, ConversationStart))

    def _fire_due(self, run: Run) -> bool:
        due = sorted((at, seq) for seq, at in run.timers.items() if at <= self.world.now)
        if not due:
            return False
        del run.timers[due[0][1]]
        self.put(wire.fire(due[0][1]))
        return True

    def _resolve(self, run: Run, task: Task, job: WorkflowActivationJob) -> None:
        del run.activities[task.seq]
        self.put(job)
