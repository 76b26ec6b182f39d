"""What a turn is decided on: nothing that gets a turn of its own."""

import pytest
from sqlalchemy import text

from activities.messages import TakeTurn
from activities.turn_context import TurnContexts
from domain.brand_accounts import ModelSettings
from domain.message import InboundMessage
from runtime.adapters import present
from runtime.wiring import Runtime
from store.records import Opening
from tests.builders import an_inbound, some_settings


def _text(body: str) -> InboundMessage:
    return an_inbound(body, received_at=present())


@pytest.mark.parametrize("seen", [["How do I wash wool?"], []], ids=["told", "on_its_way"])
async def test_earlier_text_that_is_on_its_way_is_left_to_its_own_turn(
    runtime: Runtime,
    seen: list[str],
) -> None:
    """The model would answer it now, and once more when the conversation is told of it."""
    model = ModelSettings(name="rules")
    named = some_settings().model_copy(update={"model": model})
    runtime.brands.save_settings(named, "test", present())
    first = runtime.ingest(_text("How do I wash wool?"))
    second = runtime.ingest(_text("Where is my order?"))
    with runtime.database.read() as connection:
        contact_id = str(connection.execute(text("SELECT id FROM contact")).scalar_one())
    opening = Opening(conversation_id="conversation-1", brand="acme", contact_id=contact_id)
    runtime.conversations.open_conversation(opening, [second.message_id], present())
    told = [first.message_id, second.message_id] if seen else [second.message_id]
    runtime.inbound.mark_dispatched(told, present())
    contexts = TurnContexts(
        runtime.brands, runtime.conversations, runtime.turns, runtime.adapters, present
    )

    gathered = contexts.gather(
        TakeTurn(
            brand="acme", contact_id=contact_id, conversation_id="conversation-1", turn=1,
            attempt=1, step=0, message_ids=(second.message_id,), first_reply=True,
        )
    )  # fmt: skip

    assert gathered.context.batch == ("Where is my order?",)
    assert [line.body for line in gathered.context.transcript] == seen
