"""What is done about an answer that a human owes, and when."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.chasing import MOST_CHASES, ChaseStep, OwedAnswer, next_chase

HOUR = timedelta(hours=1)
SINCE = datetime(2026, 11, 17, 12, tzinfo=UTC)
AFTER = 4 * HOUR


def _next(now: datetime, **owed: object) -> tuple[datetime, ChaseStep] | None:
    given = OwedAnswer.model_validate({"since": SINCE, **owed})
    return next_chase(given, AFTER, now)


def test_next_chase_alerts_after_each_span_and_twice_at_most() -> None:
    """The alerts come four and eight hours after the handoff; there is no third."""
    assert _next(SINCE) == (SINCE + AFTER, ChaseStep.ALERT)
    assert _next(SINCE + AFTER, chases=1, noted=1) == (SINCE + 2 * AFTER, ChaseStep.ALERT)
    assert _next(SINCE + 2 * AFTER, chases=2, noted=2) is None


def test_next_chase_notes_each_alert_once_and_at_once() -> None:
    """What was alerted and does not stand on the ticket yet is noted now."""
    now = SINCE + AFTER

    assert _next(now, chases=1) == (now, ChaseStep.NOTE)
    assert _next(now, chases=1, noted=1) != (now, ChaseStep.NOTE)


def test_next_chase_holds_the_update_until_it_may_leave() -> None:
    """At night the ticket is noted and the second alert given before the customer hears of it."""
    morning = SINCE + 20 * HOUR
    held = {"update_from": morning, "update_until": morning + 11 * HOUR}
    night = SINCE + AFTER

    assert _next(night, chases=1, **held) == (night, ChaseStep.NOTE)
    assert _next(night, chases=1, noted=1, **held) == (SINCE + 2 * AFTER, ChaseStep.ALERT)
    assert _next(night, chases=2, noted=2, **held) == (morning, ChaseStep.UPDATE)
    assert _next(morning, chases=2, noted=2, **held) == (morning, ChaseStep.UPDATE)


def test_next_chase_of_several_due_tells_the_customer_first_and_the_helpdesk_last() -> None:
    """A helpdesk that is away, which the note waits for, delays nobody else."""
    late = SINCE + 3 * AFTER

    assert _next(late, chases=1, update_from=SINCE + AFTER) == (
        SINCE + AFTER,
        ChaseStep.UPDATE,
    )
    assert _next(late, chases=1) == (SINCE + 2 * AFTER, ChaseStep.ALERT)
    assert _next(late, chases=2) == (late, ChaseStep.NOTE)


@given(
    told_in=st.none() | st.integers(0, 30).map(lambda hours: hours * HOUR),
    woken_late=st.integers(0, 30).map(lambda hours: hours * HOUR),
)
def test_next_chase_followed_to_the_end_does_each_thing_once(
    told_in: timedelta | None, woken_late: timedelta
) -> None:
    """Whenever it is looked at, it ends: two alerts, two notes, at most one update, in order."""
    owed, now = OwedAnswer(since=SINCE), SINCE
    taken: list[ChaseStep] = []
    while (chase := next_chase(owed, AFTER, now)) is not None:
        at, step = chase
        if at > now:
            now = at + woken_late
            continue
        taken.append(step)
        match step:
            case ChaseStep.ALERT:
                first = owed.chases == 0 and told_in is not None
                opens = {"update_from": now + told_in} if first and told_in is not None else {}
                owed = owed.model_copy(update={"chases": owed.chases + 1, **opens})
            case ChaseStep.UPDATE:
                owed = owed.model_copy(update={"update_from": None})
            case ChaseStep.NOTE:
                owed = owed.model_copy(update={"noted": owed.chases})
        assert len(taken) < 10

    assert taken.count(ChaseStep.ALERT) == MOST_CHASES
    assert 1 <= taken.count(ChaseStep.NOTE) <= MOST_CHASES
    assert owed.noted == MOST_CHASES
    assert taken.count(ChaseStep.UPDATE) == (told_in is not None)
    assert taken[0] is ChaseStep.ALERT
