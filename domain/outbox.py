"""One send's life: its states, what a provider's status means, what a carrier's error demands."""

from datetime import timedelta
from enum import StrEnum

from domain.errors import IllegalTransition


class OutboxState(StrEnum):
    """Where one outbound message stands."""

    READY = "ready"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    VETOED = "vetoed"
    ABANDONED = "abandoned"


LEFT_US = frozenset({OutboxState.SENT, OutboxState.DELIVERED, OutboxState.UNDELIVERED})
"""The provider has taken the text."""

OUTBOX_TRANSITIONS: dict[OutboxState, frozenset[OutboxState]] = {
    OutboxState.READY: frozenset({OutboxState.SENDING, OutboxState.VETOED}),
    OutboxState.SENDING: frozenset(
        {OutboxState.READY, OutboxState.UNKNOWN, OutboxState.SENT, OutboxState.DELIVERED,
         OutboxState.UNDELIVERED, OutboxState.FAILED}
    ),
    OutboxState.UNKNOWN: frozenset(
        {OutboxState.SENT, OutboxState.DELIVERED, OutboxState.UNDELIVERED, OutboxState.FAILED,
         OutboxState.ABANDONED}
    ),
    OutboxState.SENT: frozenset(
        {OutboxState.DELIVERED, OutboxState.UNDELIVERED, OutboxState.FAILED}
    ),
    OutboxState.DELIVERED: frozenset(),
    OutboxState.UNDELIVERED: frozenset(),
    OutboxState.FAILED: frozenset(),
    OutboxState.VETOED: frozenset(),
    # A callback days later may still prove that the text went out after all.
    OutboxState.ABANDONED: frozenset(
        {OutboxState.SENT, OutboxState.DELIVERED, OutboxState.UNDELIVERED, OutboxState.FAILED}
    ),
}  # fmt: skip


def next_outbox_state(current: OutboxState, target: OutboxState) -> OutboxState:
    """Return the target if the row may go there.

    Args:
        current: State of the row.
        target: State wanted.

    Returns:
        The target.

    Raises:
        IllegalTransition: The row may not go there.
    """
    if target not in OUTBOX_TRANSITIONS[current]:
        raise IllegalTransition("outbox", current, target)
    return target


class DeliveryStatus(StrEnum):
    """A provider's word about a message, in neutral terms."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"


_STATE_OF_STATUS = {
    DeliveryStatus.QUEUED: OutboxState.SENT,
    DeliveryStatus.SENDING: OutboxState.SENT,
    DeliveryStatus.SENT: OutboxState.SENT,
    DeliveryStatus.DELIVERED: OutboxState.DELIVERED,
    DeliveryStatus.UNDELIVERED: OutboxState.UNDELIVERED,
    DeliveryStatus.FAILED: OutboxState.FAILED,
}


def state_after_status(current: OutboxState, status: DeliveryStatus) -> OutboxState:
    """Return the row's state after a delivery status; it only ever moves forward.

    Args:
        current: State of the row.
        status: What the provider says, possibly late, doubled or out of order.

    Returns:
        The new state, or the current one when the news is old.
    """
    target = _STATE_OF_STATUS[status]
    return target if target in OUTBOX_TRANSITIONS[current] else current


class CarrierAction(StrEnum):
    """What a provider's error demands of us."""

    RETRY = "retry"
    SUPPRESS = "suppress"
    UNREACHABLE = "unreachable"
    LOOP = "loop"
    CONFIGURE = "configure"
    FILTERED = "filtered"
    UNKNOWN_OUTCOME = "unknown_outcome"
    GIVE_UP = "give_up"


def reconcile_waits() -> tuple[timedelta, ...]:
    """Return the pauses before each look for a send of unknown outcome.

    Source: the reference on sending, polls at 5, 20, 60 and 120 s after the attempt.
    """
    return (
        timedelta(seconds=5),
        timedelta(seconds=15),
        timedelta(seconds=40),
        timedelta(seconds=60),
    )
