"""What an operator's program may ask over HTTP, on running conversations."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.product import Product
from tests.rig import AVA, Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand

pytestmark = pytest.mark.temporal

_KEY = {"Authorization": "Bearer rig-operator-key"}


async def _ask(
    product: Product, method: str, path: str, body: object = None, **headers: str
) -> httpx.Response:
    """Ask the operator API."""
    return await product.http.request(
        method, f"{product.api_url}/v1{path}", json=body, headers={**_KEY, **headers}
    )


async def _act(shop: Brand, action: str, body: object = None, **headers: str) -> httpx.Response:
    """Act on the brand's newest conversation."""
    conversation = shop.conversations()[-1]["id"]
    path = f"/conversations/{conversation}/{action}"
    return await _ask(shop.product, "POST", path, body, **headers)


def _outside(shop: Brand, body: str, origin: str, **changes: object) -> dict[str, Any]:
    return {
        "id": uuid4().hex,
        "phone": AVA,
        "number": shop.number,
        "body": body,
        "origin": origin,
        "sent_at": (datetime.now(UTC) - timedelta(minutes=5)).isoformat(),
        **changes,
    }


async def _answered(shop: Brand) -> None:
    await shop.text("Where is my order?")
    await shop.answered(1)


async def test_operator_takes_over_writes_hands_back_and_closes(shop: Brand) -> None:
    """Each answer says where the conversation then stands; the words reach the phone."""
    await _answered(shop)
    taken = await _act(shop, "take-over")
    assert (taken.status_code, taken.json()["status"]) == (200, "handed_off")
    sent = await _act(shop, "messages", {"body": "Ada here."}, **{"Idempotency-Key": "k1"})
    assert sent.status_code == 200
    assert (await shop.replies(2))[1] == "Ada here."
    back = await _act(shop, "hand-back")
    assert back.json()["status"] == "waiting"
    assert (await _act(shop, "close")).status_code == 200
    assert (await shop.handle().result())["status"] == "closed_out"


async def test_operators_text_repeated_under_its_key_is_one_text(shop: Brand) -> None:
    """A client that lost the answer asks again; without a key nothing is taken."""
    await _answered(shop)
    await _act(shop, "take-over")
    for key in ("k1", "k1", "k2"):
        await _act(shop, "messages", {"body": "One moment."}, **{"Idempotency-Key": key})
    assert (await shop.replies(3))[1:] == ["One moment."] * 2

    without = await _act(shop, "messages", {"body": "One moment."})
    assert (without.status_code, without.json()["field"]) == (422, "header.idempotency-key")


async def test_what_makes_no_sense_is_a_conflict_with_a_sentence(shop: Brand) -> None:
    """409 says what to do instead."""
    await _answered(shop)
    hand_back = await _act(shop, "hand-back")
    message = await _act(shop, "messages", {"body": "hi"}, **{"Idempotency-Key": "k"})

    assert [a.status_code for a in (hand_back, message)] == [409, 409]
    assert "nothing for" in hand_back.json()["title"]
    assert "must take over before writing" in message.json()["title"]
    assert len(await shop.phone()) == 1


async def test_taking_over_again_is_the_same_word(shop: Brand) -> None:
    """An operator whose answer was lost asks again; one takeover is on record as one handoff."""
    await _answered(shop)
    taken = [await _act(shop, "take-over") for _ in range(2)]

    assert [a.status_code for a in taken] == [200, 200]
    assert [a.json()["handoffs"] for a in taken] == [1, 1]


async def test_conversation_that_temporal_has_lost_is_not_called_ended(shop: Brand) -> None:
    """503: the store holds it as open, and it is started again; asking later is right."""
    await _answered(shop)
    await shop.handle().terminate()
    answer = await _act(shop, "take-over")

    assert (answer.status_code, "try again" in answer.json()["title"]) == (503, True)


async def test_conversation_that_never_was_is_not_found(product: Product) -> None:
    """404, whatever is asked of it."""
    for method, action in (("GET", ""), ("POST", "/take-over"), ("POST", "/close")):
        answer = await _ask(product, method, f"/conversations/none{action}")
        assert (answer.status_code, answer.json()["status"]) == (404, 404)


async def test_ended_conversation_is_not_acted_upon_and_neither_is_the_next(shop: Brand) -> None:
    """409: whoever names an old conversation must not close the one that runs now."""
    await _answered(shop)
    old = shop.conversations()[0]["id"]
    await _act(shop, "close")
    await shop.handle().result()
    path = f"/conversations/{old}"
    ended = await _ask(shop.product, "POST", f"{path}/take-over")
    assert (ended.status_code, "has ended" in ended.json()["title"]) == (409, True)

    await shop.text("What are your store hours?")
    await shop.replies(2)
    await shop.answered(1)
    for action in ("take-over", "close"):
        assert (await _ask(shop.product, "POST", f"{path}/{action}")).status_code == 409
    assert (await shop.snapshot()).status == "waiting"
    assert (await _ask(shop.product, "GET", path)).json()["status"] == "closed_out"


