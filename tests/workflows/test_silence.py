"""What must not be answered is not, and the reason is recorded."""

import pytest

from tests.rig import Brand
from workflows.protocol import conversation_workflow_id

pytestmark = pytest.mark.temporal

_NOISE = (
    'Liked "Your order is on its way"',
    "I'm driving right now and will see your message later. (auto-reply)",
    "Out of office: I am away until Monday.",
    "👍",
    "",
)


@pytest.mark.parametrize("body", _NOISE)
async def test_noise_gets_no_text_no_conversation_and_a_reason(shop: Brand, body: str) -> None:
    """Silence with a reason code; no workflow is started."""
    await shop.text(body)

    (decision,) = shop.rows("decision")
    assert decision["disposition"] == "ignore"
    assert decision["reason"]
    assert shop.conversations() == []
    assert await shop.phone() == []
    runs = [
        run
        async for run in shop.product.client.list_workflows(
            f"WorkflowId = '{conversation_workflow_id(shop.settings.brand, shop.contact_id())}'"
        )
    ]
    assert runs == []


async def test_doubtful_text_that_the_model_reads_as_an_opt_out_ends_opted_out(
    shop: Brand,
) -> None:
    """The rules doubt, the model settles it: confirmed once, not answered, nothing started."""
    await shop.text("no thanks")
    (confirmation,) = await shop.replies(1)
    assert "unsubscribed" in confirmation

    assert (await shop.handle().result())["status"] == "opted_out"
    assert shop.rows("decision")[0]["layer"] == "model"
    assert shop.rows("event") == []
    assert await shop.phone() == [confirmation]


async def test_stop_is_confirmed_by_the_carrier_and_nothing_else_goes_out(shop: Brand) -> None:
    """STOP after an answer: the conversation ends opted out, the next question is not answered."""
    await shop.text("Where is my order?")
    await shop.answered(1)
    await shop.text("STOP")

    assert (await shop.handle().result())["status"] == "opted_out"
    await shop.text("Where is my order?")
    assert not any("#1101" in body for body in (await shop.phone())[1:])
