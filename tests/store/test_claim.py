"""Laws of the last look: one grant for one text, and a veto for every reason to be silent."""

from datetime import timedelta

import pytest

from domain.conversation import Status
from domain.errors import RuleBroken
from domain.gate.decision import Disposition, Label, Layer
from domain.outbox import OutboxState
from store.outbox_records import SendKind, SendResult, Veto
from store.records import Ingested, Opening, StatusChange
from tests.builders import NOW, a_decision, a_reply, an_inbound
from tests.store.rig import Store, at_once

AGENTS_OWN = (SendKind.REPLY, SendKind.CLOSEOUT)
NOT_THE_AGENTS = (
    SendKind.ACKNOWLEDGEMENT,
    SendKind.HUMAN,
    SendKind.NOTICE,
    SendKind.CONFIRMATION,
    SendKind.UPDATE,
)


@pytest.fixture
def asked(store: Store) -> Ingested:
    """Give a question whose conversation is open."""
    done = store.ingest(an_inbound())
    opening = Opening(
        conversation_id="conversation-1", brand="acme", contact_id=store.contact_of(done)
    )
    store.conversations.open_conversation(opening, [done.message_id], NOW)
    return done


def test_claim_of_a_ready_text_is_granted(store: Store, asked: Ingested) -> None:
    """The row is SENDING, counts its attempt, and the receipt is stored with it."""
    claim = store.outbox.claim(a_reply(store.contact_of(asked)), NOW, receipt="{}")

    assert (claim.granted, claim.veto) == (True, None)
    assert (claim.row.state, claim.row.attempts, claim.row.first_try_at) == (
        OutboxState.SENDING,
        1,
        NOW,
    )
    assert store.rows("SELECT outbox_id, receipt FROM receipt") == [("reply-1", "{}")]


def test_claim_by_many_at_once_is_granted_to_one(store: Store, asked: Ingested) -> None:
    """Two workers with the same turn must not both call the provider."""
    text = a_reply(store.contact_of(asked))

    claims = at_once([lambda: store.outbox.claim(text, NOW)] * 12)

    assert sorted(c.granted for c in claims) == [False] * 11 + [True]
    assert {c.row.state for c in claims} == {OutboxState.SENDING}
    assert store.counts()["outbox"] == 1


def test_claim_notice_by_many_at_once_is_granted_to_one(store: Store) -> None:
    """Dispatcher and sweeper may both find a confirmation; one of them sends it."""
    notice = store.ingest(an_inbound("STOP")).notice_id or ""

    claims = at_once([lambda: store.outbox.claim_notice(notice, NOW)] * 12)

    assert sum(c.granted for c in claims) == 1


@pytest.mark.parametrize(
    "state",
    [s for s in OutboxState if s not in (OutboxState.READY, OutboxState.VETOED)],
)
def test_claim_of_a_text_that_may_have_left_is_never_granted(
    store: Store, asked: Ingested, state: OutboxState
) -> None:
    """SENDING and everything after it is looked for at the provider, not posted again."""
    text = a_reply(store.contact_of(asked))
    store.outbox.claim(text, NOW)
    if state is OutboxState.ABANDONED:
        store.outbox.settle("reply-1", SendResult(state=OutboxState.UNKNOWN), NOW)
    store.outbox.settle("reply-1", SendResult(state=state), NOW)

    again = store.outbox.claim(text, NOW)

    assert (again.granted, again.veto, again.row.state) == (False, None, state)


def test_claim_after_a_certain_failure_is_granted_again(store: Store, asked: Ingested) -> None:
    """What the provider certainly never saw goes back to READY and counts a second attempt."""
    text = a_reply(store.contact_of(asked))
    store.outbox.claim(text, NOW)
    store.outbox.settle("reply-1", SendResult(state=OutboxState.READY, problem="refused"), NOW)

    again = store.outbox.claim(text, NOW + timedelta(seconds=1))

    assert (again.granted, again.row.attempts, again.row.first_try_at) == (True, 2, NOW)


def test_claim_after_a_veto_stays_vetoed(store: Store, asked: Ingested) -> None:
    """A text that was not to be sent is not sent later, when the reason has gone."""
    text = a_reply(store.contact_of(asked))
    store.ingest(an_inbound("STOP"))
    first = store.outbox.claim(text, NOW)
    store.ingest(an_inbound("START"))

    second = store.outbox.claim(text, NOW)

    assert (first.veto, second.veto) == (Veto.SUPPRESSED, Veto.SUPPRESSED)
    assert (second.granted, second.row.state) == (False, OutboxState.VETOED)


def test_claim_after_its_time_is_vetoed(store: Store, asked: Ingested) -> None:
    """An answer that comes after an outage of hours is worse than none; the edge still counts."""
    contact_id = store.contact_of(asked)
    edge = store.outbox.claim(a_reply(contact_id, "edge", not_after=NOW), NOW)
    late = store.outbox.claim(
        a_reply(contact_id, "late", not_after=NOW), NOW + timedelta(microseconds=1)
    )

    assert (edge.granted, late.granted, late.veto) == (True, False, Veto.STALE)


