"""Laws of what is read to rebuild conversations: all that is open, nothing that is settled."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.conversation import Status
from domain.outbox import OutboxState
from store.migrate import migrate
from store.outbox_records import SendResult
from store.rebuild import SqlRebuildStore
from store.records import Ingested, Opening, StatusChange, TicketBinding
from tests.builders import NOW, a_reply, an_inbound, some_settings
from tests.store.rig import Store, open_store

LATER = NOW + timedelta(minutes=1)
OTHER = "+13125550143"


@pytest.fixture
def lost(store: Store) -> SqlRebuildStore:
    """Give what rebuilding asks, on the same database."""
    return SqlRebuildStore(store.database)


def told(store: Store, *texts: Ingested) -> None:
    """Note that conversations have been told of these texts, at `NOW`."""
    store.inbound.mark_dispatched([t.message_id for t in texts], NOW)


def opened(
    store: Store, done: Ingested, name: str, *, minutes: int = 0, brand: str = "acme"
) -> str:
    """Open a conversation for a text and return its contact."""
    contact_id = store.contact_of(done)
    opening = Opening(conversation_id=name, brand=brand, contact_id=contact_id)
    at = NOW + timedelta(minutes=minutes)
    store.conversations.open_conversation(opening, [done.message_id], at)
    return contact_id


def ended(store: Store, name: str, status: Status = Status.CONTAINED) -> None:
    """End a conversation a minute after `NOW`."""
    store.conversations.set_status("acme", name, StatusChange(status=status), LATER)


def test_open_rows_are_those_that_have_not_ended_the_longest_open_first(
    store: Store, lost: SqlRebuildStore
) -> None:
    """Of a contact with several only the newest counts; each brand can be asked for alone."""
    store.add_brand(some_settings("birch"))
    one, two = store.ingest(an_inbound()), store.ingest(an_inbound(sender=OTHER))
    three = store.ingest(an_inbound(brand="birch"))
    opened(store, one, "ended")
    ended(store, "ended")
    opened(store, one, "older", minutes=1)
    opened(store, one, "newest", minutes=4)
    opened(store, two, "handed", minutes=3)
    opened(store, three, "birch's", minutes=2, brand="birch")
    store.conversations.set_status("acme", "handed", StatusChange(status=Status.HANDED_OFF), NOW)

    assert [r.conversation_id for r in lost.open_rows()] == ["birch's", "handed", "newest"]
    assert [r.conversation_id for r in lost.open_rows("birch")] == ["birch's"]
    assert lost.count_open() == 3


def test_close_older_closes_what_a_newer_conversation_has_followed(
    store: Store, lost: SqlRebuildStore
) -> None:
    """An ending that claims no resolution; neither the newer one nor another contact's changes."""
    one, two = store.ingest(an_inbound()), store.ingest(an_inbound(sender=OTHER))
    opened(store, one, "older")
    opened(store, one, "human's", minutes=1)
    opened(store, one, "newest", minutes=2)
    opened(store, two, "another's")
    change = StatusChange(status=Status.HANDED_OFF, owner="human")
    store.conversations.set_status("acme", "human's", change, NOW)

    lost.close_older("acme", "newest", LATER)
    lost.close_older("acme", "newest", LATER + timedelta(days=1))

    found = store.rows("SELECT id, status FROM conversation ORDER BY id")
    assert found == [
        ("another's", "open"),
        ("human's", "escalated"),
        ("newest", "open"),
        ("older", "contained"),
    ]
    assert {s.closed_at for s in map(store.operators.conversation, ("older", "human's")) if s} == {
        LATER
    }


def test_record_holds_own_and_untaken_texts_replies_tickets_and_the_last_turn(
    store: Store, lost: SqlRebuildStore
) -> None:
    """Texts of an earlier conversation are not among them, but say where this one begins."""
    old, first, waiting, new = (store.ingest(an_inbound(b)) for b in ("old", "a", "b", "c"))
    contact_id = opened(store, old, "before")
    store.conversations.claim_messages("acme", "before", 1, [old.message_id])
    ended(store, "before")
    opened(store, first, "conversation-1", minutes=2)
    store.conversations.claim_messages("acme", "conversation-1", 3, [first.message_id])
    told(store, old, first, waiting)
    store.outbox.claim(a_reply(contact_id), LATER)
    ticket = TicketBinding(
        external_id="conv:conversation-1:1", provider="generic", ticket_id="7", url=None
    )
    store.conversations.save_ticket("acme", "conversation-1", ticket, LATER)

    found = lost.record("acme", contact_id)

    assert found is not None
    assert [(t.body, t.mine, t.turn, t.dispatched_at is not None) for t in found.texts] == [
        ("a", True, 3, True),
        ("b", False, None, True),
        ("c", False, None, False),
    ]
    assert [(r.outbox_id, r.state, r.mine) for r in found.replies] == [
        ("reply-1", OutboxState.SENDING, True)
    ]
    assert [t.ticket_id for t in found.tickets] == ["7"]
    assert (found.last_turn, found.settled_seq, found.settled_at) == (3, store.seq_of(old), LATER)
    assert new.message_id == found.texts[-1].message_id


