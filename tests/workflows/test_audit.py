"""What operators do to a conversation is on record, by whom and when; their words are not."""

import pytest

from tests.product import Product
from tests.rig import Brand

pytestmark = pytest.mark.temporal

_KEY = {"authorization": "Bearer rig-operator-key"}


async def test_operators_acts_are_in_the_audit_and_refused_ones_are_not(
    shop: Brand, product: Product
) -> None:
    """Taken over, written, handed back, closed, in that order; no body among it."""
    await shop.text("Where is my order?")
    await shop.answered(1)
    (row,) = shop.conversations()
    url = f"{product.api_url}/v1/conversations/{row['id']}"
    statuses = []
    for act in ("hand-back", "take-over", "messages", "hand-back", "close"):
        answer = await product.http.post(
            f"{url}/{act}",
            headers={**_KEY, "idempotency-key": "k1"},
            json={"body": "Ada here, one moment."} if act == "messages" else None,
        )
        statuses.append(answer.status_code)

    audit = f"{product.api_url}/v1/brands/{shop.settings.brand}/audit"
    found = (await product.http.get(audit, headers=_KEY)).json()

    assert statuses == [409, 200, 200, 200, 200]
    acts = [entry for entry in reversed(found) if entry["action"] != "settings_saved"]
    assert [entry["action"] for entry in acts] == [
        "taken_over",
        "text_sent",
        "handed_back",
        "closed",
    ]
    assert {entry["detail"]["conversation_id"] for entry in acts} == {row["id"]}
    assert {entry["actor"] for entry in acts} == {"api-key"}
    assert "one moment" not in str(found)
