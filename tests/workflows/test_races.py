"""What people do at the very moment at which a conversation does something else."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.conversation import Status
from domain.handover import Handover
from domain.message import InboundMessage
from runtime.adapters import present
from store.records import StatusChange
from tests.product import Product
from tests.rig import AVA, Brand
from tests.wait import until
from workflows.conversation import Conversation
from workflows.protocol import (
    Close,
    HandBack,
    HumanReply,
    ReceiveInbound,
    TakeOver,
    TicketWasClosed,
    conversation_workflow_id,
)
from workflows.start import ConversationStart
from workflows.state import ConversationState

pytestmark = pytest.mark.temporal

ADA = "ada"


async def _asked(product: Product, times: int) -> None:
    async def asked() -> bool:
        return len(await product.requests("openai", "/responses")) >= times

    await until(asked, f"the model asked {times} times")


async def test_takeover_while_the_judge_thinks_keeps_the_conversation_with_the_human(
    shop: Brand, product: Product
) -> None:
    """A verdict about a silence that is over ends nothing: the operator still has the word."""
    await shop.text("Where is my order?")
    await shop.answered(1)
    before = len(await product.requests("openai", "/responses"))
    await product.control("/openai/_control/latency", {"seconds": 2})
    passing = asyncio.create_task(shop.pass_time(timedelta(hours=24, minutes=1)))
    await _asked(product, before + 1)
    await shop.handle().execute_update("take_over", TakeOver(operator=ADA))
    await passing
    await product.control("/openai/_control/latency", {"seconds": 0})

    async def judged() -> bool:
        return (await shop.snapshot()).last_decision.startswith("judged")

    await until(judged, "the verdict is in")
    assert (await shop.snapshot()).status == "handed_off"
    await shop.handle().execute_update("hand_back", HandBack(operator=ADA))
    await shop.handle().execute_update("close", Close(operator=ADA))
    assert (await shop.handle().result())["status"] == "closed_out"


async def test_takeover_while_a_doubtful_text_is_looked_at_ends_in_a_recorded_state(
    shop: Brand, product: Product
) -> None:
    """The model then finds that the text concerns nobody: the human has the word all the same."""
    await product.control("/openai/_control/latency", {"seconds": 1.5})
    await shop.text("lol who gave you my number")
    await _asked(product, 1)
    await shop.handle().execute_update("take_over", TakeOver(operator=ADA))
    await product.control("/openai/_control/latency", {"seconds": 0})

    await shop.handle().execute_update("hand_back", HandBack(operator=ADA))
    await shop.handle().execute_update("close", Close(operator=ADA))
    async with asyncio.timeout(20):
        ended = await shop.handle().result()
    assert ended["status"] in ("closed_out", "contained")


async def test_question_beside_an_opt_out_reaches_a_human_whatever_was_decided_before(
    shop: Brand, product: Product
) -> None:
    """The opt-out vetoed a reply, which decided the end: the question still gets its ticket."""
    ingested = product.runtime.ingest(
        InboundMessage(
            provider="twilio",
            provider_message_id=f"SM{uuid4().hex}",
            sender=AVA,
            recipient=shop.number,
            body="Stop texting me. Where is my refund?",
            received_at=present(),
        )
    )
    assert ingested.handover is Handover.OPT_OUT_WITH_QUESTION
    brand, contact_id, queues = shop.settings.brand, shop.contact_id(), product.queues
    carry = ConversationState(
        conversation_id=uuid4().hex, last_activity=present(), ending=Status.OPTED_OUT
    )
    text = ReceiveInbound(
        message_id=ingested.message_id,
        seq=1,
        body="Stop texting me. Where is my refund?",
        received_at=present(),
        handover=ingested.handover,
    )
    handle = await product.client.start_workflow(
        Conversation.run,
        ConversationStart(
            brand=brand,
            contact_id=contact_id,
            carry=carry,
            first=(text,),
            model_queue=queues.model,
        ),
        id=conversation_workflow_id(brand, contact_id),
        task_queue=queues.conversations,
    )

    assert (await handle.result()).status == "opted_out"
    assert len(await shop.tickets()) == 1


async def _veto_of_an_unknown_human(shop: Brand, product: Product) -> None:
    """Let the store alone know of a human, and a draft meet them."""
    await shop.text("What are your store hours?")
    await shop.answered(1)
    change = StatusChange(status=Status.WAITING, owner="human")
    conversation_id = shop.conversations()[0]["id"]
    product.runtime.conversations.set_status(
        shop.settings.brand, conversation_id, change, present()
    )
    await shop.text("Where is my order?")

    def is_vetoed() -> bool:
        return any(row["problem"] == "human_owns" for row in shop.rows("outbox"))

    await until(is_vetoed, "the draft vetoed")


async def test_draft_vetoed_for_a_human_who_has_closed_already_is_written_anew(
    shop: Brand, product: Product
) -> None:
    """They wrote and closed; word of it comes after the veto: the text is answered."""
    closed = TicketWasClosed(ticket_id="T-1", at=present())
    await _veto_of_an_unknown_human(shop, product)
    await shop.handle().signal("ticket_closed", closed)
    reply = HumanReply(message_id="R-1", body="All done.", author="Sam", ticket_id="T-1")
    await shop.handle().signal("human_reply", reply)

    assert "#1101" in (await shop.answered(2))[1]
    assert (await shop.status("waiting"))["owner"] == "agent"


async def test_human_of_whom_nobody_tells_the_conversation_is_believed_in_the_end(
    shop: Brand, product: Product
) -> None:
    """Only the store knows of them: the text is not dropped, it lies with a human."""
    await _veto_of_an_unknown_human(shop, product)
    await shop.pass_time(timedelta(seconds=95))

    assert (await shop.status("handed_off"))["owner"] == "human"
    await shop.taken(2)
    assert len(await shop.phone()) == 1


def test_left_over_opt_out_alone_begins_no_conversation() -> None:
    """A STOP that comes while the end is recorded is in the ledger; nothing is left to do."""
    stop = ReceiveInbound(
        message_id="m1", seq=1, body="STOP", received_at=present(), handover=Handover.OPT_OUT
    )
    question = stop.model_copy(update={"message_id": "m2", "handover": Handover.TURN})
    state = ConversationState(conversation_id="c1", last_activity=present(), inbox=[stop])

    assert state.left_over() == ()
    state.inbox.append(question)
    assert state.left_over() == (stop, question)
