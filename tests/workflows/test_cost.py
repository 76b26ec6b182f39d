"""What a conversation costs and shows: events, payloads, attributes, details."""

import pytest
from temporalio.common import SearchAttributeKey

from tests.rig import AVA, Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand

pytestmark = pytest.mark.temporal

_EVENTS_PER_TURN = 33
_PAYLOAD_BYTES = 16 * 1024


async def _quiet(shop: Brand) -> int:
    """Wait until no task and no activity is under way, and return the history's length."""

    async def at_rest() -> bool:
        shown = (await shop.handle().describe()).raw_description
        return not shown.HasField("pending_workflow_task") and not shown.pending_activities

    await until(at_rest, "a conversation at rest")
    return len((await shop.history()).events)


async def test_turn_with_one_tool_costs_at_most_33_events(
    open_shop: OpenBrand,
) -> None:
    """Window, two model calls, one tool and the send: the steady state of a conversation."""
    shop = open_shop(timers={"burst_window_seconds": 0.3})
    await shop.text("Where is my order?")
    await shop.answered(1)
    before = await _quiet(shop)
    await shop.text("What is your return policy?")
    await shop.answered(2)

    assert await _quiet(shop) - before <= _EVENTS_PER_TURN


async def test_no_payload_is_larger_than_16_kilobytes_and_none_holds_a_phone_number(
    shop: Brand,
) -> None:
    """Ids stand in history, words where they must, phone numbers nowhere."""
    await shop.text("Where is my order? " + "Really, where is it? " * 70)
    await shop.answered(1)
    await shop.text("I want to talk to a person")
    await shop.status("handed_off")

    events = (await shop.history()).events
    written = b"".join(event.SerializeToString() for event in events)
    assert b"Really, where is it?" in written
    assert AVA[2:].encode() not in written
    assert shop.number[2:].encode() not in written
    assert max(event.ByteSize() for event in events) <= _PAYLOAD_BYTES


async def test_search_attributes_follow_the_status(shop: Brand) -> None:
    """Operators find conversations by brand, status, intent and escalation."""
    await shop.text("Where is my order?")
    await shop.answered(1)

    shown = (await shop.handle().describe()).typed_search_attributes
    assert shown[SearchAttributeKey.for_keyword("Brand")] == shop.settings.brand
    assert shown[SearchAttributeKey.for_keyword("Channel")] == "sms"
    assert shown[SearchAttributeKey.for_keyword("ConversationStatus")] == "waiting"
    assert shown[SearchAttributeKey.for_keyword("Intent")] == "order_status"
    assert shown[SearchAttributeKey.for_datetime("OpenedAt")].tzinfo is not None

    await shop.text("I want to talk to a person")
    await shop.status("handed_off")

    async def escalated() -> bool:
        found = (await shop.handle().describe()).typed_search_attributes
        return found.get(SearchAttributeKey.for_bool("Escalated")) is True

    await until(escalated, "the attribute Escalated")


async def test_current_details_show_the_last_words_and_the_last_decision(shop: Brand) -> None:
    """The Temporal UI reads as a transcript; what a customer writes cannot break the table."""
    await shop.text("Where is my order | [link](https://evil.example)?")
    (reply,) = await shop.answered(1)

    shown = await shop.handle().query("__temporal_workflow_metadata")
    details = str(shown)
    assert "| customer |" in details
    assert "\\\\[link\\\\]" in details or "\\[link\\]" in details
    assert "answered" in details
    assert reply.split(":")[0] in details
