"""Caps on spend: nothing is paid for beyond them, and no text is lost at them."""

import json
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from activities.messages import ConversationRequest
from activities.spending import SpendGovernor
from domain.spend import SpendScope
from runtime.adapters import present
from tests.product import Product
from tests.rig import Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand

pytestmark = pytest.mark.temporal

_CLOSEOUT = "Sorry, we can't help with this by text. Write to help@cedar-slate.example."
_ONE_A_SEGMENT = {
    "segment_out_micros": 100,
    "segment_in_micros": 0,
    "input_token_micros_per_million": 0,
    "cached_token_micros_per_million": 0,
    "output_token_micros_per_million": 0,
}
"""A reply costs 100 or 200, everything else nothing."""

_QUESTION = "What is your return policy?"
_DOUBTFUL = "this is spamming"
"""An opt-out or not: the rules leave it to the model."""


async def _model_calls(product: Product) -> int:
    return len(await product.requests("openai", "/responses"))


async def _one_answer_then_capped(shop: Brand, product: Product) -> int:
    """Have one question answered and ask another; return the model calls there were by then."""
    await shop.text("What are your store hours?")
    await shop.answered(1)
    calls = await _model_calls(product)
    assert calls > 0
    await shop.text(_QUESTION)
    await shop.taken(2)
    return calls


async def test_text_above_the_conversations_cap_goes_to_a_human_and_no_model_is_asked(
    open_shop: OpenBrand, product: Product
) -> None:
    """The ticket has the text that was not answered; the customer hears that a human will."""
    shop = open_shop(prices=_ONE_A_SEGMENT, spend={"conversation_micros": 100})
    calls = await _one_answer_then_capped(shop, product)

    assert "Mon-Fri 9am-5pm CT" in (await shop.replies(2))[1]
    row = await shop.status("handed_off")
    assert row["escalation_reason"] == "spend_cap"

    async def opened() -> bool:
        return bool(await shop.tickets())

    await until(opened, "a ticket")
    assert _QUESTION in str((await shop.tickets())[0]["opened"])
    assert await _model_calls(product) == calls


async def test_text_above_the_cap_is_closed_out_once_where_the_brand_says_so(
    open_shop: OpenBrand, product: Product
) -> None:
    """The brand's message, one time; later texts are stored and cost nothing."""
    shop = open_shop(
        prices=_ONE_A_SEGMENT,
        spend={"conversation_micros": 100, "at_cap": "closeout"},
        handoff={"closeout": _CLOSEOUT},
    )
    calls = await _one_answer_then_capped(shop, product)
    assert (await shop.replies(2))[1] == _CLOSEOUT
    await shop.text("Hello?")
    await shop.taken(3)

    assert len(await shop.phone()) == 2
    assert await _model_calls(product) == calls
    assert await shop.tickets() == []


async def test_text_above_the_cap_is_kept_in_silence_where_the_brand_says_stop(
    open_shop: OpenBrand, product: Product
) -> None:
    """No text, no ticket, no model; the words stand in the transcript."""
    shop = open_shop(prices=_ONE_A_SEGMENT, spend={"conversation_micros": 100, "at_cap": "stop"})
    calls = await _one_answer_then_capped(shop, product)

    async def noted() -> bool:
        return "silence" in (await shop.snapshot()).last_decision

    await until(noted, "the silence noted")
    assert len(await shop.phone()) == 1
    assert await shop.tickets() == []
    assert await _model_calls(product) == calls
    assert _QUESTION in [m["body"] for m in shop.rows("inbound_message")]


async def test_person_asked_for_above_the_cap_is_still_reached(
    open_shop: OpenBrand, product: Product
) -> None:
    """A cap is no wall between a customer and a human."""
    shop = open_shop(prices=_ONE_A_SEGMENT, spend={"conversation_micros": 100, "at_cap": "stop"})
    await _one_answer_then_capped(shop, product)
    await shop.text("I want to talk to a person")

    async def opened() -> bool:
        return bool(await shop.tickets())

    await until(opened, "a ticket")


