"""An instance of the workflow as a worker holds it, and one activation of it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import temporalio.workflow
from temporalio.api.common.v1 import Payloads
from temporalio.bridge.proto.workflow_activation import WorkflowActivation, WorkflowActivationJob
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.common import Priority, TypedSearchAttributes
from temporalio.worker import UnsandboxedWorkflowRunner, WorkflowInstance
from temporalio.worker._workflow_instance import WorkflowInstanceDetails

from tests.simulation import wire
from workflows.conversation import Conversation
from workflows.protocol import CONVERSATIONS_QUEUE

WORKFLOW_ID = "conversation:trailhead:c1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Broken(AssertionError):
    """A law does not hold."""


@dataclass(frozen=True)
class Step:
    """One activation and what came of it; `flags` are the SDK's own, as histories keep them."""

    jobs: tuple[WorkflowActivationJob, ...]
    at: datetime
    flags: tuple[int, ...]
    commands: tuple[WorkflowCommand, ...]


def activate(
    instance: WorkflowInstance, run_id: str, step: Step, *, replaying: bool
) -> tuple[tuple[WorkflowCommand, ...], set[int]]:
    """Activate an instance; return its commands and the flags it has used.

    Raises:
        Broken: The workflow raised an error, so that it would be stuck for ever.
    """
    activation = WorkflowActivation(
        run_id=run_id,
        is_replaying=replaying,
        jobs=step.jobs,
        available_internal_flags=step.flags,
    )
    activation.timestamp.FromNanoseconds(wire.nanoseconds(step.at - _EPOCH))
    with _no_loop_left():
        done = instance.activate(activation)
    if done.HasField("failed"):
        raise Broken(f"the workflow task fails: {done.failed.failure.message}")
    return tuple(done.successful.commands), set(done.successful.used_internal_flags)


def evict(instance: WorkflowInstance) -> None:
    """Have a worker forget an instance; its tasks are ended in order."""
    step = Step((wire.evict(),), _EPOCH + timedelta(days=1), (), ())
    activate(instance, "evicted", step, replaying=True)


@contextmanager
def _no_loop_left() -> Iterator[None]:
    """Leave the test's own event loop, if any, as it was: an instance is a loop of its own."""
    before = asyncio._get_running_loop()
    try:
        yield
    finally:
        asyncio._set_running_loop(before)


def fresh(run_id: str, at: datetime) -> WorkflowInstance:
    """Return an instance that has not run yet."""
    info = temporalio.workflow.Info(
        attempt=1, continued_run_id=None, cron_schedule=None, execution_timeout=None,
        first_execution_run_id=run_id, headers={}, namespace="default",
        original_execution_run_id=run_id, parent=None, root=None, priority=Priority(),
        raw_memo={}, retry_policy=None, run_id=run_id, run_timeout=None,
        search_attributes={}, start_time=at, task_queue=CONVERSATIONS_QUEUE,
        task_timeout=timedelta(seconds=5), typed_search_attributes=TypedSearchAttributes([]),
        workflow_id=WORKFLOW_ID, workflow_start_time=at, workflow_type="Conversation",
    )  # fmt: skip
    definition = temporalio.workflow._Definition.must_from_class(Conversation)
    details = WorkflowInstanceDetails(
        payload_converter_factory=wire.CONVERTER._new_payload_converter,
        failure_converter_class=wire.CONVERTER.failure_converter_class,
        interceptor_classes=[], defn=definition, info=info, randomness_seed=1,
        extern_functions={}, disable_eager_activity_execution=False,
        worker_level_failure_exception_types=[], patch_activation_callback=None,
        last_completion_result=Payloads(), last_failure=None,
    )  # fmt: skip
    with _no_loop_left():
        asyncio._set_running_loop(_home())
        return UnsandboxedWorkflowRunner().create_instance(details)


@cache
def _home() -> asyncio.AbstractEventLoop:
    """Return the loop that an instance is made on; it never runs."""
    return asyncio.new_event_loop()
