"""STOP and START whose webhooks got lost: a listing brings them after newer words."""

from datetime import timedelta

import pytest

from domain.message import InboundMessage
from tests.builders import NOW, a_reply, an_inbound, decide_by_word
from tests.store.rig import Store

SUPPRESSED = "SELECT scope FROM suppression"
MINUTE = timedelta(minutes=1)


def test_late_start_does_not_lift_a_newer_stop(store: Store) -> None:
    """START was lost, STOP was heard; the listing brings the START: nothing may be sent."""
    stop = store.ingest(an_inbound("STOP"))
    late = an_inbound("START").model_copy(update={"received_at": NOW - MINUTE, "late": True})

    done = store.ingest(late)

    reply = store.outbox.claim(a_reply(store.contact_of(stop)), NOW)
    assert (done.notice_id, done.handover) == (None, None)
    assert store.rows(SUPPRESSED) == [("all",)]
    assert not reply.granted


def test_late_stop_does_not_undo_a_newer_start(store: Store) -> None:
    """STOP was lost and said again, then START: the first STOP is history when it comes."""
    store.ingest(an_inbound("STOP"))
    start = store.ingest(an_inbound("START"))
    late = an_inbound("STOP").model_copy(update={"received_at": NOW - MINUTE, "late": True})

    done = store.ingest(late)

    reply = store.outbox.claim(a_reply(store.contact_of(start)), NOW)
    assert (done.notice_id, done.handover) == (None, None)
    assert store.rows(SUPPRESSED) == []
    assert reply.granted


@pytest.mark.parametrize("apart", [timedelta(seconds=-4), timedelta(0), timedelta(seconds=4)])
def test_late_stop_of_about_the_same_moment_holds(store: Store, apart: timedelta) -> None:
    """Clocks differ: in doubt about which was first, the opt-out holds."""
    store.ingest(an_inbound("START"))
    late = an_inbound("STOP").model_copy(update={"received_at": NOW + apart, "late": True})

    store.inbound.ingest(late, decide_by_word, NOW + MINUTE)

    assert store.rows(SUPPRESSED) == [("all",)]


def test_lost_stop_that_the_carrier_lists_before_the_start_is_history(store: Store) -> None:
    """Two seconds apart the clocks say nothing; the carrier's own list does."""
    start = an_inbound("START")
    store.ingest(start)
    late = an_inbound("STOP").model_copy(
        update={
            "received_at": NOW - timedelta(seconds=2),
            "late": True,
            "listed_after": (start.provider_message_id,),
        }
    )

    done = store.ingest(late)

    assert (done.notice_id, done.handover) == (None, None)
    assert store.rows(SUPPRESSED) == []


def test_start_that_comes_with_the_stop_it_followed_lifts_it(store: Store) -> None:
    """Both webhooks were lost, and the listing brings both at once."""
    began = NOW - MINUTE
    stop = an_inbound("STOP").model_copy(update={"received_at": began, "late": True})
    start = an_inbound("START").model_copy(
        update={
            "received_at": began + timedelta(seconds=20),
            "late": True,
            "listed_before": (stop.provider_message_id,),
        }
    )

    store.ingest(stop)
    assert store.rows(SUPPRESSED) == [("all",)]
    store.ingest(start)

    assert store.rows(SUPPRESSED) == []


def _late(body: str, seconds: int, **known: tuple[str, ...]) -> InboundMessage:
    at = NOW + timedelta(seconds=seconds)
    return an_inbound(body).model_copy(update={"received_at": at, "late": True, **known})


def test_stop_of_the_same_instant_as_a_start_that_was_imported_first_holds(store: Store) -> None:
    """A carrier that counts seconds does not say which was first: then the opt-out was last."""
    start, stop = _late("START", 0), _late("STOP", 0)
    stop = stop.model_copy(update={"listed_with": (start.provider_message_id,)})
    start = start.model_copy(update={"listed_with": (stop.provider_message_id,)})
    for message in (start, stop):
        store.inbound.ingest(message, decide_by_word, NOW + MINUTE)

    assert store.rows(SUPPRESSED) == [("all",)]


def test_start_that_was_learned_of_late_is_as_old_as_the_carrier_says(store: Store) -> None:
    """Imported a minute late, it overtakes no STOP that was said after it."""
    store.inbound.ingest(_late("START", 0), decide_by_word, NOW + 2 * MINUTE)
    store.inbound.ingest(_late("STOP", 20), decide_by_word, NOW + 2 * MINUTE)

    assert store.rows(SUPPRESSED) == [("all",)]


def test_late_stop_without_a_newer_start_holds(store: Store) -> None:
    """A lost STOP is a STOP when it is found."""
    store.ingest(an_inbound("hello"))
    late = an_inbound("STOP").model_copy(update={"received_at": NOW - MINUTE, "late": True})

    assert store.ingest(late).notice_id is not None
    assert store.rows(SUPPRESSED) == [("all",)]
