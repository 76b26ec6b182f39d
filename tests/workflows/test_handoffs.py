"""Passing the word to a human: told once, one ticket with everything, then silence."""

from datetime import timedelta

import pytest

from tests.builders import NOW
from tests.product import Product
from tests.rig import Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand
from workflows.protocol import Close, HandBack, TicketWasClosed

pytestmark = pytest.mark.temporal

_CLOSEOUT = "Sorry, we can't help with this by text. Write to help@cedar-slate.example."


async def _one_ticket(shop: Brand) -> dict[str, object]:
    """Wait until the helpdesk has a ticket of this brand."""

    async def opened() -> bool:
        return bool(await shop.tickets())

    await until(opened, "a ticket", 40)
    (ticket,) = await shop.tickets()
    return ticket


async def _messages(shop: Brand, count: int) -> list[dict[str, object]]:
    async def appended() -> bool:
        return len((await shop.tickets())[0]["messages"]) >= count

    await until(appended, f"{count} texts appended to the ticket")
    messages: list[dict[str, object]] = (await shop.tickets())[0]["messages"]
    return messages


async def test_request_for_a_person_is_acknowledged_once_and_opens_one_ticket(
    shop: Brand,
) -> None:
    """The customer hears when a human answers; the ticket holds all that was said."""
    await shop.text("Where is my order?")
    (answer,) = await shop.replies(1)
    await shop.text("I want to talk to a person")

    acknowledged = (await shop.replies(2))[1]
    assert "Mon-Fri 9am-5pm CT" in acknowledged
    ticket = await _one_ticket(shop)
    said = str(ticket["opened"])
    assert "Where is my order?" in said
    assert answer in said
    assert "I want to talk to a person" in said
    row = await shop.status("handed_off")
    assert (row["owner"], row["escalation_reason"]) == ("human", "customer_asked")


async def test_texts_after_the_handoff_are_appended_and_the_agent_stays_silent(
    shop: Brand,
) -> None:
    """A human has the word: what the customer adds goes to the ticket, nothing goes out."""
    await shop.text("I want to talk to a person")
    await shop.replies(1)
    await _one_ticket(shop)
    await shop.text("My order is #1101, by the way. Where is it?")
    await shop.text("Hello? Anyone there?")

    first, second = await _messages(shop, 2)
    assert "by the way" in str(first)
    assert "Anyone there" in str(second)
    assert len(await shop.phone()) == 1
    assert len(await shop.tickets()) == 1


async def test_humans_answer_goes_out_and_closing_the_ticket_gives_the_word_back(
    shop: Brand, product: Product
) -> None:
    """The human writes from the brand's number; once the ticket is closed the agent answers."""
    await shop.text("I want to talk to a person")
    await shop.replies(1)
    ticket_id = str((await _one_ticket(shop))["id"])
    said = {"ticket_id": ticket_id, "text": "Sam here: hi!", "copies": 3}
    await product.control("/helpdesk/_control/reply", said)
    assert (await shop.replies(2))[1] == "Sam here: hi!"

    await product.control("/helpdesk/_control/close", {"ticket_id": ticket_id})
    await shop.status("waiting")
    await shop.text("What are your store hours?")

    third = (await shop.replies(3))[2]
    assert "10 am - 7 pm" in third
    assert {row["origin"] for row in shop.rows("outbox")} == {"agent", "human"}


async def test_closing_another_ticket_changes_nothing(shop: Brand) -> None:
    """Only the open handoff's ticket gives the word back."""
    await shop.text("I want to talk to a person")
    await shop.replies(1)
    await _one_ticket(shop)
    await shop.handle().signal("ticket_closed", TicketWasClosed(ticket_id="T-0", at=NOW))

    assert (await shop.snapshot()).status == "handed_off"


