"""A card number that a customer texts is nowhere to be found, and they are told once a day."""

import json

import pytest

from tests.product import Product
from tests.rig import AVA, Brand
from tests.wait import until

pytestmark = pytest.mark.temporal

_CARD = "4242 4242 4242 4242"
_DIGITS = ("4242424242424242", "4242 4242", "4242-4242")


def _hits(text: str) -> list[str]:
    return [digits for digits in _DIGITS if digits in text]


async def test_card_number_is_masked_everywhere_and_the_warning_comes_once_a_day(
    shop: Brand,
    product: Product,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Database, history, ticket, model and logs have none of it; the answer comes all the same."""
    await shop.text(f"What is your return policy? My card is {_CARD}")
    await shop.replies(2)
    await shop.text(f"What are your store hours? Card again: {_CARD}")
    await shop.taken(2)
    await shop.replies(3)
    await shop.text("I want to talk to a person")
    await shop.status("handed_off")

    async def opened() -> bool:
        return bool(await shop.tickets())

    await until(opened, "a ticket")
    warnings = [t for t in await shop.phone() if "never text card numbers" in t]
    assert len(warnings) == 1

    with product.runtime.database.read() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        database = "\n".join(raw.iterdump())
    places = {
        "database": database,
        "history": (await shop.history()).to_json(),
        "ticket": json.dumps(await shop.tickets()),
        "model": json.dumps(await product.requests("openai")),
        "logs": caplog.text + capsys.readouterr().out,
        "phone": "\n".join(await shop.phone()),
    }
    assert {place: _hits(text) for place, text in places.items() if _hits(text)} == {}
    assert AVA in database
