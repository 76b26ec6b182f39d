"""The states of a conversation: what may follow what, and when silence ends it."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.conversation import (
    ENDINGS,
    TRANSITIONS,
    ConversationPolicy,
    Status,
    ending_when_idle,
    idle_deadline,
    next_status,
    reachable_ending,
)
from domain.errors import IllegalTransition

LEGAL = {
    Status.OPEN: "waiting handed_off closed_out opted_out ignored contained",
    Status.WAITING: (
        "handed_off resolved_confirmed resolved_verified contained escalated closed_out opted_out"
    ),
    Status.HANDED_OFF: "waiting escalated closed_out opted_out",
}
PAIRS = list(product(Status, Status))
INSTANTS = st.datetimes(timezones=st.just(UTC), max_value=datetime(2100, 1, 1))  # noqa: DTZ001


def _is_legal(current: Status, target: Status) -> bool:
    return current is target or target.value in LEGAL.get(current, "").split()


@pytest.mark.parametrize(("current", "target"), [p for p in PAIRS if _is_legal(*p)])
def test_next_status_legal_step_is_taken(current: Status, target: Status) -> None:
    """Each step of the table is allowed, and so is staying."""
    assert next_status(current, target) is target


@pytest.mark.parametrize(("current", "target"), [p for p in PAIRS if not _is_legal(*p)])
def test_next_status_illegal_step_raises_and_changes_nothing(
    current: Status, target: Status
) -> None:
    """Whatever is not in the table is refused by name, and the table is as before."""
    before = {state: set(targets) for state, targets in TRANSITIONS.items()}

    with pytest.raises(IllegalTransition) as caught:
        next_status(current, target)

    error = caught.value
    assert (error.machine, error.state, error.target) == ("conversation", current, target)
    assert before == TRANSITIONS


def test_transitions_cover_every_status_and_none_leads_out_of_an_ending() -> None:
    """A state without a row would be a dead end by accident; an ending is one on purpose."""
    assert set(TRANSITIONS) == set(Status)
    assert {s for s in Status if not TRANSITIONS[s]} == ENDINGS
    assert len(ENDINGS) == 7


def test_every_open_status_can_end_and_be_opted_out_of() -> None:
    """STOP ends a conversation wherever it stands."""
    for status in set(Status) - ENDINGS:
        assert Status.OPTED_OUT in TRANSITIONS[status]
        assert Status.CLOSED_OUT in TRANSITIONS[status]


def test_every_status_can_be_reached_from_open() -> None:
    """No state stands in the table for nothing."""
    reached, edge = {Status.OPEN}, {Status.OPEN}
    while edge:
        edge = {t for s in edge for t in TRANSITIONS[s]} - reached
        reached |= edge

    assert reached == set(Status)


@given(st.lists(st.sampled_from(Status), max_size=12))
def test_next_status_walk_stays_in_the_first_ending(wanted: list[Status]) -> None:
    """However often it is asked, a conversation ends once."""
    status, ended = Status.OPEN, None
    for target in wanted:
        try:
            status = next_status(status, target)
        except IllegalTransition:
            continue
        ended = ended or (status if status in ENDINGS else None)

    assert ended is None or status is ended


@pytest.mark.parametrize(
    ("thanked", "verified", "answered", "expected"),
    [
        (False, False, False, Status.CONTAINED),
        (False, False, True, Status.CONTAINED),
        (False, True, False, Status.CONTAINED),
        (False, True, True, Status.RESOLVED_VERIFIED),
        (True, False, False, Status.CONTAINED),
        (True, False, True, Status.RESOLVED_CONFIRMED),
        (True, True, False, Status.CONTAINED),
        (True, True, True, Status.RESOLVED_CONFIRMED),
    ],
)
def test_ending_when_idle_counts_only_what_was_answered(
    *, thanked: bool, verified: bool, answered: bool, expected: Status
) -> None:
    """Nothing is a resolution without an answer; the customer's thanks outrank the judge."""
    found = ending_when_idle(thanked=thanked, verified=verified, answered=answered)

    assert found is expected
    assert found in TRANSITIONS[Status.WAITING]


@pytest.mark.parametrize(("current", "ending"), list(product(LEGAL, sorted(ENDINGS))))
def test_reachable_ending_is_always_a_step_the_table_has(current: Status, ending: Status) -> None:
    """Whoever took the word since an ending was decided, the conversation does end."""
    found = reachable_ending(current, ending)

    assert found in ENDINGS & TRANSITIONS[current]
    assert found is ending or ending not in TRANSITIONS[current]


@given(last=INSTANTS, later=st.timedeltas(timedelta(0), timedelta(days=30)), thanked=st.booleans())
def test_idle_deadline_moves_with_the_last_word(
    *, last: datetime, later: timedelta, thanked: bool
) -> None:
    """Each new word moves the deadline by as much as it is later."""
    policy = ConversationPolicy()
    deadline = idle_deadline(policy, last, thanked=thanked)

    assert idle_deadline(policy, last + later, thanked=thanked) - deadline == later
    assert deadline > last


def test_idle_deadline_thanks_shorten_the_wait() -> None:
    """After "thanks" minutes are enough; without them it is a day."""
    policy, noon = ConversationPolicy(), datetime(2026, 11, 20, 12, tzinfo=UTC)

    assert idle_deadline(policy, noon, thanked=True) == noon + timedelta(minutes=10)
    assert idle_deadline(policy, noon, thanked=False) == noon + timedelta(hours=24)


def test_policy_of_another_version_is_read() -> None:
    """A worker of either version reads what the other has recorded."""
    older = ConversationPolicy.model_validate({"settings_version": 4})
    newer = ConversationPolicy.model_validate({"settings_version": 5, "invented_later": True})

    assert older == ConversationPolicy(settings_version=4)
    assert newer == ConversationPolicy(settings_version=5)
    assert ConversationPolicy.model_validate_json(newer.model_dump_json()) == newer
