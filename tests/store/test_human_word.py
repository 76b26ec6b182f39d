"""A human's words and the word itself are one transaction: no draft leaves after them."""

import pytest

from domain.conversation import Status
from store.operator_records import TicketOwner
from store.outbox_records import Veto
from store.records import Ingested, Opening, StatusChange
from tests.builders import NOW, a_reply, an_inbound
from tests.store.rig import Store


def _open(store: Store, conversation_id: str) -> Ingested:
    done = store.ingest(an_inbound())
    opening = Opening(
        conversation_id=conversation_id, brand="acme", contact_id=store.contact_of(done)
    )
    store.conversations.open_conversation(opening, [done.message_id], NOW)
    return done


def _set(store: Store, conversation_id: str, status: Status, owner: str | None = None) -> None:
    change = StatusChange(status=status, owner=owner)
    store.conversations.set_status("acme", conversation_id, change, NOW)


def _owner(store: Store, conversation_id: str) -> str:
    found = store.conversations.summary("acme", conversation_id)
    assert found is not None
    return found.owner


@pytest.fixture
def asked(store: Store) -> TicketOwner:
    """Give an open conversation, as the ticket of it names it."""
    contact_id = store.contact_of(_open(store, "conversation-1"))
    return TicketOwner(brand="acme", contact_id=contact_id, conversation_id="conversation-1")


def test_draft_that_comes_after_a_humans_words_were_queued_does_not_leave(
    store: Store, asked: TicketOwner
) -> None:
    """The workflow need not have heard of them yet."""
    store.operators.queue_human_text(asked, "Sam here.", "helpdesk:1", NOW)

    claim = store.outbox.claim(a_reply(asked.contact_id), NOW)
    assert (claim.granted, claim.veto) == (False, Veto.HUMAN_OWNS)


def test_answer_to_an_earlier_conversations_ticket_silences_the_agent_in_the_open_one(
    store: Store, asked: TicketOwner
) -> None:
    """The customer hears one voice at a time; what has ended stays as it is."""
    _set(store, "conversation-1", Status.CONTAINED)
    _open(store, "conversation-2")
    store.operators.queue_human_text(asked, "Late, sorry.", "helpdesk:1", NOW)

    reply = a_reply(asked.contact_id, conversation_id="conversation-2")
    assert store.outbox.claim(reply, NOW).veto is Veto.HUMAN_OWNS
    assert _owner(store, "conversation-1") == "agent"


def test_words_told_again_after_the_word_was_handed_back_do_not_take_it_again(
    store: Store, asked: TicketOwner
) -> None:
    """A helpdesk repeats its webhooks; only the first telling is news."""
    store.operators.queue_human_text(asked, "Sam here.", "helpdesk:1", NOW)
    assert _owner(store, "conversation-1") == "human"
    _set(store, "conversation-1", Status.OPEN, owner="agent")
    store.operators.queue_human_text(asked, "Sam here.", "helpdesk:1", NOW)

    assert _owner(store, "conversation-1") == "agent"


def test_change_decided_before_a_human_wrote_does_not_take_the_word_from_them(
    store: Store, asked: TicketOwner
) -> None:
    """A hand-back that is under way knows nothing of the words that are committed meanwhile."""
    store.operators.queue_human_text(asked, "Sam here.", "helpdesk:1", NOW)
    back = StatusChange(status=Status.WAITING, owner="agent", revision=2)
    more = store.operators.queue_human_text(asked, "One more thing.", "helpdesk:2", NOW)
    told = store.conversations.set_status("acme", "conversation-1", back, NOW)
    assert (told, _owner(store, "conversation-1")) == (more.revision, "human")

    heard = back.model_copy(update={"revision": more.revision + 1})
    store.conversations.set_status("acme", "conversation-1", heard, NOW)
    assert _owner(store, "conversation-1") == "agent"


def test_words_told_again_change_no_revision(store: Store, asked: TicketOwner) -> None:
    """Only what is news may outrank what the conversation has decided since."""
    first = store.operators.queue_human_text(asked, "Sam here.", "helpdesk:1", NOW)
    again = store.operators.queue_human_text(asked, "Sam here.", "helpdesk:1", NOW)

    assert again == first
