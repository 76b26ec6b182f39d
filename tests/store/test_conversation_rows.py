"""Laws of a conversation's rows: opened once, texts taken once, and sums that cannot drift."""

from datetime import timedelta

import pytest

from domain.conversation import ENDINGS, Status
from domain.facts import Fact, FactKind
from domain.money import Usage
from domain.outbox import OutboxState
from store.outbox_records import SendResult
from store.records import Ingested, Opening, StatusChange, TicketBinding
from store.turn_records import StepRecord, ToolRecord, TurnKey
from tests.builders import NOW, a_reply, an_inbound, some_settings
from tests.store.rig import Store, at_once

LATER = NOW + timedelta(minutes=1)


def opened_by(store: Store, *texts: Ingested, name: str = "conversation-1") -> Opening:
    """Open a conversation with these texts and return what was asked for."""
    opening = Opening(conversation_id=name, brand="acme", contact_id=store.contact_of(texts[0]))
    store.conversations.open_conversation(opening, [t.message_id for t in texts], NOW)
    return opening


def test_open_conversation_twice_changes_nothing(store: Store) -> None:
    """A retry finds it open, with the settings it began with, though newer ones exist."""
    done = store.ingest(an_inbound())
    opening = opened_by(store, done)
    before = store.rows("SELECT * FROM conversation")
    store.add_brand(some_settings(name="Acme Two"))

    again = store.conversations.open_conversation(opening, [done.message_id], LATER)

    assert (again.settings.version, again.settled) == (1, ())
    assert store.rows("SELECT * FROM conversation") == before


def test_open_conversation_by_many_at_once_opens_one(store: Store) -> None:
    """Two workers that both think the activity is theirs get the same conversation."""
    done = store.ingest(an_inbound())
    opening = Opening(
        conversation_id="conversation-1", brand="acme", contact_id=store.contact_of(done)
    )

    found = at_once(
        [lambda: store.conversations.open_conversation(opening, [done.message_id], NOW)] * 8
    )

    assert {f.settings.version for f in found} == {1}
    assert store.counts()["conversation"] == 1


def test_open_conversation_takes_what_the_one_before_left_to_it_and_nothing_else(
    store: Store,
) -> None:
    """Stamped there but never answered; a step of the one before that ends late changes nothing."""
    left, kept = store.ingest(an_inbound("left")), store.ingest(an_inbound("kept"))
    opened_by(store, left, name="first")
    store.conversations.claim_messages("acme", "first", 1, [left.message_id, kept.message_id])
    second = Opening(
        conversation_id="second",
        brand="acme",
        contact_id=store.contact_of(left),
        passed_on_by="first",
        passed_on=(left.message_id,),
    )

    ids = [left.message_id, kept.message_id]
    assert store.conversations.open_conversation(second, ids, NOW).settled == (kept.message_id,)
    assert store.conversations.claim_messages("acme", "first", 1, [left.message_id]) == ()
    (text,) = store.conversations.claim_messages("acme", "second", 1, [left.message_id])
    assert text.message_id == left.message_id


def test_step_that_ends_late_does_not_take_a_text_back_into_its_turn(store: Store) -> None:
    """The turn that answered it is the turn it belongs to."""
    done = store.ingest(an_inbound())
    opened_by(store, done)
    for turn in (1, 2, 1):
        store.conversations.claim_messages("acme", "conversation-1", turn, [done.message_id])

    assert store.rows("SELECT turn FROM inbound_message") == [(2,)]


def test_open_conversation_reports_texts_that_another_took(store: Store) -> None:
    """A text delivered again after its conversation ended is not answered twice."""
    old, new = store.ingest(an_inbound("old")), store.ingest(an_inbound("new"))
    opened_by(store, old, name="first")
    store.conversations.claim_messages("acme", "first", 1, [old.message_id])
    second = opened_by(store, new, name="second")

    found = store.conversations.open_conversation(second, [old.message_id, new.message_id], NOW)

    assert found.settled == (old.message_id,)


