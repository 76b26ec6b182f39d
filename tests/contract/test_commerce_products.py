"""Every shop adapter finds the products a customer asks about, and only those on sale."""

from decimal import Decimal

import pytest

from domain.catalog import Product
from providers.commerce.registry import BUILDERS
from tests.contract.shop_rig import GRAPHQL, RIGS, ShopifyRig


@pytest.fixture(params=sorted(BUILDERS))
def rig(request: pytest.FixtureRequest) -> ShopifyRig:
    """One emulated shop; an adapter without a rig has no test and fails here."""
    return RIGS[request.param]()


async def test_shop_products_come_best_match_first(rig: ShopifyRig) -> None:
    """The products that answer the words best come first, with price, page and stock."""
    products = await rig.shop().search_products("do you have waterproof rain jackets?", limit=5)
    best = products[0]

    assert best.title in {"Ridgeline Rain Jacket", "Little Ridge Kids Rain Jacket"}
    assert best.url.startswith("https://")
    assert best.currency == "USD"
    assert best.variants[0].price > Decimal(1)
    assert len(products) == 5


@pytest.mark.parametrize(
    "query",
    ["tundra expedition mitt", "heron wading jacket", "staff sample tote"],
    ids=["draft", "archived", "unpublished"],
)
async def test_shop_unpublished_products_are_never_found(rig: ShopifyRig, query: str) -> None:
    """A draft, an archived product and one without a page are not recommended."""
    titles = {p.title.casefold() for p in await rig.shop().search_products(query)}

    assert query not in titles


@pytest.mark.parametrize(
    "query",
    [
        "tundra) OR (status:draft",
        "tundra OR status:draft",
        "' OR status:draft OR '",
        "NOT status:active",
        "tundra\\) OR status\\:draft",
        "-status:active tundra",
        "*",
    ],
)
async def test_shop_query_never_acts_as_a_search(rig: ShopifyRig, query: str) -> None:
    """Search operators in a customer's words stay words."""
    products = await rig.shop().search_products(query)

    assert "Tundra Expedition Mitt" not in {p.title for p in products}
    assert len(products) < 25


@pytest.mark.parametrize("query", ["", "   ", "do you have any?", "¿?", "\U0001f9e6"])
async def test_shop_query_without_a_meaningful_word_asks_nobody(
    rig: ShopifyRig, query: str
) -> None:
    """Words that mean nothing find nothing, without a request."""
    assert await rig.shop().search_products(query) == ()
    assert rig.asked(GRAPHQL) == 0


async def test_shop_stock_is_live(rig: ShopifyRig) -> None:
    """What is sold out now is told as sold out now."""

    def available(products: tuple[Product, ...]) -> bool:
        return next(v.available for p in products for v in p.variants if v.sku == "RRJ-SLA-M")

    shop = rig.shop()
    before = available(await shop.search_products("ridgeline rain jacket"))
    await rig.control("seed", stock={"RRJ-SLA-M": 0})
    after = available(await shop.search_products("ridgeline rain jacket"))

    assert (before, after) == (True, False)


async def test_shop_description_is_plain_text(rig: ShopifyRig) -> None:
    """Markup and entities of the shop's page do not reach a text message."""
    products = await rig.shop().search_products("jacket")

    assert all("<" not in p.description and "&amp;" not in p.description for p in products)
    assert all(p.description for p in products)
