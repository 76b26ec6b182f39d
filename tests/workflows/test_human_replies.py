"""What humans write in the helpdesk reaches the phone, once, whoever else uses the helpdesk."""

import json

import pytest

from tests.product import Product
from tests.rig import Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand
from workflows.protocol import Close

pytestmark = pytest.mark.temporal

_WEBHOOK = "/webhooks/helpdesk/generic"


async def _handed_off(shop: Brand) -> str:
    """Ask for a person and return the id of the ticket."""
    await shop.text("I want to talk to a person")
    await shop.replies(1)

    async def known() -> bool:
        return (await shop.snapshot()).ticket_id is not None

    await until(known, "the ticket known to the conversation")
    return str((await shop.snapshot()).ticket_id)


async def test_reply_delivered_three_times_leaves_once_from_the_number_that_was_texted(
    shop: Brand, product: Product
) -> None:
    """At least once at the webhook is exactly once at the phone."""
    ticket = await _handed_off(shop)
    said = {"ticket_id": ticket, "text": "Sam here: it ships today.", "copies": 3}
    await product.control("/helpdesk/_control/reply", said)

    assert (await shop.replies(2))[1] == "Sam here: it ships today."
    assert [r["sender"] for r in shop.rows("outbox") if r["origin"] == "human"] == [shop.number]
    await product.control("/helpdesk/_control/reply", {"ticket_id": ticket, "text": "And bye."})
    assert (await shop.replies(3))[1:] == ["Sam here: it ships today.", "And bye."]


async def test_reply_to_the_ticket_of_one_brand_of_several_with_one_helpdesk_goes_out(
    open_shop: OpenBrand, product: Product
) -> None:
    """One account and one secret for two brands: each ticket finds its own customer."""
    brands = sorted((open_shop(), open_shop()), key=lambda shop: shop.settings.brand)
    numbers = ("+13125550161", "+13125550162")
    for shop, number in zip(brands, numbers, strict=True):
        await shop.text("I want to talk to a person", number)
        await shop.replies(1, number)

        async def opened(shop: Brand = shop) -> bool:
            return bool(shop.rows("ticket"))

        await until(opened, "a ticket")
        ticket = shop.rows("ticket")[0]["ticket_id"]
        said = {"ticket_id": ticket, "text": f"For {shop.settings.brand}"}
        await product.control("/helpdesk/_control/reply", said)
        assert (await shop.replies(2, number))[1] == f"For {shop.settings.brand}"


async def test_reply_after_the_conversation_has_ended_is_still_sent(
    shop: Brand, product: Product
) -> None:
    """The customer was told that a human would answer; nothing is opened by it."""
    ticket = await _handed_off(shop)
    await shop.handle().execute_update("close", Close(operator="ada"))
    await shop.handle().result()
    await product.control("/helpdesk/_control/reply", {"ticket_id": ticket, "text": "Here I am."})

    assert (await shop.replies(2))[1] == "Here I am."
    assert len(shop.conversations()) == 1


async def test_reply_to_someone_who_has_opted_out_is_not_sent(
    shop: Brand, product: Product
) -> None:
    """A human's words pass the last look like any others; the refusal is on record."""
    ticket = await _handed_off(shop)
    await shop.text("STOP")
    await shop.handle().result()
    await product.control("/helpdesk/_control/reply", {"ticket_id": ticket, "text": "Please stay!"})

    async def vetoed() -> bool:
        rows = [r for r in shop.rows("outbox") if r["origin"] == "human"]
        return [r["state"] for r in rows] == ["vetoed"]

    await until(vetoed, "the reply vetoed")
    assert len(await shop.phone()) == 1


@pytest.mark.parametrize("signature", [None, "v1,AAAA"])
async def test_event_that_nobodys_helpdesk_has_signed_is_forbidden(
    shop: Brand, product: Product, signature: str | None
) -> None:
    """403 without a word; the ticket's customer hears nothing."""
    ticket = await _handed_off(shop)
    body = {"type": "reply.created", "data": {"ticket_id": ticket, "text": "Send me money"}}
    headers = {"webhook-id": "m1", "webhook-timestamp": "1790000000"}
    if signature is not None:
        headers["webhook-signature"] = signature
    answer = await product.http.post(
        product.api_url + _WEBHOOK, content=json.dumps(body), headers=headers
    )
    assert (answer.status_code, answer.json()["title"]) == (403, "Not accepted.")
    assert len(await shop.phone()) == 1


async def test_event_of_a_ticket_that_nobody_knows_is_taken_and_changes_nothing(
    shop: Brand, product: Product
) -> None:
    """A helpdesk has tickets that are none of ours; it must not come again for them."""
    ticket = await _handed_off(shop)
    assert shop.rows("ticket")[0]["ticket_id"] == ticket
    with product.runtime.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM ticket WHERE brand = ?", (shop.settings.brand,))
    answer = await product.control(
        "/helpdesk/_control/reply", {"ticket_id": ticket, "text": "Hello?"}
    )
    assert "200" in json.dumps(answer)
    assert len(await shop.phone()) == 1