async def test_campaign_sent_elsewhere_is_in_the_models_mind_at_the_next_answer(
    shop: Brand, product: Product
) -> None:
    """Told twice it is stored once; the customer's answer to it is answered with it in sight."""
    campaign = _outside(shop, "Cedar & Slate: Parkas 20% off with FROST20 till Sunday!", "campaign")
    path = f"/brands/{shop.settings.brand}/outbound-messages"
    first = await _ask(product, "POST", path, campaign)
    second = await _ask(product, "POST", path, campaign)
    assert (first.status_code, first.json(), second.json()) == (
        201,
        {"stored": True},
        {"stored": False},
    )
    await shop.text("What are your store hours?")
    await shop.answered(1)

    asked = await product.requests("openai", "/responses")
    assert all("FROST20" in request["body"] for request in asked)
    assert len(await shop.phone()) == 1


async def test_humans_text_sent_elsewhere_counts_as_a_takeover(
    shop: Brand, product: Product
) -> None:
    """Whoever wrote from another program has the word; the agent is silent until it is back."""
    await _answered(shop)
    human = _outside(shop, "Hi Ava, Sam from the store here.", "human")
    await _ask(product, "POST", f"/brands/{shop.settings.brand}/outbound-messages", human)
    await shop.status("handed_off")
    await shop.text("What are your store hours?")
    await shop.taken(2)

    assert len(await shop.phone()) == 1
    assert (await _act(shop, "hand-back")).json()["status"] == "waiting"


async def test_text_from_a_number_that_is_not_the_brands_is_refused(
    open_shop: OpenBrand, product: Product
) -> None:
    """422 names the field; another brand's number is as foreign as nobody's."""
    shop, other = open_shop(), open_shop()
    path = f"/brands/{shop.settings.brand}/outbound-messages"
    for changes in ({"number": other.number}, {"number": "+12125550999"}):
        answer = await _ask(product, "POST", path, _outside(shop, "hi", "campaign", **changes))
        assert (answer.status_code, answer.json()["title"][:7]) == (422, "number:")
    naive = _outside(shop, "hi", "campaign", sent_at="2026-03-01T10:00:00")
    assert (await _ask(product, "POST", path, naive)).json()["field"] == "sent_at"
    assert shop.rows("outbox") == []


async def test_opt_out_read_out_of_free_words_is_listed_and_can_be_undone(
    shop: Brand, product: Product
) -> None:
    """The list has the words and the rule; undone, the next question is answered."""
    await shop.text("please remove me from your list and stop texting me")
    await shop.replies(1)
    brand, contact = shop.settings.brand, shop.contact_id()
    (review,) = (await _ask(product, "GET", f"/brands/{brand}/opt-out-reviews")).json()
    assert review["contact_id"] == contact
    assert review["body"].startswith("please remove me")
    assert review["rule"]

    async def told() -> bool:
        return bool(await product.requests("twilio", "/Consents/Bulk"))

    await until(told, "the carrier told")
    undo = f"/brands/{brand}/contacts/{contact}/undo-opt-out"
    assert (await _ask(product, "POST", undo)).json() == {"undone": True}
    assert (await _ask(product, "POST", undo)).json() == {"undone": False}
    await shop.text("What are your store hours?")
    assert "10 am - 7 pm" in (await shop.replies(2))[1]


async def test_opt_out_that_the_carrier_cannot_be_told_of_is_not_undone(
    shop: Brand, product: Product
) -> None:
    """502 and a sentence; half an undo would be refused by the carrier at the next answer."""
    await shop.text("please remove me from your list and stop texting me")
    await shop.replies(1)
    await product.fault("twilio", kind="status", status=400, path_contains="/Consents", times=50)
    undo = f"/brands/{shop.settings.brand}/contacts/{shop.contact_id()}/undo-opt-out"
    answer = await _ask(product, "POST", undo)

    assert (answer.status_code, "try again" in answer.json()["title"]) == (502, True)
    assert len(shop.rows("suppression")) == 1


async def test_opt_out_by_keyword_is_not_listed_and_cannot_be_undone(
    shop: Brand, product: Product
) -> None:
    """409: only the customer's START lifts a STOP."""
    await shop.text("STOP")
    brand, contact = shop.settings.brand, shop.contact_id()
    assert (await _ask(product, "GET", f"/brands/{brand}/opt-out-reviews")).json() == []
    answer = await _ask(product, "POST", f"/brands/{brand}/contacts/{contact}/undo-opt-out")
    assert (answer.status_code, "START" in answer.json()["title"]) == (409, True)
    assert len(shop.rows("suppression")) == 1
