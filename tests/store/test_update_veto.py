"""Laws of the one text that says an answer is still to come: never after the answer, nor STOP."""

from datetime import timedelta

import pytest

from domain.message import MessageOrigin
from domain.outbox import OutboxState
from store.outbox_records import Claim, SendKind, SendResult, Veto
from store.records import Opening
from tests.builders import NOW, a_reply, an_inbound
from tests.store.rig import Store

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def contact(store: Store) -> str:
    """Give a customer who was told that a person will reply."""
    asked = store.ingest(an_inbound())
    opening = Opening(
        conversation_id="conversation-1", brand="acme", contact_id=store.contact_of(asked)
    )
    store.conversations.open_conversation(opening, [asked.message_id], NOW)
    told = a_reply(opening.contact_id, "told", kind=SendKind.ACKNOWLEDGEMENT)
    store.outbox.claim(told, NOW)
    store.outbox.settle("told", SendResult(state=OutboxState.SENT), NOW)
    return opening.contact_id


def _human_writes(store: Store, contact: str, minutes: int) -> None:
    text = a_reply(contact, "human", kind=SendKind.HUMAN, not_after=NOW + timedelta(days=1))
    human = text.model_copy(update={"origin": MessageOrigin.HUMAN})
    store.outbox.claim(human, NOW + timedelta(minutes=minutes))


def _claim(store: Store, contact: str) -> Claim:
    return store.outbox.claim(a_reply(contact, "update", kind=SendKind.UPDATE), LATER)


def test_update_while_nobody_has_answered_is_granted(store: Store, contact: str) -> None:
    """Nothing but the waiting has happened; a human having the word does not matter."""
    assert _claim(store, contact).granted


def test_update_after_a_human_wrote_is_vetoed(store: Store, contact: str) -> None:
    """Even when the conversation has not heard of the answer yet: the row is enough."""
    _human_writes(store, contact, minutes=1)

    assert _claim(store, contact).veto is Veto.ANSWERED


def test_update_is_not_vetoed_by_what_a_human_wrote_before_the_handoff(
    store: Store, contact: str
) -> None:
    """An answer of last week answers nothing now."""
    _human_writes(store, contact, minutes=-1)

    assert _claim(store, contact).granted


def test_update_is_not_vetoed_by_a_humans_text_that_failed(store: Store, contact: str) -> None:
    """The customer has not read it."""
    _human_writes(store, contact, minutes=1)
    store.outbox.settle("human", SendResult(state=OutboxState.FAILED), NOW)

    assert _claim(store, contact).granted


def test_update_to_a_suppressed_contact_is_vetoed(store: Store, contact: str) -> None:
    """What the agent starts by itself never follows an opt-out."""
    store.ingest(an_inbound("STOP"))

    assert _claim(store, contact).veto is Veto.SUPPRESSED


def test_update_after_its_day_is_over_is_vetoed(store: Store, contact: str) -> None:
    """The last instant of the day is in the row: a send that comes late does not come at night."""
    update = a_reply(contact, "update", kind=SendKind.UPDATE, not_after=NOW)

    assert store.outbox.claim(update, LATER).veto is Veto.STALE