async def test_helpdesk_that_is_down_gets_its_ticket_when_it_is_back(
    shop: Brand, product: Product
) -> None:
    """The customer is told at once; the ticket follows, one, however often it was tried."""
    await product.fault("helpdesk", kind="status", status=503, times=2)
    await product.fault("helpdesk", kind="lost_answer", times=1)
    await shop.text("I want to talk to a person")

    await shop.replies(1)
    await _one_ticket(shop)
    await shop.text("It is about #1101")
    assert len(await _messages(shop, 1)) == 1
    assert len(await shop.tickets()) == 1
    assert len(await shop.phone()) == 1


async def test_operator_can_act_while_the_helpdesk_is_down(shop: Brand, product: Product) -> None:
    """The ticket waits for the helpdesk; hand back and close do not wait for the ticket."""
    await product.fault("helpdesk", kind="status", status=503, times=1000)
    await shop.text("I want to talk to a person")
    await shop.replies(1)
    await shop.status("handed_off")
    await shop.handle().execute_update("hand_back", HandBack(operator="ada"))
    await shop.text("What are your store hours?")
    assert "10 am - 7 pm" in (await shop.replies(2))[1]

    await shop.text("Thanks, but I want to talk to a person")
    await shop.replies(3)
    await shop.handle().execute_update("close", Close(operator="ada"))
    assert (await shop.handle().result())["status"] == "closed_out"


async def test_text_given_to_a_human_is_the_agents_again_after_hand_back(
    shop: Brand, product: Product
) -> None:
    """The helpdesk never took the text; the operator hands back: the agent answers it."""
    await shop.text("I want to talk to a person")
    await shop.replies(1)
    await _one_ticket(shop)
    await product.fault("helpdesk", kind="status", status=503, times=1000)
    await shop.text("What are your store hours?")
    await shop.taken(2)
    await shop.handle().execute_update("hand_back", HandBack(operator="ada"))

    assert "10 am - 7 pm" in (await shop.replies(2))[1]
    assert len(await shop.tickets()) == 1


async def test_opt_out_while_the_helpdesk_is_down_keeps_the_request_for_a_person(
    shop: Brand, product: Product
) -> None:
    """STOP silences at once; the ticket asked for before it is opened, then it ends opted out."""
    await product.fault("helpdesk", kind="status", status=503, times=3)
    await shop.text("I want to talk to a person")
    await shop.replies(1)
    await shop.status("handed_off")
    await shop.text("STOP")
    assert len(shop.rows("suppression")) == 1

    assert (await shop.handle().result())["status"] == "opted_out"
    assert len(await shop.tickets()) == 1


async def test_legal_threat_is_handed_off_without_any_text(shop: Brand) -> None:
    """No automatic word to someone who threatens with a lawyer."""
    await shop.text("I will sue you, my lawyer will contact you")

    ticket = await _one_ticket(shop)
    assert "legal" in str(ticket["opened"])
    assert await shop.phone() == []
    assert (await shop.status("handed_off"))["escalation_reason"] == "legal"


async def test_closeout_is_said_once_and_the_second_time_nothing(open_shop: OpenBrand) -> None:
    """A brand without people to answer says so once."""
    shop = open_shop(handoff={"mode": "closeout", "closeout": _CLOSEOUT})
    await shop.text("I want a refund, this is ridiculous and unacceptable")
    assert await shop.replies(1) == [_CLOSEOUT]
    await shop.text("I demand my money back")

    async def treated() -> bool:
        snapshot = await shop.snapshot()
        return snapshot.handoffs == 2 and snapshot.waiting_texts == 0

    await until(treated, "the second text treated")
    await shop.pass_time(timedelta(hours=24, minutes=2))
    assert (await shop.handle().result())["status"] == "closed_out"
    assert await shop.phone() == [_CLOSEOUT]
    assert await shop.tickets() == []


async def test_request_for_a_person_reaches_one_even_where_closeout_is_chosen(
    open_shop: OpenBrand,
) -> None:
    """Whoever asks for a person gets one as long as there is a helpdesk."""
    shop = open_shop(handoff={"mode": "closeout", "closeout": _CLOSEOUT})
    await shop.text("I want to talk to a person")

    await _one_ticket(shop)
    assert _CLOSEOUT not in await shop.replies(1)
