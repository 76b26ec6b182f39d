"""Laws of a resolution that may be taken back: found, marked once, and told once."""

from datetime import datetime, timedelta

import pytest

from activities.bookkeeping import BookkeepingActivities
from activities.business_events import BusinessEvents
from activities.upkeep_messages import ReviewReturn
from domain.business_event import EventName
from domain.conversation import ENDINGS, RESOLUTIONS, Status
from store.records import Ingested, Opening, StatusChange
from tests.builders import NOW, an_inbound
from tests.store.rig import Store, at_once

HOUR = timedelta(hours=1)
SINCE = NOW - 72 * HOUR


def _ended(store: Store, name: str, status: Status, at: datetime, intent: str = "other") -> str:
    """Open a conversation an hour before it ends as named; return the contact."""
    asked = store.ingest(an_inbound(name))
    contact = _open(store, name, asked, at - HOUR)
    change = StatusChange(status=status, intent=intent)
    store.conversations.set_status("acme", name, change, at)
    return contact


def _open(store: Store, name: str, asked: Ingested, at: datetime) -> str:
    contact = store.contact_of(asked)
    opening = Opening(conversation_id=name, brand="acme", contact_id=contact)
    store.conversations.open_conversation(opening, [asked.message_id], at)
    return contact


@pytest.mark.parametrize("status", sorted(ENDINGS))
def test_resolved_before_finds_only_resolutions(store: Store, status: Status) -> None:
    """The last conversation of the contact counts, and only if it ended resolved."""
    contact = _ended(store, "first", status, NOW - HOUR)

    found = store.conversations.resolved_before("acme", contact, "second", SINCE)

    assert found == ("first" if status in RESOLUTIONS else None)


def test_resolved_before_looks_past_what_was_ignored_and_no_further(store: Store) -> None:
    """Noise in between is no conversation; a contained one in between is."""
    contact = _ended(store, "first", Status.RESOLVED_CONFIRMED, NOW - 5 * HOUR)
    _ended(store, "noise", Status.IGNORED, NOW - 3 * HOUR)
    find = store.conversations.resolved_before

    assert find("acme", contact, "now", SINCE) == "first"
    assert find("acme", contact, "first", SINCE) is None
    assert find("birch", contact, "now", SINCE) is None
    assert find("acme", contact, "now", NOW - 5 * HOUR) is None
    _ended(store, "later", Status.CONTAINED, NOW - HOUR)
    assert find("acme", contact, "now", SINCE) is None


def test_mark_reverted_by_many_at_once_keeps_the_first_instant_and_the_status(
    store: Store,
) -> None:
    """The ending stays what it was; a second return changes nothing and finds nothing."""
    contact = _ended(store, "first", Status.RESOLVED_VERIFIED, NOW - HOUR)
    mark = store.conversations.mark_reverted
    mark("acme", "first", NOW)

    at_once([lambda: mark("acme", "first", NOW + HOUR)] * 4)

    found = store.conversations.summary("acme", "first")
    assert found is not None
    assert (found.status, found.reverted_at) == (Status.RESOLVED_VERIFIED, NOW)
    assert store.conversations.resolved_before("acme", contact, "second", SINCE) is None


def test_mark_reverted_leaves_what_was_no_resolution(store: Store) -> None:
    """There is nothing to take back of a contained conversation, nor of another brand's."""
    _ended(store, "contained", Status.CONTAINED, NOW)
    _ended(store, "resolved", Status.RESOLVED_VERIFIED, NOW)
    store.conversations.mark_reverted("acme", "contained", NOW)
    store.conversations.mark_reverted("birch", "resolved", NOW)

    assert store.rows("SELECT reverted_at FROM conversation") == [(None,), (None,)]


def test_review_return_repeated_after_a_lost_answer_is_one_event(store: Store) -> None:
    """The retry comes to the same verdict though the row is marked, and the event is one."""
    contact = _ended(store, "first", Status.RESOLVED_VERIFIED, NOW, intent="order_status")
    _open(store, "second", store.ingest(an_inbound("again")), NOW + HOUR)
    events = BusinessEvents(store.conversations, store.events, lambda: NOW)
    books = BookkeepingActivities(store.brands, store.conversations, events, lambda: NOW)
    request = ReviewReturn(
        brand="acme",
        contact_id=contact,
        conversation_id="second",
        earlier="first",
        intent="order_status",
    )

    verdicts = [books.review_return(request) for _attempt in range(2)]

    assert [v.reverted for v in verdicts] == [True, True]
    (event,) = store.events.undelivered("acme", "first", 10)
    assert (event.name, event.occurred_at) == (EventName.RESOLUTION_REVERTED, NOW + HOUR)
    assert event.properties["Reverted event ID"] == "first:resolved:1"
    assert event.properties["Resolution"] == "resolved_verified"
    assert event.properties["Procedure"] == "order_status"
