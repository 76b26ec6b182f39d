"""Who has the word: tickets old and new, closed and opened again, operators who ask twice."""

from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError

from runtime.adapters import present
from tests.product import Product
from tests.rig import Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand
from workflows.protocol import Close, HandBack, HumanReply, TakeOver

pytestmark = pytest.mark.temporal

_HUMAN = "I want to talk to a person"
_HOURS = "What are your store hours?"
_POLICY = "What is your return policy?"
_IN_DOUBT = "stop it lol, where is my order?"


async def _ticket(shop: Brand) -> str:
    """Ask for a person; return the ticket once the conversation knows of it."""
    before = len(await shop.phone())
    await shop.text(_HUMAN)
    await shop.replies(before + 1)

    async def known() -> bool:
        return (await shop.snapshot()).ticket_id is not None

    await until(known, "the ticket known to the conversation")
    return str((await shop.snapshot()).ticket_id)


async def _next_conversation(shop: Brand) -> str:
    """Leave a ticket open behind, and begin another conversation; return the ticket."""
    ticket = await _ticket(shop)
    await shop.handle().execute_update("close", Close(operator="ada"))
    await shop.handle().result()
    await shop.text(_HOURS)
    await shop.replies(2)
    await shop.status("waiting")
    return ticket


async def test_answer_to_an_old_ticket_takes_the_word_until_that_ticket_is_closed(
    shop: Brand, product: Product
) -> None:
    """What the customer answers stands where the human works; closing it gives the word back."""
    ticket = await _next_conversation(shop)
    await product.control("/helpdesk/_control/reply", {"ticket_id": ticket, "text": "Sam, late."})
    assert (await shop.replies(3))[2] == "Sam, late."
    await shop.status("handed_off")

    await shop.text(_POLICY)

    async def appended() -> bool:
        found = (await product.control("/helpdesk/_control/tickets"))["tickets"]
        return _POLICY in str(next(t for t in found if t["id"] == ticket)["messages"])

    await until(appended, "the text in the old ticket")
    assert len(await shop.phone()) == 3
    await product.control("/helpdesk/_control/close", {"ticket_id": ticket})
    await shop.status("waiting")
    await shop.text(_POLICY)
    assert "30 days" in (await shop.replies(4))[3]


async def test_answer_whose_webhook_comes_after_the_closing_leaves_the_word_with_the_agent(
    shop: Brand, product: Product
) -> None:
    """Helpdesks send both at once, in any order; the agent goes on, in the store as well."""
    ticket, written = await _ticket(shop), present()
    await product.control("/helpdesk/_control/close", {"ticket_id": ticket})
    await shop.status("waiting")
    words = HumanReply(message_id="R-1", body="Done.", author="Sam", ticket_id=ticket, at=written)
    await shop.handle().signal("human_reply", words)

    await shop.text(_POLICY)
    assert "30 days" in (await shop.replies(2))[1]
    assert (await shop.status("waiting"))["owner"] == "agent"


async def test_ticket_closed_before_we_know_of_it_gives_the_word_back(
    shop: Brand, product: Product
) -> None:
    """The helpdesk's answer to the opening was lost; the closing names our own id of the ticket."""
    await product.fault("helpdesk", kind="lost_answer", times=3)
    await shop.text(_HUMAN)
    await shop.replies(1)

    async def opened() -> bool:
        return bool(await shop.tickets())

    await until(opened, "a ticket in the helpdesk")
    (ticket,) = await shop.tickets()
    assert shop.rows("ticket") == []
    await product.control("/helpdesk/_control/close", {"ticket_id": ticket["id"]})

    assert (await shop.status("waiting"))["owner"] == "agent"
    assert len(await shop.tickets()) == 1


async def test_answer_written_after_the_closing_takes_the_word(
    shop: Brand, product: Product
) -> None:
    """They have more to say: the agent does not talk over them, though nobody opened the ticket."""
    ticket = await _ticket(shop)
    await product.control("/helpdesk/_control/close", {"ticket_id": ticket})
    await shop.status("waiting")
    later = present() + timedelta(seconds=5)
    words = HumanReply(message_id="R-2", body="P.S.", author="Sam", ticket_id=ticket, at=later)
    await shop.handle().signal("human_reply", words)

    assert (await shop.status("handed_off"))["owner"] == "human"


