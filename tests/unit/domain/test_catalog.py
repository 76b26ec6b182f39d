"""Prices as customers read them, and what counts as in stock."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalog import Product, Variant, price_range_words, price_words


def _product(*forms: tuple[str, bool], currency: str = "USD") -> Product:
    return Product(
        id="gid://shopify/Product/1",
        title="Alder Fleece",
        url="https://cedar-slate.example/products/alder-fleece",
        currency=currency,
        variants=tuple(
            Variant(id=str(n), title=str(n), price=Decimal(price), available=available)
            for n, (price, available) in enumerate(forms)
        ),
    )


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("89", "USD", "$89.00"),
        ("6.95", "USD", "$6.95"),
        ("1234.5", "USD", "$1234.50"),
        ("0", "USD", "$0.00"),
        ("19.9", "EUR", "€19.90"),
        ("19.95", "GBP", "£19.95"),
        ("19.95", "CAD", "CA$19.95"),
        ("19.95", "AUD", "A$19.95"),
        ("89", "CHF", "89.00 CHF"),
    ],
)
def test_price_words_two_decimals_and_a_sign_or_a_code(
    amount: str, currency: str, expected: str
) -> None:
    """Dollars of other countries are told apart, and an unknown currency keeps its code."""
    assert price_words(Decimal(amount), currency) == expected


@given(st.decimals(0, 100_000, places=2))
def test_price_words_say_the_amount_exactly(amount: Decimal) -> None:
    """No cent is lost between the shop and the customer."""
    assert Decimal(price_words(amount, "USD").removeprefix("$")) == amount


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        pytest.param([("89", True)], "$89.00", id="one form"),
        pytest.param([("89", True), ("89.00", True)], "$89.00", id="one price"),
        pytest.param([("99", True), ("89", True)], "$89.00-$99.00", id="two prices"),
        pytest.param([("99", False), ("89", True)], "$89.00", id="what is sold out has no say"),
        pytest.param([("99", False), ("89", False)], "$89.00-$99.00", id="all sold out"),
        pytest.param([], "", id="no form has no price"),
    ],
)
def test_price_range_words_speak_of_what_can_be_bought(
    forms: list[tuple[str, bool]], expected: str
) -> None:
    """The prices named are those a customer can pay now; when all is sold out, those of all."""
    assert price_range_words(_product(*forms)) == expected


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ([("89", False), ("89", True)], True),
        ([("89", False), ("89", False)], False),
        ([], False),
    ],
)
def test_in_stock_is_any_form_that_can_be_bought(
    forms: list[tuple[str, bool]], *, expected: bool
) -> None:
    """One size left is in stock; nothing to choose from is not."""
    assert _product(*forms).in_stock is expected


def test_product_new_field_of_the_shop_is_ignored() -> None:
    """Vendors add fields freely; a product stays readable."""
    raw = _product(("89", True)).model_dump(mode="json") | {"newField": 1}

    assert Product.model_validate(raw) == _product(("89", True))