async def test_capped_conversation_ends_without_a_paid_judgement(
    open_shop: OpenBrand, product: Product
) -> None:
    """A day of silence later nobody is paid to say whether it was resolved."""
    shop = open_shop(prices=_ONE_A_SEGMENT, spend={"conversation_micros": 100, "at_cap": "stop"})
    calls = await _one_answer_then_capped(shop, product)

    async def noted() -> bool:
        return "silence" in (await shop.snapshot()).last_decision

    await until(noted, "the silence noted")
    await shop.pass_time(timedelta(hours=24, minutes=2))
    await shop.handle().result()
    assert await _model_calls(product) == calls


async def test_contacts_cap_of_the_day_counts_earlier_conversations_of_the_day(
    open_shop: OpenBrand, product: Product
) -> None:
    """A new conversation does not make a contact cheap again; another contact is answered."""
    shop = open_shop(prices=_ONE_A_SEGMENT, spend={"contact_day_micros": 100, "at_cap": "stop"})
    await shop.text("What are your store hours?")
    await shop.answered(1)
    await shop.handle().execute_update("close", {"operator": "ada"})
    await shop.handle().result()
    calls = await _model_calls(product)
    await shop.text(_QUESTION)
    await shop.taken(2)

    async def noted() -> bool:
        return "silence" in (await shop.snapshot()).last_decision

    await until(noted, "the silence noted")
    assert len(await shop.phone()) == 1
    assert await _model_calls(product) == calls
    other = "+13125550142"
    await shop.text(_QUESTION, other)
    assert "30 days" in (await shop.replies(1, other))[0]


async def test_brands_month_adds_up_all_contacts_and_alerts_once_at_each_level(
    open_shop: OpenBrand, product: Product
) -> None:
    """Two contacts' texts together reach the cap; each level is said once however often asked."""
    shop = open_shop(prices=_ONE_A_SEGMENT, spend={"brand_month_micros": 10_000})
    for number in ("+13125550142", "+13125550143"):
        await shop.text("What are your store hours?", number)
        await shop.answered(1, number)
    sent = sum(row["segments"] for row in shop.rows("outbox")) * 100
    first, second = shop.conversations()
    request = ConversationRequest(
        brand=shop.settings.brand,
        contact_id=second["contact_id"],
        conversation_id=second["id"],
        settings_version=1,
    )

    def check(cap: int, times: int = 2) -> tuple[SpendScope | None, list[object]]:
        spend = shop.settings.spend.model_copy(update={"brand_month_micros": cap})
        governor = SpendGovernor(product.runtime.spending, present)
        with capture_logs() as logs:
            for _time in range(times):
                settings = shop.settings.model_copy(update={"spend": spend})
                verdict = governor.check(request, settings)
        return verdict.exceeded, [e["percent_of_cap"] for e in logs if e["event"] == "spend_alert"]

    assert first["contact_id"] != second["contact_id"]
    assert check(sent + 1) == (None, [80])
    assert check(sent) == (SpendScope.BRAND_MONTH, [100])
    assert check(sent * 10) == (None, [])


async def test_doubtful_text_above_the_cap_is_settled_by_the_rules_alone(
    open_shop: OpenBrand, product: Product
) -> None:
    """No model reads it, a person does: what may be an opt-out is never lost to a cap."""
    shop = open_shop(prices=_ONE_A_SEGMENT, spend={"contact_day_micros": 100})
    await shop.text("What are your store hours?")
    await shop.answered(1)
    await shop.handle().execute_update("close", {"operator": "ada"})
    await shop.handle().result()
    calls = await _model_calls(product)
    await shop.text(_DOUBTFUL)
    await shop.status("handed_off")

    decision = json.loads(shop.rows("decision")[1]["decision"])
    assert decision["label"] == "opt_out_uncertain"
    assert decision["reason"].startswith("A spend cap is reached, and the text may be an opt-out.")
    assert await _model_calls(product) == calls
