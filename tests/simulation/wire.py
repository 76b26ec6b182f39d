"""What passes between Temporal's core and a workflow, built and read by hand."""

from datetime import timedelta
from typing import Any, TypeVar

from pydantic import BaseModel
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import RetryState
from temporalio.api.failure.v1 import Failure
from temporalio.bridge.proto.activity_result import (
    ActivityResolution,
    Cancellation,
    Success,
)
from temporalio.bridge.proto.activity_result import (
    Failure as ActivityFailed,
)
from temporalio.bridge.proto.child_workflow import StartChildWorkflowExecutionFailedCause
from temporalio.bridge.proto.workflow_activation import (
    DoUpdate,
    FireTimer,
    InitializeWorkflow,
    QueryWorkflow,
    RemoveFromCache,
    ResolveActivity,
    ResolveChildWorkflowExecutionStart,
    ResolveChildWorkflowExecutionStartFailure,
    ResolveChildWorkflowExecutionStartSuccess,
    SignalWorkflow,
    WorkflowActivationJob,
)

from runtime.payload_codec import build_converter

CONVERTER = build_converter(None)
"""As the product's own client and worker have it."""

_PAYLOADS = CONVERTER.payload_converter
_Model = TypeVar("_Model", bound=BaseModel)


def encode(value: Any) -> Payload:  # noqa: ANN401  (anything the converter takes)
    """Return a value as it stands in a history."""
    return _PAYLOADS.to_payload(value)


def decode(payload: Payload, kind: type[_Model]) -> _Model:
    """Return what a payload of a history says."""
    found: _Model = _PAYLOADS.from_payload(payload, kind)
    return found


def text_of(payload: Payload) -> str:
    """Return a payload that holds a string."""
    return str(_PAYLOADS.from_payload(payload, str))


def start(argument: BaseModel, workflow_id: str, seed: int) -> WorkflowActivationJob:
    """Return the job that starts a run."""
    return WorkflowActivationJob(
        initialize_workflow=InitializeWorkflow(
            workflow_type="Conversation",
            workflow_id=workflow_id,
            arguments=[encode(argument)],
            randomness_seed=seed,
            attempt=1,
        )
    )


def signal(name: str, argument: BaseModel) -> WorkflowActivationJob:
    """Return the job of a signal."""
    return WorkflowActivationJob(
        signal_workflow=SignalWorkflow(
            signal_name=name, input=[encode(argument)], originating_event_id=1
        )
    )


def update(name: str, argument: BaseModel, update_id: str) -> WorkflowActivationJob:
    """Return the job of an update."""
    return WorkflowActivationJob(
        do_update=DoUpdate(
            id=update_id,
            protocol_instance_id=update_id,
            name=name,
            input=[encode(argument)],
            run_validator=True,
        )
    )


def query(name: str) -> WorkflowActivationJob:
    """Return the job of a query."""
    return WorkflowActivationJob(query_workflow=QueryWorkflow(query_id="q", query_type=name))


def fire(seq: int) -> WorkflowActivationJob:
    """Return the job of a timer that fires."""
    return WorkflowActivationJob(fire_timer=FireTimer(seq=seq))


def evict() -> WorkflowActivationJob:
    """Return the job that takes a run out of the worker's memory."""
    return WorkflowActivationJob(remove_from_cache=RemoveFromCache(message="evicted"))


def completed(seq: int, answer: BaseModel) -> WorkflowActivationJob:
    """Return the job of an activity that has answered."""
    return _resolved(seq, ActivityResolution(completed=Success(result=encode(answer))))


def failed(seq: int, activity: str) -> WorkflowActivationJob:
    """Return the job of an activity that failed for good."""
    failure = _of_activity(activity, "given up")
    failure.cause.message = "away"
    failure.cause.application_failure_info.type = "ProviderUnavailable"
    return _resolved(seq, ActivityResolution(failed=ActivityFailed(failure=failure)))


def cancelled(seq: int, activity: str) -> WorkflowActivationJob:
    """Return the job by which core acknowledges that an activity is to be cancelled."""
    failure = _of_activity(activity, "Activity cancelled")
    failure.cause.message = "Activity cancelled"
    failure.cause.canceled_failure_info.SetInParent()
    return _resolved(seq, ActivityResolution(cancelled=Cancellation(failure=failure)))


def child_started(seq: int, child_id: str, *, is_new: bool) -> WorkflowActivationJob:
    """Return the job by which a child workflow is known to run, or to run already."""
    known = ResolveChildWorkflowExecutionStart(seq=seq)
    if is_new:
        known.succeeded.CopyFrom(ResolveChildWorkflowExecutionStartSuccess(run_id=child_id))
    else:
        known.failed.CopyFrom(
            ResolveChildWorkflowExecutionStartFailure(
                workflow_id=child_id,
                workflow_type="Notice",
                cause=StartChildWorkflowExecutionFailedCause.START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS,
            )
        )
    return WorkflowActivationJob(resolve_child_workflow_execution_start=known)


def nanoseconds(duration: timedelta) -> int:
    """Return a duration in nanoseconds."""
    return duration // timedelta(microseconds=1) * 1000


def _of_activity(activity: str, message: str) -> Failure:
    failure = Failure(message=message)
    failure.activity_failure_info.activity_type.name = activity
    failure.activity_failure_info.retry_state = RetryState.RETRY_STATE_TIMEOUT
    return failure


def _resolved(seq: int, result: ActivityResolution) -> WorkflowActivationJob:
    return WorkflowActivationJob(resolve_activity=ResolveActivity(seq=seq, result=result))
