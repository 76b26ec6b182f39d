"""Laws of taking a text in: all or nothing, once, redacted, with few statements."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import StatementError

from domain.brand import BrandSettings
from domain.errors import UnknownNumber
from domain.gate.context import GateContext
from domain.gate.decision import Decision
from domain.handover import Handover
from domain.message import MessageOrigin
from tests.builders import NOW, PHONE, a_decision, a_reply, an_inbound, some_settings
from tests.store.rig import Store, at_once

CARD = "4111 1111 1111 1111"


def test_ingest_commits_message_decision_and_effects_together(store: Store) -> None:
    """One delivered STOP leaves one row in each table that it concerns."""
    before = store.counts()

    done = store.ingest(an_inbound("STOP"))

    new = {name: n - before[name] for name, n in store.counts().items() if n != before[name]}
    assert done.handover is Handover.OPT_OUT
    assert new == {
        "contact": 1,
        "inbound_message": 1,
        "decision": 1,
        "consent_event": 1,
        "suppression": 1,
        "outbox": 1,
    }


def test_ingest_when_the_gate_raises_leaves_nothing(store: Store) -> None:
    """A bug in a rule costs a 500 and a second delivery, never half a message."""

    def broken(_text: str, _context: GateContext, _settings: BrandSettings) -> Decision:
        raise ZeroDivisionError

    before = store.counts()

    with pytest.raises(ZeroDivisionError):
        store.inbound.ingest(an_inbound("STOP"), broken, NOW)

    assert store.counts() == before


def test_ingest_when_a_late_statement_fails_leaves_nothing(store: Store) -> None:
    """What fails after the message's own row undoes that row too."""

    def fail(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO outbox"):
            raise ZeroDivisionError

    before = store.counts()
    event.listen(store.database.engine, "before_cursor_execute", fail)

    with pytest.raises(ZeroDivisionError):
        store.ingest(an_inbound("STOP"))

    assert store.counts() == before


def test_ingest_of_a_second_delivery_reports_a_duplicate_and_writes_nothing(store: Store) -> None:
    """Providers deliver at least once; the second delivery is acknowledged and dropped."""
    message = an_inbound("STOP")
    first = store.ingest(message)
    after_first = store.counts()

    second = store.ingest(message)

    assert (second.duplicate, second.message_id) == (True, first.message_id)
    assert (second.handover, second.notice_id, second.decision) == (None, None, None)
    assert store.counts() == after_first


def test_ingest_of_twenty_deliveries_at_once_keeps_one(store: Store) -> None:
    """Twenty threads with the same text yield one row, one decision, one confirmation."""
    message = an_inbound("STOP")

    done = at_once([lambda: store.ingest(message)] * 20)

    counts = store.counts()
    assert sorted(d.duplicate for d in done) == [False] + [True] * 19
    assert [counts[t] for t in ("contact", "inbound_message", "decision", "outbox")] == [1, 1, 1, 1]
    assert counts["consent_event"] == 1


def test_ingest_of_many_texts_of_a_new_contact_at_once_makes_one_contact(store: Store) -> None:
    """Texts of one person that arrive together share the contact and are put in an order."""
    done = at_once([lambda: store.ingest(an_inbound()) for _ in range(10)])

    assert store.counts()["contact"] == 1
    assert len({store.seq_of(d) for d in done}) == 10


def test_ingest_for_an_unknown_number_is_refused_and_writes_nothing(store: Store) -> None:
    """A text to a number of no brand leaves no trace, not even a contact."""
    before = store.counts()

    with pytest.raises(UnknownNumber):
        store.ingest(an_inbound(recipient="+13125550199"))

    assert store.counts() == before


def test_ingest_takes_card_numbers_out_before_anything_sees_them(store: Store) -> None:
    """Neither the gate nor any text column of any table holds a card number, spaced or not."""
    seen: list[str] = []

    def decide(text: str, context: GateContext, settings: BrandSettings) -> Decision:
        seen.append(text)
        seen.extend(t.body for t in context.recent_inbound)
        return a_decision(scope="marketing")

    for body in (f"STOP my card is {CARD}", f"charge {CARD.replace(' ', '')} please"):
        store.inbound.ingest(an_inbound(body), decide, NOW)

    kept = "\n".join(str(row) for name in store.counts() for row in _all_text(store, name))
    assert "[card ending 1111]" in kept
    for digits in ("4111", CARD, CARD.replace(" ", "")):
        assert digits not in kept
        assert digits not in "\n".join(seen)
    assert store.rows("SELECT redactions FROM inbound_message") == [("card",), ("card",)]


@pytest.mark.parametrize(
    "texts",
    [
        ("4111 1111", "1111 1111"),
        ("my card", "4111", "1111", "1111", "1111"),
        (f"my card is {CARD}", "123"),
    ],
    ids=["halves", "groups", "security_code"],
)
def test_ingest_takes_out_a_card_that_comes_in_parts(store: Store, texts: tuple[str, ...]) -> None:
    """Neither part of a number sent over several texts is kept, nor the code behind it."""
    for body in texts:
        store.ingest(an_inbound(body))

    kept = "\n".join(str(row[0]) for row in store.rows("SELECT body FROM inbound_message"))
    assert "[card ending 1111]" in kept
    assert not re.search(r"\b(4111|123)\b", kept)


def test_ingest_leaves_numbers_of_an_hour_ago_alone(store: Store) -> None:
    """Two order numbers on different occasions are not the halves of a card."""
    store.ingest(an_inbound("4111 1111"))
    store.ingest(an_inbound("1111 1111", received_at=NOW + timedelta(hours=1)))

    bodies = store.rows("SELECT body FROM inbound_message ORDER BY seq")
    assert bodies == [("4111 1111",), ("1111 1111",)]


def _all_text(store: Store, name: str) -> list[tuple[object, ...]]:
    return store.rows(f"SELECT * FROM {name}")  # noqa: S608 (names come from the metadata)


def test_ingest_of_characters_no_database_takes_keeps_the_rest(store: Store) -> None:
    """A NUL or half a surrogate pair must not make a text undeliverable for ever."""
    done = store.ingest(an_inbound("where\x00 is \ud83d my order"))

    body = store.cell("SELECT body FROM inbound_message WHERE id = :id", done)
    assert body == "where\ufffd is \ufffd my order"


def test_ingest_of_a_naive_instant_is_refused(store: Store) -> None:
    """An instant without a zone would mean the machine's own; nothing of it is stored."""
    before = store.counts()

    with pytest.raises(StatementError, match="aware"):
        store.ingest(an_inbound(received_at=NOW.replace(tzinfo=None)))

    assert store.counts() == before


def test_ingest_tells_the_gate_what_went_before(store: Store) -> None:
    """The gate sees earlier texts either way, oldest first, and not those that never left."""
    seen: list[GateContext] = []

    def note(_text: str, context: GateContext, _settings: BrandSettings) -> Decision:
        seen.append(context)
        return a_decision()

    first = store.inbound.ingest(an_inbound("one"), note, NOW)
    store.inbound.ingest(an_inbound("two"), note, NOW)
    contact_id = store.contact_of(first)
    store.outbox.claim(a_reply(contact_id, "sent", body="Sent."), NOW)
    stale = a_reply(contact_id, "stale", body="Never left.", not_after=NOW.replace(hour=1))
    store.outbox.claim(stale, NOW)
    store.inbound.ingest(an_inbound("three"), note, NOW)

    assert [[t.body for t in context.recent_inbound] for context in seen] == [
        [],
        ["one"],
        ["one", "two"],
    ]
    outbound = [(t.body, t.origin) for t in seen[-1].recent_outbound]
    assert outbound == [("Sent.", MessageOrigin.AGENT)]
    assert [context.agent_replies_10_minutes for context in seen] == [0, 0, 1]


@pytest.mark.parametrize("body", ["Where is my order?", "STOP", "START", "HELP"])
@pytest.mark.parametrize("known", [False, True], ids=["new_contact", "known_contact"])
def test_ingest_needs_at_most_twelve_statements(store: Store, body: str, *, known: bool) -> None:
    """The webhook's path stays short: each further statement is a round trip on PostgreSQL."""
    store.ingest(an_inbound(sender=PHONE if known else "+13125550143"))

    with store.statements() as seen:
        store.ingest(an_inbound(body))

    assert len(seen) <= 12, "\n".join(seen)


def test_pending_returns_what_no_conversation_was_told_in_order_of_arrival(store: Store) -> None:
    """Noise is never pending; what was dispatched is not pending any more."""
    first, _noise, second = (store.ingest(an_inbound(b)) for b in ("one", "HM", "two"))

    waiting = store.inbound.pending(NOW, 10)
    store.inbound.mark_dispatched([first.message_id], NOW)

    assert [(m.body, m.handover) for m in waiting] == [
        ("one", Handover.TURN),
        ("two", Handover.TURN),
    ]
    assert [m.message_id for m in store.inbound.pending(NOW, 10)] == [second.message_id]
    assert store.inbound.pending_message(first.message_id) is None
    assert store.inbound.pending_message(second.message_id) == waiting[1]


def test_known_returns_only_the_ids_of_that_provider(store: Store) -> None:
    """The reconciler asks which listed texts it has; ids of other providers do not count."""
    message = an_inbound()
    store.ingest(message)
    ids = [message.provider_message_id, "SMmissing"]

    assert store.inbound.known("twilio", ids) == frozenset(ids[:1])
    assert store.inbound.known("other", ids) == frozenset()
    assert store.inbound.known("twilio", []) == frozenset()


def test_ingest_after_a_number_moved_belongs_to_its_new_brand(store: Store) -> None:
    """A number that one brand gave up and another took is answered as the other's."""
    store.add_brand(some_settings("acme", "+13125550109"))
    store.add_brand(some_settings("birch", "+13125550100"))

    done = store.ingest(an_inbound(recipient="+13125550100"))

    assert store.cell("SELECT brand FROM inbound_message WHERE id = :id", done) == "birch"


def test_contact_unreachable_that_writes_can_be_answered_again(store: Store) -> None:
    """A text from a number proves that it can be reached, whatever a carrier once said of it."""
    store.add_brand()
    contact_id = store.contact_of(store.ingest(an_inbound("hello")))
    store.outbox.mark_unreachable("acme", contact_id)

    store.ingest(an_inbound("still here"))

    assert store.conversations.contact("acme", contact_id).unreachable is False


def test_text_told_again_says_nothing_new_about_whether_the_contact_is_reachable(
    store: Store,
) -> None:
    """A webhook repeated after the carrier's failure report is older than the report."""
    told = an_inbound("hello")
    contact_id = store.contact_of(store.ingest(told))
    store.outbox.mark_unreachable("acme", contact_id)

    assert store.ingest(told).duplicate
    assert store.conversations.contact("acme", contact_id).unreachable is True