def test_record_of_a_contact_with_nothing_open_is_none(store: Store, lost: SqlRebuildStore) -> None:
    """What has ended is not rebuilt."""
    done = store.ingest(an_inbound())
    contact_id = opened(store, done, "ended")
    ended(store, "ended")

    assert lost.record("acme", contact_id) is None


def test_stranded_are_texts_told_and_taken_by_none_of_contacts_with_nothing_open(
    store: Store, lost: SqlRebuildStore
) -> None:
    """Not what waits to be told, an open conversation's, or what is nobody's business."""
    stranded, untold = store.ingest(an_inbound()), store.ingest(an_inbound())
    noise, thanks = store.ingest(an_inbound("HM")), store.ingest(an_inbound("THANKS"))
    others = store.ingest(an_inbound(sender=OTHER))
    opened(store, others, "conversation-1")
    told(store, stranded, noise, thanks, others)

    found = lost.stranded(NOW - timedelta(days=1), LATER, 10)

    assert [t.message_id for t in found] == [stranded.message_id]
    assert untold.message_id in {p.message_id for p in store.inbound.pending(LATER, 10)}


@pytest.mark.parametrize("by", ["opt-out", "later text"])
def test_stranded_are_not_texts_that_came_to_an_end(
    store: Store, lost: SqlRebuildStore, by: str
) -> None:
    """A later opt-out settles a text, and a conversation that knew of it and took a newer one."""
    dropped = store.ingest(an_inbound("early"))
    told(store, dropped)
    later = store.ingest(an_inbound("STOP" if by == "opt-out" else "later"))
    if by == "later text":
        opened(store, later, "ended")
        store.conversations.claim_messages("acme", "ended", 1, [later.message_id])
        ended(store, "ended")

    assert lost.stranded(NOW - timedelta(days=1), LATER, 10) == ()


def test_what_is_asked_each_minute_reads_indexes_of_its_own(tmp_path: Path) -> None:
    """Nearly every text is taken and nearly every conversation closed; SQLite tells its plans."""
    migrate(f"sqlite:///{tmp_path / 'store.db'}")
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    with store.statements() as seen:
        SqlRebuildStore(store.database).stranded(NOW, LATER, 10)
        SqlRebuildStore(store.database).open_rows()
    queries = [_named(statement) for statement in seen if statement.startswith("SELECT")]
    plans = [str(store.rows(f"EXPLAIN QUERY PLAN {query}")) for query in queries]
    store.database.close()

    assert len(plans) == 2
    assert "inbound_message_untaken" in plans[0]
    assert "conversation_open" in plans[1]


def _named(statement: str) -> str:
    """Return a statement whose every parameter is NULL: a plan asks for no values."""
    return statement.replace("?", "NULL")


def test_drop_ready_gives_up_the_agents_texts_that_are_ready_and_no_others(
    store: Store, lost: SqlRebuildStore
) -> None:
    """What was claimed stays in doubt; a ready row would be sent by nobody any more."""
    contact_id = store.contact_of(store.ingest(an_inbound()))
    for name in ("ready", "claimed"):
        store.outbox.claim(a_reply(contact_id, name), NOW)
    store.outbox.settle("ready", SendResult(state=OutboxState.READY), NOW)

    lost.drop_ready("acme", "conversation-1", LATER)
    lost.drop_ready("acme", "conversation-1", LATER)

    found = store.rows("SELECT id, state FROM outbox ORDER BY id")
    assert found == [("claimed", "sending"), ("ready", "vetoed")]


def test_pending_says_whether_the_store_holds_a_conversation_as_open(store: Store) -> None:
    """Such a text goes to that conversation, though nobody runs it."""
    one, two = store.ingest(an_inbound("one")), store.ingest(an_inbound("two", sender=OTHER))
    opened(store, one, "conversation-1")

    found = {p.body: p.conversation_open for p in store.inbound.pending(LATER, 10)}

    assert found == {"one": True, "two": False}
    alone = store.inbound.pending_message(two.message_id)
    assert alone is not None
    assert not alone.conversation_open
