"""What comes twice, late, out of order or with a false answer is treated once."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text as sql

from sandbox.twilio.signature import sign
from tests.product import Product
from tests.rig import AVA, Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand

pytestmark = pytest.mark.temporal

_SENDS = "/Messages.json"
_THROTTLED = {"code": 20429, "message": "Too Many Requests", "status": 429}


async def _post(shop: Brand, sid: str, body: str) -> httpx.Response:
    """Post a webhook as the carrier does when it repeats itself, or comes late."""
    url = f"{shop.product.api_url}/webhooks/sms/twilio"
    form = {"MessageSid": sid, "AccountSid": "AC" + "0" * 31 + "1", "From": AVA}
    form |= {"To": shop.number, "Body": body, "NumMedia": "0", "NumSegments": "1"}
    headers = {"X-Twilio-Signature": sign("sandbox-auth-token", url, form.items())}
    return await shop.product.http.post(url, data=form, headers=headers)


async def test_carrier_that_answers_500_to_a_text_it_took_sends_it_once(
    shop: Brand, product: Product
) -> None:
    """The error is false, the text is on its way: found by callback or listing, not repeated."""
    await product.fault(
        "twilio", kind="false_status", status=500, method="POST", path_contains=_SENDS
    )
    await shop.text("Where is my order?")
    await shop.replies(1)
    await until(lambda: shop.rows("outbox")[0]["state"] == "delivered", "the callback heard")
    await shop.pass_time(timedelta(seconds=10))

    await shop.answered(1)
    (row,) = shop.rows("outbox")
    assert (row["attempts"], row["provider_message_id"] is not None) == (1, True)
    assert len(await shop.phone()) == 1
    assert await shop.tickets() == []


async def test_carrier_that_answers_500_and_keeps_silent_is_asked_for_its_list(
    shop: Brand, product: Product
) -> None:
    """No callback either: the list has the text, and nobody sends it again."""
    await product.control("/twilio/_control/settings", {"callbacks": "none"})
    await product.fault(
        "twilio", kind="false_status", status=500, method="POST", path_contains=_SENDS
    )
    await shop.text("Where is my order?")

    async def unknown() -> bool:
        return [row["state"] for row in shop.rows("outbox")] == ["unknown"]

    await until(unknown, "the outcome unknown")
    await shop.pass_time(timedelta(seconds=10))
    await shop.answered(1)
    assert len(await shop.phone()) == 1


async def test_webhook_repeated_after_a_minute_and_after_a_month_changes_nothing(
    shop: Brand, product: Product
) -> None:
    """Twenty copies at once each time; in between the conversation has ended, rows have aged."""
    taken = await shop.text("Where is my order?")
    await shop.answered(1)
    await shop.pass_time(timedelta(minutes=1))
    await _twenty_copies(shop, taken["sid"])
    await shop.handle().execute_update("close", {"operator": "ada"})
    await shop.handle().result()
    with product.runtime.database.write() as connection:
        for table, column in (("inbound_message", "received_at"), ("conversation", "closed_at")):
            age = f"UPDATE {table} SET {column} = datetime({column}, '-30 days') WHERE brand = :b"  # noqa: S608
            connection.execute(sql(age), {"b": shop.settings.brand})
    await _twenty_copies(shop, taken["sid"])

    await shop.text("What are your store hours?")
    assert "10 am - 7 pm" in (await shop.replies(2))[1]
    assert len(shop.rows("inbound_message")) == 2
    assert len(shop.conversations()) == 2
    assert len(await shop.phone()) == 2


async def _twenty_copies(shop: Brand, sid: str) -> None:
    copies = await asyncio.gather(*(_post(shop, sid, "Where is my order?") for _ in range(20)))
    assert {copy.status_code for copy in copies} == {200}


async def test_texts_whose_webhooks_overtake_each_other_get_one_reply_to_both(
    open_shop: OpenBrand,
) -> None:
    """The second text's webhook comes first, ten milliseconds before the first one's."""
    shop = open_shop(timers={"burst_window_seconds": 0.5})
    first = await shop.text("Where is my order?", drop_webhook=True)
    await shop.text("And what are your store hours?")
    assert (await _post(shop, first["sid"], "Where is my order?")).status_code == 200

    (reply,) = await shop.answered(1)
    assert "#1101" in reply
    assert "10 am - 7 pm" in reply
    assert {row["turn"] for row in shop.rows("inbound_message")} == {1}


async def test_text_that_comes_between_intent_and_post_is_answered_with_the_one_before(
    shop: Brand, product: Product
) -> None:
    """The draft is in the outbox, the carrier asks to wait: dropped, one covers both."""
    await product.fault(
        "twilio", kind="status", status=429, method="POST", path_contains=_SENDS,
        headers={"retry-after": "2"}, body=_THROTTLED,
    )  # fmt: skip
    await shop.text("Where is my order?")

    async def tried() -> bool:
        return [row["state"] for row in shop.rows("outbox")] == ["ready"]

    await until(tried, "the draft refused by the carrier")
    await shop.text("And what are your store hours?")

    (reply,) = await shop.answered(1)
    assert "#1101" in reply
    assert "10 am - 7 pm" in reply
    assert sorted(row["state"] for row in shop.rows("outbox"))[-1] == "vetoed"


async def test_helpdesk_that_throttles_and_is_down_for_an_hour_gets_one_ticket(
    shop: Brand, product: Product
) -> None:
    """Told once at once; the ticket is opened when the helpdesk is back, and never twice (F-26)."""
    await product.fault(
        "helpdesk", kind="status", status=429, headers={"retry-after": "1"}, times=2
    )
    await product.fault("helpdesk", kind="status", status=503, times=1000)
    await shop.text("I want to talk to a person")
    await shop.replies(1)
    await shop.pass_time(timedelta(hours=1))
    assert await shop.tickets() == []
    await product.control("/helpdesk/_control/reset", {})
    await product.fault("helpdesk", kind="false_status", status=500, times=1)
    await shop.pass_time(timedelta(minutes=2))

    async def opened() -> bool:
        return len(await shop.tickets()) == 1

    await until(opened, "the ticket opened")
    await shop.status("handed_off")
    assert len(await shop.phone()) <= 2  # told, and at most one honest update
    assert len(await shop.tickets()) == 1