async def test_text_in_doubt_is_the_agents_when_the_word_comes_back_while_the_model_reads_it(
    shop: Brand, product: Product
) -> None:
    """An operator hands back in mid-classification: the text is not left with nobody."""
    await shop.text(_HOURS)
    await shop.answered(1)
    await shop.handle().execute_update("take_over", TakeOver(operator="ada"))
    await product.control("/openai/_control/latency", {"seconds": 1.5})
    asked = len(await product.requests("openai", "/responses"))
    await shop.text(_IN_DOUBT)

    async def reading() -> bool:
        return len(await product.requests("openai", "/responses")) > asked

    await until(reading, "the model reads the text")
    await shop.handle().execute_update("hand_back", HandBack(operator="ada"))
    await product.control("/openai/_control/latency", {"seconds": 0})

    assert len(await shop.answered(2)) == 2


async def test_ticket_opened_again_gives_the_human_the_word(shop: Brand, product: Product) -> None:
    """The agent is silent until it is closed again."""
    ticket = await _ticket(shop)
    await product.control("/helpdesk/_control/close", {"ticket_id": ticket})
    await shop.status("waiting")
    await product.control("/helpdesk/_control/reopen", {"ticket_id": ticket})
    assert (await shop.status("handed_off"))["owner"] == "human"

    await shop.text(_POLICY)
    await shop.taken(2)
    assert len(await shop.phone()) == 1
    await product.control("/helpdesk/_control/close", {"ticket_id": ticket})
    await shop.text(_POLICY)
    assert "30 days" in (await shop.replies(2))[1]


async def test_humans_pause_that_is_over_gives_the_word_back(open_shop: OpenBrand) -> None:
    """Nobody closed the ticket: the agent answers the next text; silence ends it escalated."""
    shop = open_shop(timers={"human_pause_hours": 2, "idle_after_hours": 3})
    await _ticket(shop)
    await shop.pass_time(timedelta(hours=2, minutes=2))
    assert (await shop.status("waiting"))["owner"] == "agent"

    await shop.text(_POLICY)
    assert "30 days" in (await shop.answered(1))[1]
    await shop.pass_time(timedelta(hours=3, minutes=2))
    assert (await shop.handle().result())["status"] == "escalated"


async def test_close_answers_for_the_texts_received_so_far(shop: Brand, product: Product) -> None:
    """A text in a turn and one behind it: neither is answered, neither opens a conversation."""
    await product.control("/openai/_control/latency", {"seconds": 1.5})
    await shop.text(_HOURS)

    async def thinking() -> bool:
        return bool(await product.requests("openai", "/responses"))

    await until(thinking, "the model is asked")
    await shop.text(_POLICY)

    async def received() -> bool:
        return all(m["dispatched_at"] is not None for m in shop.rows("inbound_message"))

    await until(received, "the second text received")
    await shop.handle().execute_update("close", Close(operator="ada"))
    assert (await shop.handle().result())["status"] == "closed_out"
    await product.control("/openai/_control/latency", {"seconds": 0})

    (conversation,) = shop.conversations()
    owners = [m["conversation_id"] for m in shop.rows("inbound_message")]
    assert owners == [conversation["id"]] * 2
    assert await shop.phone() == []


async def test_operator_who_takes_over_again_is_told_yes_and_of_another_conversation_no(
    shop: Brand,
) -> None:
    """A lost answer is asked for again; what was meant for one conversation meets no other."""
    await shop.text(_HOURS)
    await shop.answered(1)
    (conversation,) = shop.conversations()
    mine = TakeOver(operator="ada", conversation_id=conversation["id"])
    first = await shop.handle().execute_update("take_over", mine)
    again = await shop.handle().execute_update("take_over", mine)
    assert (first["handoffs"], again["handoffs"]) == (1, 1)

    other = HandBack(operator="ada", conversation_id="another")
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await shop.handle().execute_update("hand_back", other)
    assert "has ended" in str(refused.value.cause)


async def test_agent_may_write_again_after_a_human_gave_back_at_its_cap(shop: Brand) -> None:
    """The cap counts from where a human looked: no second handoff for the next text."""
    await shop.start_with(max_agent_texts=1)
    await shop.text(_HOURS)
    await shop.answered(1)
    await shop.text(_POLICY)

    async def handed_off() -> bool:
        return (await shop.snapshot()).status == "handed_off"

    await until(handed_off, "the word with a human")
    await shop.handle().execute_update("hand_back", HandBack(operator="ada"))

    before = len(await shop.phone())
    await shop.text("Do you ship to Canada?")
    assert "provinces" in (await shop.replies(before + 1))[-1]
    assert (await shop.snapshot()).handoffs == 1