def test_open_conversation_for_settled_texts_only_opens_nothing(store: Store) -> None:
    """A late signal alone must not leave an empty conversation behind."""
    old = store.ingest(an_inbound())
    opened_by(store, old, name="first")
    store.conversations.claim_messages("acme", "first", 1, [old.message_id])

    opened_by(store, old, name="second")

    assert store.conversations.summary("acme", "second") is None


def test_claim_messages_returns_texts_in_order_of_arrival(store: Store) -> None:
    """However the ids are listed, and however often it is asked, the order is that of arrival."""
    texts = [store.ingest(an_inbound(body)) for body in ("one", "two", "three")]
    opened_by(store, *texts)
    ids = [t.message_id for t in reversed(texts)]

    first = store.conversations.claim_messages("acme", "conversation-1", 1, ids)
    again = store.conversations.claim_messages("acme", "conversation-1", 2, ids)

    assert [t.body for t in first] == ["one", "two", "three"]
    assert again == first
    assert store.rows("SELECT DISTINCT conversation_id, turn FROM inbound_message") == [
        ("conversation-1", 2)
    ]


def test_claim_messages_leaves_what_another_conversation_took(store: Store) -> None:
    """A text belongs to the conversation that answered it."""
    text = store.ingest(an_inbound())
    store.conversations.claim_messages("acme", "first", 1, [text.message_id])

    taken = store.conversations.claim_messages("acme", "second", 1, [text.message_id])

    assert taken == ()
    assert store.rows("SELECT conversation_id FROM inbound_message") == [("first",)]


def test_transcript_shows_both_sides_in_order_without_what_never_left(store: Store) -> None:
    """What the customer never saw is not part of what was said."""
    contact_id = store.contact_of(store.ingest(an_inbound("one")))
    store.ingest(an_inbound("two"))
    store.outbox.claim(a_reply(contact_id, "sent", body="Sent."), LATER)
    gone = a_reply(contact_id, "vetoed", body="Vetoed.", not_after=NOW)
    store.outbox.claim(gone, LATER)
    store.outbox.claim(a_reply(contact_id, "ready", body="Ready."), LATER)
    store.outbox.settle("ready", SendResult(state=OutboxState.READY), LATER)

    lines = store.conversations.transcript("acme", contact_id, NOW, 10)

    assert [line.body for line in lines] == ["one", "two", "Sent."]


@pytest.mark.parametrize(("limit", "expected"), [(0, []), (1, ["three"]), (2, ["two", "three"])])
def test_transcript_keeps_the_newest_lines(store: Store, limit: int, expected: list[str]) -> None:
    """The limit cuts off the oldest; since is inclusive."""
    contact_id = store.contact_of(store.ingest(an_inbound("one")))
    store.ingest(an_inbound("two"))
    store.ingest(an_inbound("three", received_at=LATER))

    assert [
        line.body for line in store.conversations.transcript("acme", contact_id, NOW, limit)
    ] == expected
    since = store.conversations.transcript("acme", contact_id, LATER, 10)
    assert [line.body for line in since] == ["three"]


def test_usage_is_the_sum_of_the_rows(store: Store) -> None:
    """Segments that were billed and every paid call count; vetoed and refused texts do not."""
    asked = store.ingest(an_inbound().model_copy(update={"segments": 2}))
    contact_id = store.contact_of(asked)
    opened_by(store, asked)
    store.conversations.claim_messages("acme", "conversation-1", 1, [asked.message_id])
    for name in ("sent", "unknown", "failed"):
        store.outbox.claim(a_reply(contact_id, name), NOW)
    store.outbox.settle("unknown", SendResult(state=OutboxState.UNKNOWN), NOW)
    store.outbox.settle("failed", SendResult(state=OutboxState.FAILED), NOW)
    store.outbox.claim(a_reply(contact_id, "vetoed", not_after=NOW), LATER)
    for step in range(2):
        store.turns.save_step("acme", _step(step), NOW)
        store.turns.save_step("acme", _step(step), NOW)

    usage = store.conversations.usage("acme", "conversation-1")

    assert usage == Usage(
        segments_out=2,
        segments_in=2,
        input_tokens=200,
        cached_tokens=20,
        output_tokens=10,
        model_calls=2,
    )
    summary = store.conversations.summary("acme", "conversation-1")
    assert summary is not None
    assert summary.usage == usage


