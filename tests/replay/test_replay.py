"""Every conversation that a release has recorded replays through the code of today."""

import re
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner
from temporalio.workflow import NondeterminismError

from tests.replay.record import HISTORIES
from workflows.conversation import Conversation
from workflows.protocol import ConversationOutcome
from workflows.start import ConversationStart

_FILES = sorted(HISTORIES.rglob("*.json"))
_MUST_BE_THERE = {
    "wismo_answered", "escalated", "superseded", "idle_resolved", "continue_as_new_before",
    "continue_as_new_after", "opted_out", "taken_over",
}  # fmt: skip
# Ten digits as phones have them; ids are hexadecimal and times are in nanoseconds.
_PHONE = re.compile(rb"(?<![0-9a-f])(?:\+?1)?[2-9]\d{2}555\d{4}(?![0-9a-f])")


def _read(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(f"conversation:recorded:{path.stem}", path.read_text("utf-8"))


def _replayer(changed: type | None = None) -> Replayer:
    if changed is None:
        return Replayer(workflows=[Conversation], data_converter=pydantic_data_converter)
    return Replayer(
        workflows=[changed],
        data_converter=pydantic_data_converter,
        workflow_runner=UnsandboxedWorkflowRunner(),
    )


@workflow.defn(name="Conversation")
class _WithATimerFirst(Conversation):
    """The conversation with one more command before all others."""

    @workflow.init
    def __init__(self, start: ConversationStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: ConversationStart) -> ConversationOutcome:
        await workflow.sleep(1)
        return await super().run(start)


def test_histories_of_every_kind_are_there() -> None:
    """An empty folder would replay without a fault."""
    assert {path.stem for path in _FILES} >= _MUST_BE_THERE


@pytest.mark.parametrize("path", _FILES, ids=lambda p: f"{p.parent.name}-{p.stem}")
async def test_recorded_history_replays(path: Path) -> None:
    """A conversation that was open at a deploy goes on."""
    await _replayer().replay_workflow(_read(path))


@pytest.mark.parametrize("path", _FILES, ids=lambda p: f"{p.parent.name}-{p.stem}")
async def test_changed_order_of_commands_is_found_by_every_history(path: Path) -> None:
    """The guard is real: one command more, without a patch, and replay refuses."""
    with pytest.raises(NondeterminismError):
        await _replayer(_WithATimerFirst).replay_workflow(_read(path))


async def test_history_of_other_activities_is_refused() -> None:
    """The guard is real the other way round: a history that our code did not write."""
    path = next(p for p in _FILES if p.stem == "wismo_answered")
    doctored = path.read_text("utf-8").replace('"take_turn"', '"take_another_turn"')
    history = WorkflowHistory.from_json("conversation:recorded:doctored", doctored)

    with pytest.raises(NondeterminismError):
        await _replayer().replay_workflow(history)


@pytest.mark.parametrize("path", _FILES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_recorded_history_holds_no_phone_number(path: Path) -> None:
    """Demo data or not: numbers have no place in histories."""
    written = b"".join(event.SerializeToString() for event in _read(path).events)

    assert b"open_conversation" in written or b"carry" in written
    assert _PHONE.search(written) is None
