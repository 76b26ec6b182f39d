"""What was consumed is added up alike, by conversation and by time."""

import pytest

from domain.outbox import OutboxState
from store.outbox_records import SendResult
from store.records import Opening
from store.spending import SqlSpendingStore
from tests.builders import NOW, a_reply, an_inbound
from tests.store.rig import Store, at_once

_BILLED = {state: state not in ("ready", "vetoed", "failed") for state in OutboxState}


@pytest.mark.parametrize("state", list(OutboxState))
def test_text_is_billed_alike_to_its_conversation_and_to_its_brand(
    store: Store, state: OutboxState
) -> None:
    """No provider charges for what it never took; what may have been taken counts."""
    done = store.ingest(an_inbound())
    contact_id = store.contact_of(done)
    opening = Opening(conversation_id="conversation-1", brand="acme", contact_id=contact_id)
    store.conversations.open_conversation(opening, [done.message_id], NOW)
    if state is OutboxState.VETOED:
        store.outbox.mark_unreachable("acme", contact_id)
    store.outbox.claim(a_reply(contact_id), NOW)
    if state is OutboxState.ABANDONED:
        store.outbox.settle("reply-1", SendResult(state=OutboxState.UNKNOWN), NOW)
    store.outbox.settle("reply-1", SendResult(state=state), NOW)
    assert store.rows("SELECT state FROM outbox") == [(state.value,)]

    spending = SqlSpendingStore(store.database)
    found = (
        spending.of_conversation("acme", "conversation-1").segments_out,
        spending.since("acme", None, NOW).segments_out,
        spending.since("acme", contact_id, NOW).segments_out,
    )
    assert found == (int(_BILLED[state]),) * 3


def test_brand_is_warned_of_each_level_of_a_month_once_whoever_notices(store: Store) -> None:
    """Many workers notice at once; a lower level after a higher one is no news."""
    spending = SqlSpendingStore(store.database)

    told = at_once([lambda: spending.note_alert("acme", "2026-03", 80, NOW)] * 6)

    assert sorted(told) == [False] * 5 + [True]
    levels = [("2026-03", 70), ("2026-03", 100), ("2026-03", 100), ("2026-04", 70)]
    found = [spending.note_alert("acme", month, level, NOW) for month, level in levels]
    assert found == [False, True, False, True]