def _key(step: int = 0) -> TurnKey:
    return TurnKey(conversation_id="conversation-1", turn=1, attempt=0, step=step)


def _step(step: int = 0, outcome: str = "{}") -> StepRecord:
    return StepRecord(
        key=_key(step),
        outcome=outcome,
        model="m",
        input_tokens=100,
        cached_tokens=10,
        output_tokens=5,
    )


def test_step_saved_twice_keeps_the_first(store: Store) -> None:
    """What was decided on is what was stored first; a later answer is dropped."""
    store.turns.save_step("acme", _step(outcome="first"), NOW)
    store.turns.save_step("acme", _step(outcome="second"), NOW)

    assert store.turns.step("acme", _key()) == _step(outcome="first")
    assert store.turns.steps("acme", "conversation-1", 1, 0) == (_step(outcome="first"),)


def test_tool_result_comes_back_as_it_was_stored(store: Store) -> None:
    """Facts, text and arguments survive the round trip; a second result is dropped."""
    record = ToolRecord(
        key=_key(),
        call_id="call-1",
        tool="find_orders",
        arguments='{"number": "1042"}',
        text="Order #1042 is on its way.",
        facts=(Fact(kind=FactKind.ORDER, value="#1042", source="order:1"),),
    )
    store.turns.save_tool_result("acme", record, NOW)
    store.turns.save_tool_result("acme", record.model_copy(update={"text": "other"}), NOW)

    assert store.turns.tool_result("acme", _key(), "call-1") == record
    assert store.turns.tool_results("acme", "conversation-1") == (record,)


def test_wrong_guesses_are_counted_since_an_instant(store: Store) -> None:
    """Old mistakes are forgiven when the window has passed."""
    for at in (NOW, LATER, LATER):
        store.turns.record_wrong_guess("acme", "someone", at)

    assert store.turns.wrong_guesses("acme", "someone", NOW) == 3
    assert store.turns.wrong_guesses("acme", "someone", LATER) == 2


@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_set_status_to_an_ending_closes_for_good(store: Store, ending: Status) -> None:
    """A late retry moves neither the ending nor the instant it was reached."""
    opened_by(store, store.ingest(an_inbound()))
    change = StatusChange(status=ending, intent="order_status", reason="other")
    store.conversations.set_status("acme", "conversation-1", change, NOW)

    for status in (Status.WAITING, ending):
        store.conversations.set_status(
            "acme", "conversation-1", StatusChange(status=status, intent="late"), LATER
        )

    found = store.conversations.summary("acme", "conversation-1")
    assert found is not None
    assert (found.status, found.closed_at, found.intent) == (ending, NOW, "order_status")


def test_set_status_leaves_what_it_does_not_name(store: Store) -> None:
    """None means no change; the owner stays with the human until it is handed back."""
    opened_by(store, store.ingest(an_inbound()))
    taken = StatusChange(status=Status.HANDED_OFF, intent="return", owner="human")
    store.conversations.set_status("acme", "conversation-1", taken, NOW)
    store.conversations.set_status(
        "acme", "conversation-1", StatusChange(status=Status.HANDED_OFF), NOW
    )

    found = store.conversations.summary("acme", "conversation-1")
    assert found is not None
    assert (found.owner, found.intent, found.closed_at) == ("human", "return", None)


