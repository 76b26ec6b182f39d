"""The life of one send: no step back, no second send, late news changes nothing."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import IllegalTransition
from domain.outbox import (
    OUTBOX_TRANSITIONS,
    DeliveryStatus,
    OutboxState,
    next_outbox_state,
    reconcile_waits,
    state_after_status,
)

S = OutboxState
LEGAL = {
    S.READY: "sending vetoed",
    S.SENDING: "ready unknown sent delivered undelivered failed",
    S.UNKNOWN: "sent delivered undelivered failed abandoned",
    S.SENT: "delivered undelivered failed",
    S.ABANDONED: "sent delivered undelivered failed",
}
PAIRS = list(product(S, S))


def _is_legal(current: OutboxState, target: OutboxState) -> bool:
    return target.value in LEGAL.get(current, "").split()


@pytest.mark.parametrize(("current", "target"), [p for p in PAIRS if _is_legal(*p)])
def test_next_outbox_state_legal_step_is_taken(current: OutboxState, target: OutboxState) -> None:
    """Each step of the table is allowed."""
    assert next_outbox_state(current, target) is target


@pytest.mark.parametrize(("current", "target"), [p for p in PAIRS if not _is_legal(*p)])
def test_next_outbox_state_illegal_step_raises_and_changes_nothing(
    current: OutboxState, target: OutboxState
) -> None:
    """Whatever is not in the table, staying included, is refused and leaves the table alone."""
    before = {state: set(targets) for state, targets in OUTBOX_TRANSITIONS.items()}

    with pytest.raises(IllegalTransition) as caught:
        next_outbox_state(current, target)

    error = caught.value
    assert (error.machine, error.state, error.target) == ("outbox", current, target)
    assert before == OUTBOX_TRANSITIONS


def test_a_row_is_sent_only_from_ready() -> None:
    """What may have left us is never sent again: SENDING follows READY alone."""
    assert {s for s in S if S.SENDING in OUTBOX_TRANSITIONS[s]} == {S.READY}
    assert {s for s in S if S.READY in OUTBOX_TRANSITIONS[s]} == {S.SENDING}


def test_a_veto_comes_before_the_send_or_never() -> None:
    """A text that may be on its way cannot be vetoed any more."""
    assert {s for s in S if S.VETOED in OUTBOX_TRANSITIONS[s]} == {S.READY}


@pytest.mark.parametrize(
    ("current", "status", "expected"),
    [
        (S.SENDING, DeliveryStatus.QUEUED, S.SENT),
        (S.SENDING, DeliveryStatus.SENDING, S.SENT),
        (S.SENDING, DeliveryStatus.DELIVERED, S.DELIVERED),
        (S.UNKNOWN, DeliveryStatus.SENT, S.SENT),
        (S.UNKNOWN, DeliveryStatus.FAILED, S.FAILED),
        (S.SENT, DeliveryStatus.QUEUED, S.SENT),
        (S.SENT, DeliveryStatus.UNDELIVERED, S.UNDELIVERED),
        (S.DELIVERED, DeliveryStatus.SENT, S.DELIVERED),
        (S.DELIVERED, DeliveryStatus.FAILED, S.DELIVERED),
        (S.UNDELIVERED, DeliveryStatus.DELIVERED, S.UNDELIVERED),
        (S.ABANDONED, DeliveryStatus.DELIVERED, S.DELIVERED),
        (S.VETOED, DeliveryStatus.SENT, S.VETOED),
        (S.READY, DeliveryStatus.SENT, S.READY),
    ],
)
def test_state_after_status_only_moves_forward(
    current: OutboxState, status: DeliveryStatus, expected: OutboxState
) -> None:
    """Late, doubled or disordered news is old news."""
    assert state_after_status(current, status) is expected


@given(st.sampled_from(S), st.lists(st.sampled_from(DeliveryStatus), max_size=8))
def test_state_after_status_any_news_follows_the_table(
    start: OutboxState, news: list[DeliveryStatus]
) -> None:
    """No report, in whatever order, makes an illegal step, a resend, or a different second time."""
    states = [start]
    for status in news:
        after = state_after_status(states[-1], status)
        assert state_after_status(after, status) is after
        states.append(after)

    assert all(a is b or b in OUTBOX_TRANSITIONS[a] for a, b in pairwise(states))
    assert not {S.READY, S.SENDING, S.UNKNOWN, S.VETOED, S.ABANDONED} & set(states[1:]) - {start}


def test_reconcile_waits_look_at_5_20_60_and_120_seconds() -> None:
    """The pauses add up to the moments the reference names."""
    waits = [wait.total_seconds() for wait in reconcile_waits()]

    assert [sum(waits[: n + 1]) for n in range(len(waits))] == [5, 20, 60, 120]
