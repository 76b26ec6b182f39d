"""Timeouts and retry policies, one row per activity.

A provider's HTTP time-out lies below start-to-close, so that a late attempt cannot act after its
successor has looked. The heartbeat time-out finds a killed worker; activities beat only when they
take long, because every beat that reaches the server is billed.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import TypedDict

from temporalio.common import RetryPolicy
from temporalio.workflow import ActivityCancellationType

from workflows.protocol import MODEL_QUEUE


class ActivityOptions(TypedDict, total=False):
    """Options of one activity, as `workflow.execute_activity` takes them."""

    task_queue: str
    start_to_close_timeout: timedelta
    schedule_to_close_timeout: timedelta
    heartbeat_timeout: timedelta
    retry_policy: RetryPolicy
    cancellation_type: ActivityCancellationType


@dataclass(frozen=True)
class _Row:
    start_to_close_seconds: float
    give_up_after_seconds: float | None = None
    first_retry_seconds: float = 1.0
    longest_retry_seconds: float = 10.0
    calls_model: bool = False
    heartbeats: bool = True


_HEARTBEAT_TIMEOUT = timedelta(seconds=5)

_TABLE = {
    # The store comes back; what it must record is recorded then, however long it takes.
    "open_conversation": _Row(5, heartbeats=False, longest_retry_seconds=5),
    "begin_handoff": _Row(5, heartbeats=False, longest_retry_seconds=5),
    "record_status": _Row(5, heartbeats=False, longest_retry_seconds=5),
    "review_return": _Row(10, heartbeats=False, longest_retry_seconds=5),
    # A model that does not answer within the budget is a reason to hand over.
    "classify_inbound": _Row(20, give_up_after_seconds=30, calls_model=True),
    "classify_by_rules": _Row(10, calls_model=True, longest_retry_seconds=5),
    "take_turn": _Row(30, give_up_after_seconds=50, calls_model=True),
    "judge_resolution": _Row(30, give_up_after_seconds=120, calls_model=True),
    "find_orders": _Row(15, give_up_after_seconds=25),
    "get_order": _Row(15, give_up_after_seconds=25),
    "search_products": _Row(15, give_up_after_seconds=25),
    "search_knowledge": _Row(10, give_up_after_seconds=25),
    # The outbox decides whether a retry may send; the reply window is in the row.
    "send_reply": _Row(30, give_up_after_seconds=15 * 60, longest_retry_seconds=30),
    "send_notice": _Row(30, give_up_after_seconds=15 * 60, longest_retry_seconds=30),
    "reconcile_send": _Row(30, give_up_after_seconds=10 * 60),
    # A helpdesk that is down for an hour gets its ticket when it is back.
    "open_ticket": _Row(30, give_up_after_seconds=24 * 3600, longest_retry_seconds=30),
    "append_to_ticket": _Row(30, give_up_after_seconds=24 * 3600, longest_retry_seconds=30),
    # The word goes round however often it fails; a helpdesk that is away need not be told later.
    "chase_escalation": _Row(10, heartbeats=False, longest_retry_seconds=5),
    "add_ticket_note": _Row(30, give_up_after_seconds=3600, longest_retry_seconds=30),
    # Our own list is the authority; the carrier's is a second lock that may come later.
    "push_opt_out": _Row(30, give_up_after_seconds=3600, longest_retry_seconds=60),
    # The sweeper delivers what is not taken now; a conversation does not wait for marketing.
    "publish_event": _Row(10, give_up_after_seconds=15, heartbeats=False),
    "sweep": _Row(50, give_up_after_seconds=120),
}

TOOL_ACTIVITIES = frozenset({"find_orders", "get_order", "search_products", "search_knowledge"})


def options(activity: str, model_queue: str = MODEL_QUEUE) -> ActivityOptions:
    """Return the options of an activity.

    Without a queue of its own an activity runs on its workflow's queue, where it is dispatched
    eagerly.

    Args:
        activity: Its name in history, or another row of the table.
        model_queue: Queue of model calls.
    """
    row = _TABLE[activity]
    found = ActivityOptions(
        start_to_close_timeout=timedelta(seconds=row.start_to_close_seconds),
        retry_policy=RetryPolicy(
            initial_interval=timedelta(seconds=row.first_retry_seconds),
            backoff_coefficient=2.0,
            maximum_interval=timedelta(seconds=row.longest_retry_seconds),
        ),
        cancellation_type=ActivityCancellationType.TRY_CANCEL,
    )
    if row.calls_model:
        found["task_queue"] = model_queue
    if row.give_up_after_seconds is not None:
        found["schedule_to_close_timeout"] = timedelta(seconds=row.give_up_after_seconds)
    if row.heartbeats:
        found["heartbeat_timeout"] = _HEARTBEAT_TIMEOUT
    return found