def _change(status: Status, revision: int, owner: str | None = None) -> StatusChange:
    return StatusChange(status=status, owner=owner, revision=revision)


def _stands(store: Store) -> tuple[str, str]:
    found = store.conversations.summary("acme", "conversation-1")
    assert found is not None
    return found.status.value, found.owner


def test_change_that_a_slow_first_attempt_brings_late_is_dropped(store: Store) -> None:
    """It was tried again long ago, and more has happened since."""
    opened_by(store, store.ingest(an_inbound()))
    taken, back = _change(Status.HANDED_OFF, 1, "human"), _change(Status.WAITING, 2, "agent")
    for change in (taken, back):
        store.conversations.set_status("acme", "conversation-1", change, NOW)

    revision = store.conversations.set_status("acme", "conversation-1", taken, LATER)

    assert revision == 2
    assert _stands(store) == ("waiting", "agent")


def test_ending_is_recorded_whatever_number_it_has(store: Store) -> None:
    """Nothing comes after it, and a row that stayed open would be taken for a lost one."""
    opened_by(store, store.ingest(an_inbound()))
    for change in (_change(Status.WAITING, 5), _change(Status.CONTAINED, 4)):
        store.conversations.set_status("acme", "conversation-1", change, NOW)

    assert _stands(store) == ("contained", "agent")


def test_change_of_a_conversation_that_there_is_not_says_so(store: Store) -> None:
    """A human may take the word before the first text is committed to a conversation."""
    assert store.conversations.set_status("acme", "none", _change(Status.OPEN, 3), NOW) == 0


@pytest.mark.parametrize("intent", [None, "return"])
def test_note_answered_waits_for_the_customer(store: Store, intent: str | None) -> None:
    """The customer has the word; the intent known before stays when none is named."""
    opened_by(store, store.ingest(an_inbound()))
    before = StatusChange(status=Status.OPEN, intent="order_status")
    store.conversations.set_status("acme", "conversation-1", before, NOW)

    store.conversations.note_answered("acme", "conversation-1", intent)

    found = store.conversations.summary("acme", "conversation-1")
    assert found is not None
    assert (found.status, found.intent) == (Status.WAITING, intent or "order_status")


def test_ticket_is_bound_once(store: Store) -> None:
    """A retried activity does not bind a second ticket."""
    opened_by(store, store.ingest(an_inbound()))
    ticket = TicketBinding(external_id="x", provider="generic", ticket_id="T1", url=None)
    for number in ("T1", "T2"):
        again = ticket.model_copy(update={"ticket_id": number})
        store.conversations.save_ticket("acme", "conversation-1", again, NOW)

    assert store.rows("SELECT external_id, ticket_id FROM ticket") == [("x", "T1")]


def test_contact_answers_from_the_number_last_written_to(store: Store) -> None:
    """A customer who changes to the brand's other number is answered from that."""
    store.add_brand(some_settings("acme", "+13125550100", "+13125550102"))
    contact_id = store.contact_of(store.ingest(an_inbound(recipient="+13125550100")))
    store.ingest(an_inbound(recipient="+13125550102"))

    assert store.conversations.contact("acme", contact_id).number == "+13125550102"


def test_outcome_names_decision_conversation_and_replies(store: Store) -> None:
    """One question, asked by our id or the provider's, tells what became of a text."""
    message = an_inbound()
    asked = store.ingest(message)
    opened_by(store, asked)
    store.conversations.claim_messages("acme", "conversation-1", 1, [asked.message_id])
    store.outbox.claim(a_reply(store.contact_of(asked)), NOW)

    found = store.inbound.outcome("acme", asked.message_id)

    assert found is not None
    assert found == store.inbound.outcome(None, message.provider_message_id)
    assert (found.turn, [r.outbox_id for r in found.replies]) == (1, ["reply-1"])
    assert found.conversation is not None
    assert found.decision == asked.decision
