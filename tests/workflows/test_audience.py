"""Who the agent talks to, on the running product: segments, words, and what the others get."""

from collections.abc import Awaitable, Callable

import pytest

from domain.brand import BrandSettings
from runtime.adapters import present
from tests.product import Product
from tests.rig import AVA, Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand

pytestmark = pytest.mark.temporal

BEN = "+13125550143"
CARA = "+13125550144"
DAN = "+13125550145"
HOURS = "What are your store hours?"
SORRY = "This line is for our VIPs: help@cedar-slate.example"

KLAVIYO = {"klaviyo": {"api_key": "env:RIG_KLAVIYO_API_KEY"}}


def _vips(**audience: object) -> dict[str, object]:
    return {"audience": {"mode": "only_segments", "segments": ["VIP"], **audience}}


async def _at_klaviyo(product: Product, phone: str, *segments: str) -> None:
    profile = {"phone_number": phone, "segments": list(segments)}
    await product.control("/klaviyo/_control/profiles", profile)


async def _settled(shop: Brand, count: int = 1) -> list[dict[str, object]]:
    """Wait until that many texts have a decision that leaves nothing open."""
    found: list[dict[str, object]] = []

    async def settled() -> bool:
        found[:] = [r for r in shop.rows("decision") if '"doubt":null' in str(r["decision"])]
        return len(found) >= count

    await until(settled, f"{count} settled decisions")
    return found


def _has(shop: Brand, tickets: int) -> Callable[[], Awaitable[bool]]:
    async def has() -> bool:
        return len(await shop.tickets()) == tickets

    return has


async def test_r33_member_of_a_klaviyo_segment_is_answered(
    open_shop: OpenBrand, product: Product
) -> None:
    """VIP in: answered, and no model was asked who they are."""
    shop = open_shop(gate=_vips(), marketing=KLAVIYO)
    await _at_klaviyo(product, AVA, "VIP")
    await shop.text(HOURS)

    assert "10 am - 7 pm" in (await shop.replies(1))[0]
    (decision,) = await _settled(shop)
    assert (decision["disposition"], decision["layer"]) == ("answer", "rule")
    asked = await product.requests("openai")
    assert not any("inbound_classification" in request["body"] for request in asked)


async def test_r33_membership_is_read_once_in_five_minutes(
    open_shop: OpenBrand, product: Product
) -> None:
    """The second text is decided at ingest by what was read for the first."""
    shop = open_shop(gate=_vips(), marketing=KLAVIYO)
    await _at_klaviyo(product, BEN, "VIP")
    await shop.text(HOURS, BEN)
    await shop.answered(1, BEN)
    await shop.text("What is your return policy?", BEN)

    await shop.answered(2, BEN)
    asked = await product.requests("klaviyo", "/api/profiles")
    assert len([r for r in asked if "segments" in r["path"]]) == 1


@pytest.mark.parametrize(
    ("action", "said", "tickets", "disposition"),
    [
        ("silence", [], 0, "ignore"),
        ("fixed_text", [SORRY], 0, "answer"),
        ("helpdesk", None, 1, "helpdesk"),
    ],
)
async def test_r36_non_member_gets_what_the_brand_chose(
    open_shop: OpenBrand, action: str, said: list[str] | None, tickets: int, disposition: str
) -> None:
    """Silence, the brand's words, or the helpdesk; never an answer of the agent."""
    shop = open_shop(gate=_vips(ineligible=action, ineligible_text=SORRY), marketing=KLAVIYO)
    await shop.text(HOURS, CARA)

    (decision,) = await _settled(shop)
    assert (decision["label"], decision["disposition"]) == ("ineligible", disposition)
    if said is not None:
        await shop.replies(len(said), CARA)
        await shop.status("ignored")
        assert await shop.phone(CARA) == said
    else:
        await shop.status("handed_off")
    await until(_has(shop, tickets), f"{tickets} tickets")
    assert "10 am" not in "".join(await shop.phone(CARA))


@pytest.mark.parametrize("default", ["eligible", "ineligible"])
async def test_r33_unreachable_klaviyo_leaves_the_brands_default(
    open_shop: OpenBrand, product: Product, default: str
) -> None:
    """The stated default holds, the reason says so, and the customer does not wait for long."""
    shop = open_shop(
        gate=_vips(on_unknown_membership=default, ineligible="silence"), marketing=KLAVIYO
    )
    await product.fault("klaviyo", kind="status", status=503, times=50)
    await shop.text(HOURS, DAN)

    (decision,) = await _settled(shop)
    assert "could not be read" in str(decision["reason"])
    if default == "eligible":
        assert "10 am - 7 pm" in (await shop.replies(1, DAN))[0]
    else:
        await shop.status("ignored")
        assert (decision["label"], await shop.phone(DAN)) == ("ineligible", [])