def test_claim_for_an_unreachable_number_is_vetoed(store: Store, asked: Ingested) -> None:
    """A number that the carrier called a landline costs nothing more."""
    contact_id = store.contact_of(asked)
    store.outbox.mark_unreachable("acme", contact_id)

    assert store.outbox.claim(a_reply(contact_id), NOW).veto is Veto.UNREACHABLE
    assert store.conversations.contact("acme", contact_id).unreachable


@pytest.mark.parametrize("kind", [*AGENTS_OWN, *NOT_THE_AGENTS])
def test_claim_while_a_human_owns_vetoes_the_agents_own_words_only(
    store: Store, asked: Ingested, kind: SendKind
) -> None:
    """After a takeover the agent is silent; the human, and fixed texts, are not."""
    change = StatusChange(status=Status.HANDED_OFF, owner="human")
    store.conversations.set_status("acme", "conversation-1", change, NOW)

    claim = store.outbox.claim(a_reply(store.contact_of(asked), kind=kind), NOW)

    assert claim.veto is (Veto.HUMAN_OWNS if kind in AGENTS_OWN else None)
    assert claim.granted is (kind not in AGENTS_OWN)


@pytest.mark.parametrize(
    ("newer", "vetoed"),
    [("And where is the other?", True), ("HM", False), ("THANKS", False), ("HELP", False)],
    ids=["question", "noise", "thanks", "keyword"],
)
def test_claim_with_a_newer_text_is_vetoed_only_if_it_wants_an_answer(
    store: Store, asked: Ingested, newer: str, *, vetoed: bool
) -> None:
    """A draft that does not cover the newest question is dropped; noise costs no reply."""
    covers = store.seq_of(asked)
    store.ingest(an_inbound(newer))

    claim = store.outbox.claim(a_reply(store.contact_of(asked), covers_seq=covers), NOW)

    assert claim.veto is (Veto.NEWER_TEXT if vetoed else None)


def test_claim_with_a_newer_text_that_the_model_calls_noise_is_granted(
    store: Store, asked: Ingested
) -> None:
    """The veto follows the newest verdict on the newer text."""
    newer = store.ingest(an_inbound("asdf"))
    noise = a_decision(Disposition.IGNORE, Label.GIBBERISH, layer=Layer.MODEL)
    store.conversations.record_decision("acme", newer.message_id, noise, NOW)

    claim = store.outbox.claim(
        a_reply(store.contact_of(asked), covers_seq=store.seq_of(asked)), NOW
    )

    assert claim.granted


def test_claim_with_a_newer_text_of_someone_else_is_granted(store: Store, asked: Ingested) -> None:
    """Only the contact's own newer texts matter."""
    store.ingest(an_inbound(sender="+13125550143"))

    claim = store.outbox.claim(
        a_reply(store.contact_of(asked), covers_seq=store.seq_of(asked)), NOW
    )

    assert claim.granted


def test_claim_for_a_contact_that_is_not_known_is_refused(store: Store) -> None:
    """Nothing is known about such a contact's consent, so nothing is queued either."""
    with pytest.raises(RuleBroken, match="no contact"):
        store.outbox.claim(a_reply("nobody"), NOW)

    assert store.counts()["outbox"] == 0


def test_outbox_of_an_unknown_row_is_refused(store: Store) -> None:
    """Asking about a row that does not exist is our bug and says so."""
    with pytest.raises(RuleBroken, match="no outbox row"):
        store.outbox.claim_notice("missing", NOW)
    with pytest.raises(RuleBroken, match="no outbox row"):
        store.outbox.settle("missing", SendResult(state=OutboxState.SENT), NOW)


def test_claim_needs_at_most_twelve_statements(store: Store, asked: Ingested) -> None:
    """The look and the flip hold the contact's lock, so they have to be short."""
    text = a_reply(store.contact_of(asked), covers_seq=store.seq_of(asked))

    with store.statements() as seen:
        store.outbox.claim(text, NOW, receipt="{}")

    assert len(seen) <= 12, "\n".join(seen)


def test_in_doubt_returns_rows_left_in_sending_or_unknown(store: Store, asked: Ingested) -> None:
    """The sweeper finds what a killed worker left; settled rows and young ones are not its own."""
    contact_id = store.contact_of(asked)
    for name in ("left", "unknown", "sent"):
        store.outbox.claim(a_reply(contact_id, name), NOW)
    store.outbox.settle("unknown", SendResult(state=OutboxState.UNKNOWN), NOW)
    store.outbox.settle("sent", SendResult(state=OutboxState.SENT, provider_message_id="SM1"), NOW)
    later = NOW + timedelta(minutes=1)
    store.outbox.claim(a_reply(contact_id, "young"), later)

    assert {row.outbox_id for row in store.outbox.in_doubt(NOW, 10)} == {"left", "unknown"}
    assert len(store.outbox.in_doubt(later, 10)) == 3
