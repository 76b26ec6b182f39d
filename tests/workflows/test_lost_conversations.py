"""One conversation that Temporal has lost goes on where the store left it, whatever finds it.

Terminated here, as by an operator's hand; of a lost store the same is left.
"""

from datetime import timedelta

import pytest

from domain.conversation import Status
from runtime.adapters import present
from runtime.rebuild import Rebuilder
from runtime.reviving import Outcome
from runtime.telling import build_rebuilder
from store.rebuild import SqlRebuildStore
from tests.product import Product
from tests.rig import Brand
from tests.wait import until

pytestmark = pytest.mark.temporal

WISMO = "Where is my order?"
HUMAN = "I want to talk to a human"


@pytest.fixture
def rebuilder(product: Product) -> Rebuilder:
    """Give what the worker, the API and the command start lost conversations with."""
    return build_rebuilder(product.client, product.runtime, product.queues)


async def test_next_text_goes_to_the_conversation_that_was_lost(shop: Brand) -> None:
    """The second turn of the same conversation: no new greeting, no second row."""
    await shop.text(WISMO)
    await shop.answered(1)
    before = await shop.snapshot()
    await shop.handle().terminate()

    await shop.text("What is your return policy?")
    texts = await shop.answered(2)

    after = await shop.snapshot()
    assert (after.conversation_id, after.turn) == (before.conversation_id, 2)
    assert "AI assistant" not in texts[1]
    assert len(shop.conversations()) == 1


async def test_text_to_a_human_whose_conversation_was_lost_reaches_the_human(shop: Brand) -> None:
    """Started afresh, the agent would answer; the human keeps the word and the ticket."""
    await shop.text(HUMAN)
    await shop.replies(1)
    await until(lambda: len(shop.rows("ticket")) == 1, "the ticket is known")
    await shop.handle().terminate()

    await shop.text(WISMO)
    await shop.taken(2)

    async def is_in_ticket() -> bool:
        return WISMO in str((await shop.tickets())[0])

    await until(is_in_ticket, "the text is in the ticket")
    found = await shop.snapshot()
    assert (found.status, found.handoffs) == (Status.HANDED_OFF.value, 1)
    assert found.ticket_id == shop.rows("ticket")[0]["ticket_id"]
    assert (len(await shop.phone()), len(await shop.tickets())) == (1, 1)


async def test_lost_conversation_is_found_by_comparison_and_started_once(
    shop: Brand, rebuilder: Rebuilder
) -> None:
    """Two rounds at once and a third change nothing more; what runs is not among the lost."""
    await shop.text(WISMO)
    await shop.answered(1)
    brand = shop.settings.brand
    assert await rebuilder.losses.conversations(brand) == ()
    await shop.handle().terminate()

    lost = await rebuilder.losses.conversations(brand)
    outcomes = [outcome async for _, outcome in rebuilder.rebuild((*lost, *lost))]

    assert sorted(outcomes) == [Outcome.RUNS, Outcome.STARTED]
    assert [outcome async for _, outcome in rebuilder.rebuild(lost)] == [Outcome.RUNS]
    assert (await shop.snapshot()).status == Status.WAITING.value
    assert len(await shop.phone()) == 1


async def test_reply_that_the_carrier_took_unseen_is_found_before_the_conversation_goes_on(
    shop: Brand, product: Product, rebuilder: Rebuilder
) -> None:
    """Its outcome is unknown when the conversation is lost; the text is never sent again."""
    await product.fault("twilio", kind="lost_answer", method="POST", path_contains="Messages")
    await shop.text(WISMO)
    await until(lambda: [r["state"] for r in shop.rows("outbox")] == ["unknown"], "unknown")
    await shop.handle().terminate()

    outcome = await rebuilder.revive(shop.settings.brand, shop.contact_id())

    assert outcome is Outcome.STARTED
    found = await shop.snapshot()
    assert (found.agent_texts, found.turn, found.waiting_texts) == (1, 1, 0)
    await shop.text("What is your return policy?")
    assert len(await shop.answered(2)) == 2


async def test_conversation_whose_reply_may_still_be_found_waits_and_so_does_its_next_text(
    shop: Brand, product: Product, rebuilder: Rebuilder
) -> None:
    """A text that nobody can be told of yet stays to be told."""
    await product.fault("twilio", kind="cut", method="POST", path_contains="Messages")
    await shop.text(WISMO)
    await until(lambda: [r["state"] for r in shop.rows("outbox")] == ["unknown"], "unknown")
    await shop.handle().terminate()

    outcome = await rebuilder.revive(shop.settings.brand, shop.contact_id())
    await shop.text("Hello?")

    assert outcome is Outcome.WAITS
    waits = product.runtime.inbound.pending_message(shop.rows("inbound_message")[-1]["id"])
    assert waits is not None
    assert waits.conversation_open
    assert await shop.phone() == []
    product.runtime.inbound.mark_dispatched([waits.message_id], present())  # no later test's


async def test_conversation_that_has_ended_is_not_started_again(
    shop: Brand, rebuilder: Rebuilder
) -> None:
    """The store says how it ended; the next text begins another one."""
    await shop.text(WISMO)
    await shop.answered(1)
    await shop.text("STOP")
    await shop.handle().result()

    outcome = await rebuilder.revive(shop.settings.brand, shop.contact_id())

    assert outcome is Outcome.NONE_OPEN


async def test_question_beside_an_opt_out_is_handed_over_once_and_never_found_stranded(
    shop: Brand, product: Product
) -> None:
    """Its conversation has ended with a ticket: no round may begin it again."""
    await shop.text("Stop texting me. Where is my refund?")
    await shop.status("opted_out")
    store, now = SqlRebuildStore(product.runtime.database), present()

    a_day, a_minute = timedelta(days=1), timedelta(minutes=1)
    found = store.stranded(now - a_day, now + a_minute, 1_000)
    assert [text for text in found if text.brand == shop.settings.brand] == []
    (conversation,) = shop.conversations()
    assert [m["conversation_id"] for m in shop.rows("inbound_message")] == [conversation["id"]]