async def test_r33_klaviyo_that_stumbles_once_is_asked_again(
    open_shop: OpenBrand, product: Product
) -> None:
    """One failure is no reason to fall back to the default."""
    shop = open_shop(
        gate=_vips(on_unknown_membership="ineligible", ineligible="silence"), marketing=KLAVIYO
    )
    await _at_klaviyo(product, DAN, "VIP")
    await product.fault("klaviyo", kind="status", status=503, times=1)
    await shop.text(HOURS, DAN)

    assert "10 am - 7 pm" in (await shop.replies(1, DAN))[0]


async def test_r33_segment_kept_here_needs_no_klaviyo(
    open_shop: OpenBrand, product: Product
) -> None:
    """All except some: a number in our own segment is kept out at ingest, the others talk."""
    audience = {"mode": "except_segments", "segments": ["concierge"], "ineligible": "silence"}
    shop = open_shop(gate={"audience": audience})
    key = {"authorization": "Bearer rig-operator-key"}
    url = f"{product.api_url}/v1/brands/{shop.settings.brand}/segments/concierge"
    saved = await product.http.put(url, json={"phones": [AVA]}, headers=key)
    assert saved.json() == {"name": "concierge", "size": 1}

    await shop.text(HOURS, AVA)
    await shop.text(HOURS, BEN)
    await shop.replies(1, BEN)
    assert [d["label"] for d in shop.rows("decision")] == ["ineligible", "question"]
    assert await shop.phone(AVA) == []
    assert len(shop.conversations()) == 1


async def test_r33_audience_is_that_of_the_moment_a_text_comes(
    open_shop: OpenBrand, product: Product
) -> None:
    """A conversation that began when everyone was answered is no pass for later texts."""
    shop = open_shop(marketing=KLAVIYO)
    await shop.text(HOURS, CARA)
    await shop.answered(1, CARA)
    given = shop.settings.model_dump(mode="json") | {"gate": _vips(ineligible="silence")}
    product.runtime.brands.save_settings(BrandSettings.model_validate(given), "test", present())
    await shop.text("What is your return policy?", CARA)

    decisions = await _settled(shop, 2)
    assert [d["label"] for d in decisions] == ["question", "ineligible"]
    assert len(await shop.phone(CARA)) == 1


async def test_r34_required_word_starts_and_free_text_continues(open_shop: OpenBrand) -> None:
    """Without the word nothing starts; after it everything is answered."""
    shop = open_shop(gate={"audience": {"require_keyword": ["style me"], "ineligible": "silence"}})
    await shop.text(HOURS)
    assert [d["label"] for d in shop.rows("decision")] == ["ineligible"]
    await shop.text("Style me! What are your store hours?")
    await shop.answered(1)
    await shop.text("What is your return policy?")

    assert "30 days" in (await shop.replies(2))[1]
    assert len(shop.conversations()) == 1


async def test_r35_excluded_word_opens_a_ticket_and_the_agent_is_silent(
    open_shop: OpenBrand, product: Product
) -> None:
    """Ticket exists, zero agent messages, the model is not asked."""
    shop = open_shop(gate={"audience": {"exclude_keyword": ["wholesale"]}})
    await shop.text("Do you have a WHOLESALE price list?")

    await shop.status("handed_off")
    await until(_has(shop, 1), "a ticket")
    assert [r for r in shop.rows("outbox") if r["kind"] == "reply"] == []
    assert await product.requests("openai") == []


async def test_opt_out_of_somebody_of_unknown_membership_needs_no_klaviyo(
    open_shop: OpenBrand, product: Product
) -> None:
    """Consent comes before audience: no vendor stands between a customer and STOP."""
    shop = open_shop(gate=_vips(), marketing=KLAVIYO)
    await product.fault("klaviyo", kind="status", status=503, times=50)
    await shop.text("please stop texting me", CARA)

    (decision,) = shop.rows("decision")
    assert decision["disposition"] == "opt_out"
    assert await product.requests("klaviyo", "/api/profiles") == []
