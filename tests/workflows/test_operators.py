"""What operators may do at any moment, a draft in flight included."""

import pytest
from temporalio.client import WorkflowUpdateFailedError

from tests.product import Product
from tests.rig import Brand
from tests.wait import until
from workflows.protocol import Close, HandBack, SendAsHuman, TakeOver

pytestmark = pytest.mark.temporal

ADA = "ada"


async def _answered(shop: Brand) -> None:
    await shop.text("Where is my order?")
    await shop.answered(1)


async def test_takeover_while_the_model_thinks_drops_the_draft(
    shop: Brand, product: Product
) -> None:
    """The operator takes the word: the draft under way never leaves, the text is not lost."""
    await product.control("/openai/_control/latency", {"seconds": 1.5})
    await shop.text("Where is my order?")

    async def thinking() -> bool:
        return bool(await product.requests("openai", "/responses"))

    await until(thinking, "the model is asked")
    taken = await shop.handle().execute_update("take_over", TakeOver(operator=ADA))
    assert taken["status"] == "handed_off"
    await product.control("/openai/_control/latency", {"seconds": 0})

    await shop.taken(1)
    body = SendAsHuman(operator=ADA, body="Ada here, looking into it.", key="k1")
    await shop.handle().execute_update("send_as_human", body)
    assert await shop.replies(1) == ["Ada here, looking into it."]
    assert (await shop.status("handed_off"))["owner"] == "human"
    assert await shop.tickets() == []
    passed_on = [
        event
        for event in (await shop.history()).events
        if event.activity_task_scheduled_event_attributes.activity_type.name == "append_to_ticket"
    ]
    assert len(passed_on) == 1


async def test_handing_back_lets_the_agent_answer_the_next_text(shop: Brand) -> None:
    """While the operator has the word the agent is silent, afterwards it answers again."""
    await _answered(shop)
    await shop.handle().execute_update("take_over", TakeOver(operator=ADA))
    await shop.text("What are your store hours?")

    await shop.taken(2)
    assert len(await shop.phone()) == 1
    said = SendAsHuman(operator=ADA, body="From 10 to 7, says Ada.", key="k1")
    await shop.handle().execute_update("send_as_human", said)

    back = await shop.handle().execute_update("hand_back", HandBack(operator=ADA))
    assert back["status"] == "waiting"
    await shop.text("What is your return policy?")
    replies = await shop.replies(3)
    assert replies[1] == "From 10 to 7, says Ada."
    assert "30 days" in replies[2]
    assert (await shop.status("waiting"))["owner"] == "agent"


async def test_operators_text_sent_twice_under_one_key_goes_out_once(shop: Brand) -> None:
    """A repeated request is the same text; another key is another text."""
    await _answered(shop)
    await shop.handle().execute_update("take_over", TakeOver(operator=ADA))
    for key in ("k1", "k1", "k2"):
        said = SendAsHuman(operator=ADA, body="One moment please.", key=key)
        await shop.handle().execute_update("send_as_human", said)

    assert (await shop.replies(3))[1:] == ["One moment please."] * 2


async def test_closing_ends_the_conversation_without_another_text(shop: Brand) -> None:
    """Closed by an operator; the next text opens another conversation."""
    await _answered(shop)
    await shop.handle().execute_update("close", Close(operator=ADA))
    assert (await shop.handle().result())["status"] == "closed_out"
    assert len(await shop.phone()) == 1

    await shop.text("What are your store hours?")
    await shop.replies(2)
    await shop.status("waiting")
    assert [c["status"] for c in shop.conversations()] == ["closed_out", "waiting"]


@pytest.mark.parametrize(
    ("update", "request_", "remedy"),
    [
        ("hand_back", HandBack(operator=ADA), "nothing for ada to hand back"),
        (
            "send_as_human",
            SendAsHuman(operator=ADA, body="hi", key="k"),
            "must take over before writing",
        ),
    ],
)
async def test_what_makes_no_sense_is_refused_with_the_reason(
    shop: Brand, update: str, request_: object, remedy: str
) -> None:
    """A refusal says what to do; nothing is written and nothing changes."""
    await _answered(shop)
    before = len((await shop.history()).events)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await shop.handle().execute_update(update, request_)

    assert remedy in str(refused.value.cause)
    assert len((await shop.history()).events) == before


async def test_taking_over_twice_and_sending_nothing_are_refused(shop: Brand) -> None:
    """Whoever has the word needs not take it; an empty text is no text."""
    await _answered(shop)
    await shop.handle().execute_update("take_over", TakeOver(operator=ADA))

    with pytest.raises(WorkflowUpdateFailedError) as twice:
        await shop.handle().execute_update("take_over", TakeOver(operator="bob"))
    nothing = SendAsHuman(operator=ADA, body="  ", key="k")
    with pytest.raises(WorkflowUpdateFailedError) as empty:
        await shop.handle().execute_update("send_as_human", nothing)

    assert "bob can answer at once" in str(twice.value.cause)
    assert "body is empty" in str(empty.value.cause)
    assert len(await shop.phone()) == 1


async def test_snapshot_tells_where_it_stands_and_no_words(shop: Brand) -> None:
    """Status, counts and deadline; not a word that anyone said."""
    await shop.text("Where is my order? I am Ava Lindgren")
    (reply,) = await shop.replies(1)
    await shop.status("waiting")

    snapshot = await shop.snapshot()
    assert (snapshot.status, snapshot.turn, snapshot.agent_texts) == ("waiting", 1, 1)
    assert snapshot.deadline is not None
    shown = snapshot.model_dump_json()
    assert "Lindgren" not in shown
    assert reply not in shown
