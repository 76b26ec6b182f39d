"""Opt-outs: confirmed once, told to whoever else could text, lifted by START alone."""

import json

import pytest

from tests.product import Product
from tests.rig import AVA, Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand
from tests.workflows.marketing import KLAVIYO

pytestmark = pytest.mark.temporal

_OWN_WORDS = "please remove me from your list and stop texting me"


async def _blocked(shop: Brand) -> bool:
    """Return whether the carrier has been told, by us or by the phone's own STOP."""
    answer = await shop.product.control("/twilio/_control/blocks")
    return {"ours": shop.number, "number": AVA} in answer["blocks"]


async def _consents(product: Product) -> list[str]:
    return [r["body"] for r in await product.requests("twilio", "/Consents/Bulk")]


async def _unsubscribed(product: Product, number: str = AVA) -> bool:
    answer = await product.control("/klaviyo/_control/unsubscribed")
    return number in answer["unsubscribed"]


async def test_opt_out_in_free_words_is_confirmed_once_and_told_to_carrier_and_platform(
    open_shop: OpenBrand, product: Product
) -> None:
    """One confirmation, then the second lock; saying it again changes nothing and sends nothing."""
    number = "+13125550171"
    shop = open_shop(marketing={"klaviyo": KLAVIYO})
    await shop.text(_OWN_WORDS, number)
    (confirmation,) = await shop.replies(1, number)
    assert "START" in confirmation

    async def told() -> bool:
        return len(await _consents(product)) == 1 and await _unsubscribed(product, number)

    await until(told, "carrier and platform told")
    await shop.text(_OWN_WORDS, number)
    await shop.text("Where is my order?", number)
    assert await shop.phone(number) == [confirmation]
    assert len(shop.rows("suppression")) == 1
    answer = await product.control("/twilio/_control/blocks")
    assert {"ours": shop.number, "number": number} in answer["blocks"]


async def test_opt_out_within_a_conversation_is_told_to_the_carrier_as_well(
    shop: Brand, product: Product
) -> None:
    """The way an opt-out came does not matter to the second lock."""
    await shop.text("What are your store hours?")
    await shop.answered(1)
    await shop.text(_OWN_WORDS)

    await until(lambda: _blocked(shop), "the carrier told")
    assert (await shop.handle().result())["status"] == "opted_out"
    assert len(await shop.phone()) == 2


async def test_opt_out_that_the_model_has_found_is_told_to_the_carrier_as_well(
    shop: Brand, product: Product
) -> None:
    """The rules doubt, the model is sure: confirmed once, and the carrier knows."""
    await shop.text("this is spamming")
    assert json.loads(shop.rows("decision")[0]["decision"])["doubt"] == "opt_out"
    await shop.replies(1)

    await until(lambda: _blocked(shop), "the carrier told", 10)
    assert shop.rows("suppression")[0]["source"] == "model"
    assert len(await shop.phone()) == 1


@pytest.mark.parametrize("word", ["abmelden", "opt out"])
async def test_stop_word_that_the_carrier_does_not_know_is_confirmed_and_told_to_it(
    shop: Brand, word: str
) -> None:
    """What the carrier answers by itself it has blocked by itself; of the rest it is told."""
    await shop.text(word)
    await shop.replies(1)

    await until(lambda: _blocked(shop), "the carrier told")
    assert len(await shop.phone()) == 1


async def test_stop_that_the_carrier_answers_gets_nothing_of_ours(
    shop: Brand, product: Product
) -> None:
    """The carrier confirms STOP and START; we record both, and answer again after START."""
    await shop.text("STOP")
    assert len(shop.rows("suppression")) == 1
    await shop.text("START")
    assert shop.rows("suppression") == []
    await shop.text("What are your store hours?")

    (reply,) = await shop.replies(1)
    assert "10 am - 7 pm" in reply
    kinds = [row["kind"] for row in shop.rows("consent_event")]
    assert kinds == ["opt_out", "opt_in"]
    assert await _consents(product) == []


async def test_stop_where_the_brand_answers_keywords_is_confirmed_by_us_once(
    open_shop: OpenBrand, product: Product
) -> None:
    """With the carrier's own handling off, the confirmation and the block are ours to make."""
    await product.control("/twilio/_control/settings", {"keyword_handling": False})
    shop = open_shop(gate={"keyword_replies": "ours"})
    await shop.text("STOP")
    (confirmation,) = await shop.replies(1)

    assert "START" in confirmation
    await until(lambda: _blocked(shop), "the carrier told")
    await shop.text("STOP")
    assert await shop.phone() == [confirmation]
    await product.control("/twilio/_control/settings", {"keyword_handling": True})
