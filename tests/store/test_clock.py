"""F-27: the clock jumps by hours, over a change of daylight saving and a leap day; order stays.

What came after what is told by the order of arrival, never by the clock on the wall.
"""

from datetime import UTC, datetime, timedelta

import pytest

from domain.gate.decision import Disposition
from runtime.wiring import decide_by_rules
from store.outbox_records import Veto
from tests.builders import NOW, a_reply, an_inbound, decide_by_word
from tests.store.rig import Store

HOURS = timedelta(hours=2)
JUMPS = {
    "ahead": (NOW, NOW + HOURS),
    "back": (NOW, NOW - HOURS),
    "spring": (datetime(2026, 3, 8, 7, 59, tzinfo=UTC), datetime(2026, 3, 8, 8, 1, tzinfo=UTC)),
    "autumn": (datetime(2026, 11, 1, 7, 1, tzinfo=UTC), datetime(2026, 11, 1, 6, 1, tzinfo=UTC)),
    "leap day": (
        datetime(2028, 2, 28, 23, 59, tzinfo=UTC),
        datetime(2028, 2, 29, 0, 1, tzinfo=UTC),
    ),
    "from leap day": (
        datetime(2028, 2, 29, 23, 59, tzinfo=UTC),
        datetime(2027, 2, 28, 23, 59, tzinfo=UTC),
    ),
}

jumps = pytest.mark.parametrize(("before", "after"), JUMPS.values(), ids=JUMPS)


@jumps
def test_stop_after_a_jump_silences_and_start_lifts_it(
    store: Store, before: datetime, after: datetime
) -> None:
    """START, the clock jumps, STOP: nothing may be sent at either time; START after a jump back."""
    store.ingest(an_inbound("START", received_at=before))
    stop = store.ingest(an_inbound("STOP", received_at=after))
    contact_id = store.contact_of(stop)
    late = before + timedelta(days=1000)
    claims = [
        store.outbox.claim(a_reply(contact_id, f"r{n}", not_after=late), at)
        for n, at in enumerate((before, after))
    ]
    assert [claim.veto for claim in claims] == [Veto.SUPPRESSED] * 2

    store.ingest(an_inbound("START", received_at=before))
    assert store.outbox.claim(a_reply(contact_id, "r3", not_after=late), before).granted


@jumps
def test_newer_text_is_the_one_that_came_later_whatever_its_clock_says(
    store: Store, before: datetime, after: datetime
) -> None:
    """A draft that does not cover the last text to come is dropped; told in order of arrival."""
    first = store.ingest(an_inbound("Where is my order?", received_at=before))
    second = store.ingest(an_inbound("And the other one?", received_at=after))
    contact_id, late = store.contact_of(first), before + timedelta(days=1000)
    assert store.seq_of(first) < store.seq_of(second)

    old, new = (
        store.outbox.claim(
            a_reply(contact_id, name, covers_seq=store.seq_of(text), not_after=late), after
        )
        for name, text in (("old", first), ("new", second))
    )
    assert (old.veto, new.granted) == (Veto.NEWER_TEXT, True)
    waiting = store.inbound.pending(max(before, after) + HOURS, 10)
    assert [message.message_id for message in waiting] == [first.message_id, second.message_id]


@jumps
def test_gate_lets_a_question_in_on_both_sides_of_a_jump(
    store: Store, before: datetime, after: datetime
) -> None:
    """Rates and windows that look at the clock hold nobody back because it moved."""
    for at, words in ((before, "Where is my order?"), (after, "What are your store hours?")):
        done = store.inbound.ingest(an_inbound(words, received_at=at), decide_by_rules, at)
        assert done.decision is not None
        assert done.decision.disposition is Disposition.ANSWER


@pytest.mark.parametrize("behind", [HOURS, timedelta(days=1)], ids=["hours", "day"])
def test_text_left_behind_under_a_clock_that_ran_ahead_does_not_wait_for_it(
    store: Store, behind: timedelta
) -> None:
    """The clock was set back: texts and notices of its future are handed over now, not then."""
    asked = store.ingest(an_inbound(received_at=NOW + behind))
    stop = store.ingest(an_inbound("STOP", received_at=NOW + behind))

    told = [message.message_id for message in store.inbound.pending(NOW, 10)]
    assert told == [asked.message_id, stop.message_id]
    assert store.inbound.pending_notices(NOW, 10) == (stop.notice_id,)


def test_text_of_this_moment_is_left_to_who_is_handing_it_over(store: Store) -> None:
    """Nothing younger than the age at which it counts as left behind is taken."""
    store.ingest(an_inbound("STOP", received_at=NOW + timedelta(seconds=5)))

    assert store.inbound.pending(NOW, 10) == ()
    assert store.inbound.pending_notices(NOW, 10) == ()


def test_permission_to_send_is_never_renewed_by_a_clock_that_goes_back(store: Store) -> None:
    """A text vetoed as too old stays vetoed, though by the clock it were in time again."""
    asked = store.inbound.ingest(an_inbound(), decide_by_word, NOW)
    reply = a_reply(store.contact_of(asked), not_after=NOW)
    late = store.outbox.claim(reply, NOW + HOURS)
    again = store.outbox.claim(reply, NOW - HOURS)

    assert (late.veto, again.veto, again.granted) == (Veto.STALE, Veto.STALE, False)
