"""One run of a workflow without a server: jobs go in, commands come out, all is written down."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from temporalio.api.common.v1 import Payload
from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob
from temporalio.bridge.proto.workflow_commands import WorkflowCommand

from tests.simulation import wire
from tests.simulation.instance import Broken, Step, activate, evict, fresh
from workflows.protocol import ConversationSnapshot
from workflows.start import ConversationStart


@dataclass
class Task:
    """An activity that was scheduled and has not answered.

    Attributes:
        give_up_at: When it fails for good, UTC; None for never.
        effects: How often it has taken effect; an effect whose answer was lost comes again.
    """

    seq: int
    name: str
    argument: Payload
    run_id: str
    give_up_at: datetime | None
    effects: int = 0


@dataclass
class Run:
    """One run.

    Attributes:
        timers: Due time by number.
        activities: What was scheduled and has not answered, by number.
        zombies: What was called off, and may take effect all the same.
        answered: What has answered; an earlier attempt, given up for its slowness, may still be at
            it.
        closed: The command that ended it.
        journal: Every activation, for replay.
        on_command: Told of each command as it comes.
    """

    run_id: str
    start: ConversationStart
    at: datetime
    on_command: Callable[["Run", WorkflowCommand], None]
    timers: dict[int, datetime] = field(default_factory=dict)
    activities: dict[int, Task] = field(default_factory=dict)
    zombies: list[Task] = field(default_factory=list)
    answered: list[Task] = field(default_factory=list)
    children: list[tuple[int, str]] = field(default_factory=list)
    closed: WorkflowCommand | None = None
    journal: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._flags: set[int] = set()
        self._instance = fresh(self.run_id, self.at)

    def feed(self, jobs: Sequence[WorkflowActivationJob], at: datetime) -> None:
        """Activate with jobs; cancellations are acknowledged at once, as core does.

        Raises:
            Broken: The workflow raised an error, so that it would be stuck for ever.
        """
        todo = list(jobs)
        while todo and self.closed is None:
            step = Step(tuple(todo), at, tuple(sorted(self._flags)), ())
            commands, flags = activate(self._instance, self.run_id, step, replaying=False)
            self._flags |= flags
            self.journal.append(Step(step.jobs, at, tuple(sorted(self._flags)), commands))
            todo = [job for command in commands for job in self._take(command, at)]

    def ask(self, at: datetime) -> ConversationSnapshot:
        """Return the answer of the query."""
        step = Step((wire.query("snapshot"),), at, (), ())
        commands, _ = activate(self._instance, self.run_id, step, replaying=False)
        return wire.decode(commands[0].respond_to_query.succeeded.response, ConversationSnapshot)

    def redeploy(self) -> None:
        """Have another worker go on: replay what was recorded, and compare.

        Raises:
            Broken: The replay gives other commands.
        """
        another = fresh(self.run_id, self.at)
        for step in map(_recorded, self.journal):
            if not step.jobs:
                continue
            again, _ = activate(another, self.run_id, step, replaying=True)
            if again != step.commands:
                evict(another)
                raise Broken(f"replay differs: {step.commands} was recorded, {again} came")
        self.evict()
        self._instance = another

    def evict(self) -> None:
        """Forget the instance; its tasks are ended in order."""
        evict(self._instance)

    def _take(self, command: WorkflowCommand, at: datetime) -> Iterator[WorkflowActivationJob]:
        if command.HasField("schedule_activity"):
            made = command.schedule_activity
            limit = made.schedule_to_close_timeout.ToTimedelta()
            self.activities[made.seq] = Task(
                made.seq, made.activity_type, made.arguments[0], self.run_id,
                at + limit if limit else None,
            )  # fmt: skip
        elif command.HasField("request_cancel_activity"):
            task = self.activities.pop(command.request_cancel_activity.seq, None)
            if task is not None:  # else it has answered in the same instant
                self.zombies.append(task)
                yield wire.cancelled(task.seq, task.name)
        elif command.HasField("start_timer"):
            waits = command.start_timer.start_to_fire_timeout.ToTimedelta()
            self.timers[command.start_timer.seq] = at + waits
        elif command.HasField("cancel_timer"):
            self.timers.pop(command.cancel_timer.seq, None)
        elif command.HasField("start_child_workflow_execution"):
            child = command.start_child_workflow_execution
            is_new = child.workflow_id not in dict((i, s) for s, i in self.children)
            self.children.append((child.seq, child.workflow_id))
            yield wire.child_started(child.seq, child.workflow_id, is_new=is_new)
        elif _is_end(command):
            self.closed = command
            self.zombies += self.activities.values()
        self.on_command(self, command)


def _is_end(command: WorkflowCommand) -> bool:
    kind = command.WhichOneof("variant") or ""
    return kind.endswith("workflow_execution") and not kind.startswith("start_child")


def _recorded(step: Step) -> Step:
    """Return a step as its history has it: an update that was rejected left nothing there."""
    rejected = {
        c.update_response.protocol_instance_id
        for c in step.commands
        if c.update_response.HasField("rejected")
    }
    jobs = tuple(j for j in step.jobs if j.do_update.id not in rejected)
    commands = tuple(
        c for c in step.commands if c.update_response.protocol_instance_id not in rejected
    )
    return Step(jobs, step.at, step.flags, commands) if rejected else step
