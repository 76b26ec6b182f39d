"""The carrier fails in every way it can: exactly one text, or a human who knows."""

from datetime import timedelta

import pytest

from tests.product import Product
from tests.rig import Brand
from tests.wait import until

pytestmark = pytest.mark.temporal

_SENDS = "/Messages.json"


async def _outbox(shop: Brand, state: str) -> dict[str, object]:
    """Wait until the brand's last text stands in a state, and return its row."""

    async def stands() -> bool:
        rows = shop.rows("outbox")
        return bool(rows) and rows[-1]["state"] == state

    await until(stands, f"outbox {state}; is {[r['state'] for r in shop.rows('outbox')]}")
    return shop.rows("outbox")[-1]


async def test_carrier_that_throttles_is_asked_again_and_one_text_goes_out(
    shop: Brand, product: Product
) -> None:
    """A 429 was not processed: the same row is sent again."""
    await product.fault(
        "twilio", kind="status", status=429, method="POST", path_contains=_SENDS,
        headers={"retry-after": "1"}, body={"code": 20429, "message": "Too Many Requests"},
        times=2,
    )  # fmt: skip
    await shop.text("Where is my order?")

    await shop.answered(1)
    row = await _outbox(shop, "delivered")
    assert row["attempts"] == 3
    assert len(await shop.phone()) == 1


async def test_connection_that_breaks_before_the_carrier_saw_it_doubles_nothing(
    shop: Brand, product: Product
) -> None:
    """Nobody knows whether it was taken: it is looked for, never blindly sent again."""
    await product.fault("twilio", kind="cut", method="POST", path_contains=_SENDS, times=1)
    await shop.text("Where is my order?")
    await _outbox(shop, "unknown")

    await shop.pass_time(timedelta(minutes=3))

    row = await shop.status("handed_off")
    assert row["escalation_reason"] == "send_uncertain"
    assert (await _outbox(shop, "abandoned"))["attempts"] == 1
    assert await shop.phone() == []
    assert len(await shop.tickets()) == 1


async def test_answer_lost_after_the_carrier_took_it_is_found_by_callback_or_listing(
    shop: Brand, product: Product
) -> None:
    """The text is on its way, only we do not know: found, bound, exactly one on the phone."""
    await product.fault("twilio", kind="lost_answer", method="POST", path_contains=_SENDS)
    await shop.text("Where is my order?")

    await shop.answered(1)
    row = await _outbox(shop, "delivered")
    assert (row["attempts"], row["provider_message_id"] is not None) == (1, True)
    assert len(await shop.phone()) == 1
    assert (await shop.status("waiting"))["status"] == "waiting"


async def test_answer_lost_and_callbacks_silent_is_found_by_listing(
    shop: Brand, product: Product
) -> None:
    """Without callbacks the provider's list tells."""
    await product.control("/twilio/_control/settings", {"callbacks": "none"})
    await product.fault("twilio", kind="lost_answer", method="POST", path_contains=_SENDS)
    await shop.text("Where is my order?")
    await _outbox(shop, "unknown")
    await shop.pass_time(timedelta(seconds=10))

    await shop.answered(1)
    assert (await _outbox(shop, "sent"))["attempts"] == 1
    assert len(await shop.phone()) == 1


async def test_carriers_500_is_never_answered_with_a_second_text(
    shop: Brand, product: Product
) -> None:
    """A 500 says nothing about what became of it: looked for, not found, handed to a human."""
    await product.fault(
        "twilio", kind="status", status=500, method="POST", path_contains=_SENDS, times=1
    )
    await shop.text("Where is my order?")
    await _outbox(shop, "unknown")
    await shop.pass_time(timedelta(minutes=3))

    assert (await shop.status("handed_off"))["escalation_reason"] == "send_uncertain"
    sends = await product.requests("twilio", _SENDS)
    assert sum(r["method"] == "POST" and "1101" in r["body"] for r in sends) == 1
    assert await shop.phone() == []


async def test_opted_out_at_the_carrier_suppresses_the_contact(
    shop: Brand, product: Product
) -> None:
    """Error 21610: the customer opted out where we could not hear it; nothing more goes out."""
    block = {"number": "+13125550100", "ours": shop.number}
    await product.control("/twilio/_control/blocks", block)
    await shop.text("Where is my order?")

    await shop.status("opted_out")
    assert (await shop.handle().result())["status"] == "opted_out"
    assert shop.rows("suppression")[0]["source"] == "carrier:21610"
    assert shop.rows("consent_event")[0]["kind"] == "opt_out"
    await product.control("/twilio/_control/blocks", block | {"blocked": False})
    await shop.text("Hello? Where is my order?")
    assert await shop.phone() == []


async def test_number_that_cannot_be_reached_ends_the_conversation(
    shop: Brand, product: Product
) -> None:
    """A landline takes no text: the contact is marked, the delivery failure is shown."""
    await product.control(
        "/twilio/_control/carrier",
        {"number": "+13125550119", "outcome": "undelivered", "error_code": 30006},
    )
    await shop.text("Where is my order?", "+13125550119")
    await _outbox(shop, "undelivered")

    async def marked() -> bool:
        return bool(shop.rows("contact")[0]["unreachable"])

    await until(marked, "the contact marked unreachable")

    async def shown() -> bool:
        return "30006" in (await shop.snapshot("+13125550119")).last_decision

    await until(shown, "the failure shown to operators")


async def test_callbacks_doubled_and_reversed_move_the_state_forward_only(
    shop: Brand, product: Product
) -> None:
    """`delivered` before `sent`, each twice: the row ends delivered, no second text."""
    await product.control("/twilio/_control/settings", {"callbacks": "reversed"})
    await shop.text("Where is my order?")
    await shop.answered(1)
    await _outbox(shop, "delivered")
    await product.control("/twilio/_control/settle", {})

    assert (await _outbox(shop, "delivered"))["state"] == "delivered"
    assert len(await shop.phone()) == 1
