"""Conversations that are played on the rig and kept as histories; demo data only.

Each script plays one conversation to its end. What it returns are the histories of its runs, by
name; a released name is never recorded anew, so that old code paths stay covered.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from temporalio.client import WorkflowHistory

from tests.product import Product
from tests.rig import AVA, Brand, open_brand
from tests.wait import until
from workflows.protocol import Close, HandBack, SendAsHuman, TakeOver

Script = Callable[[Product], Awaitable[dict[str, WorkflowHistory]]]

_A_DAY = timedelta(hours=24, minutes=2)
_UNKNOWN = "+13125550142"


async def _model_asked(product: Product, times: int) -> None:
    async def asked() -> bool:
        return len(await product.requests("openai", "/responses")) >= times

    await until(asked, f"{times} requests to the model")


async def _ended(shop: Brand, number: str = AVA) -> WorkflowHistory:
    await shop.handle(number).result()
    return await shop.history(number)


async def _closed(shop: Brand, name: str, number: str = AVA) -> dict[str, WorkflowHistory]:
    """Let an operator close the conversation; return its history under a name."""
    await shop.handle(number).execute_update("close", Close(operator="ada"))
    return {name: await _ended(shop, number)}


async def _pause_and_idle(shop: Brand) -> None:
    """Let the human's pause run out, then the silence after it."""
    await shop.pass_time(_A_DAY)
    await shop.status("waiting")
    await shop.pass_time(_A_DAY)


async def wismo_answered(product: Product) -> dict[str, WorkflowHistory]:
    """A burst of two about an order, answered once; then a day of silence."""
    shop = open_brand(product, timers={"burst_window_seconds": 0.5})
    await shop.text("Hi!", "+13125550114")
    await shop.text("Where is my order?", "+13125550114")
    await shop.answered(1, "+13125550114")
    await shop.pass_time(_A_DAY, "+13125550114")
    return {"wismo_answered": await _ended(shop, "+13125550114")}


async def proof_asked_and_given(product: Product) -> dict[str, WorkflowHistory]:
    """An unknown number asks for an order, is asked for proof, and gives a wrong one."""
    shop = open_brand(product)
    await shop.text("Where is my order?", _UNKNOWN)
    await shop.answered(1, _UNKNOWN)
    await shop.text("It is #1101, zip 99999", _UNKNOWN)
    await shop.answered(2, _UNKNOWN)
    await shop.pass_time(_A_DAY, _UNKNOWN)
    return {"proof_asked_and_given": await _ended(shop, _UNKNOWN)}


async def escalated(product: Product) -> dict[str, WorkflowHistory]:
    """A person is asked for: ticket, a later text; nobody closes it, then nobody writes."""
    shop = open_brand(product)
    await shop.text("I want to talk to a person")
    await shop.replies(1)
    await shop.text("It is about #1101")
    await shop.taken(2)
    await _pause_and_idle(shop)
    return {"escalated": await _ended(shop)}


async def closed_out(product: Product) -> dict[str, WorkflowHistory]:
    """A brand without people says so once."""
    handoff = {"mode": "closeout", "closeout": "Sorry, please write to us."}
    shop = open_brand(product, handoff=handoff)
    await shop.text("I want a refund, this is ridiculous and unacceptable")
    await shop.replies(1)
    await shop.pass_time(_A_DAY)
    return {"closed_out": await _ended(shop)}


async def superseded(product: Product) -> dict[str, WorkflowHistory]:
    """A newer text restarts the turn."""
    shop = open_brand(product)
    await product.control("/openai/_control/latency", {"seconds": 1.5})
    await shop.text("What are your store hours?", "+13125550114")
    await _model_asked(product, 1)
    await shop.text("Where is my order?", "+13125550114")
    await product.control("/openai/_control/latency", {"seconds": 0})
    await shop.answered(1, "+13125550114")
    return await _closed(shop, "superseded", "+13125550114")


async def idle_resolved(product: Product) -> dict[str, WorkflowHistory]:
    """Answered, silent, judged resolved."""
    shop = open_brand(product)
    await shop.text("What are your store hours?")
    await shop.answered(1)
    await shop.pass_time(_A_DAY)
    return {"idle_resolved": await _ended(shop)}


async def thanks_confirmed(product: Product) -> dict[str, WorkflowHistory]:
    """The customer says thanks."""
    shop = open_brand(product)
    await shop.text("What are your store hours?")
    await shop.answered(1)
    await shop.text("Thanks!")

    async def noted() -> bool:
        return "thanks" in (await shop.snapshot()).last_decision

    await until(noted, "the thanks noted")
    await shop.pass_time(timedelta(minutes=10, seconds=5))
    return {"thanks_confirmed": await _ended(shop)}


async def opted_out(product: Product) -> dict[str, WorkflowHistory]:
    """STOP while the model thinks."""
    shop = open_brand(product)
    await product.control("/openai/_control/latency", {"seconds": 1.5})
    await shop.text("Where is my order?")
    await _model_asked(product, 1)
    await shop.text("STOP")
    return {"opted_out": await _ended(shop)}


async def taken_over(product: Product) -> dict[str, WorkflowHistory]:
    """An operator takes the word in mid-draft, writes, hands back; later it is closed."""
    shop = open_brand(product)
    await product.control("/openai/_control/latency", {"seconds": 1.5})
    await shop.text("Where is my order?")
    await _model_asked(product, 1)
    await shop.handle().execute_update("take_over", TakeOver(operator="ada"))
    await product.control("/openai/_control/latency", {"seconds": 0})
    await shop.taken(1)
    said = SendAsHuman(operator="ada", body="Ada here, one moment.", key="k1")
    await shop.handle().execute_update("send_as_human", said)
    await shop.handle().execute_update("hand_back", HandBack(operator="ada"))
    await shop.text("What are your store hours?")
    await shop.replies(2)
    return await _closed(shop, "taken_over")


async def send_reconciled(product: Product) -> dict[str, WorkflowHistory]:
    """The carrier's answer is lost and no callback comes: the list tells."""
    shop = open_brand(product)
    await product.control("/twilio/_control/settings", {"callbacks": "none"})
    await product.fault("twilio", kind="lost_answer", method="POST", path_contains="/Messages.json")
    await shop.text("What are your store hours?")
    await shop.replies(1)
    await shop.pass_time(timedelta(seconds=30))
    await shop.answered(1)
    return await _closed(shop, "send_reconciled")


async def model_away(product: Product) -> dict[str, WorkflowHistory]:
    """The model does not answer: a human does."""
    shop = open_brand(product, model={"name": "chaos-server-error"})
    await shop.text("Where is my order?")
    await shop.status("open")
    await shop.pass_time(timedelta(seconds=65))
    await shop.replies(1)
    await _pause_and_idle(shop)
    return {"model_away": await _ended(shop)}


async def handed_back_without_ticket(product: Product) -> dict[str, WorkflowHistory]:
    """The helpdesk is down; the operator hands back before it took the ticket."""
    shop = open_brand(product)
    await product.fault("helpdesk", kind="status", status=503, times=100)
    await shop.text("I want to talk to a person")
    await shop.replies(1)
    await shop.status("handed_off")
    await shop.handle().execute_update("hand_back", HandBack(operator="ada"))
    await shop.text("What are your store hours?")
    await shop.replies(2)
    return await _closed(shop, "handed_back_without_ticket")


async def continue_as_new(product: Product) -> dict[str, WorkflowHistory]:
    """The history starts afresh between turns; both runs are kept."""
    shop = open_brand(product)
    await shop.start_with(turns_per_run=1)
    first = (await shop.handle().describe()).run_id
    await shop.text("What are your store hours?")
    await shop.answered(1)
    await shop.text("What is your return policy?")
    await shop.answered(2)
    await shop.handle().execute_update("close", Close(operator="ada"))
    client, workflow_id = product.client, shop.handle().id
    before = await client.get_workflow_handle(workflow_id, run_id=first).fetch_history()
    return {"continue_as_new_before": before, "continue_as_new_after": await _ended(shop)}


async def ticket_opened_again(product: Product) -> dict[str, WorkflowHistory]:
    """Closed, opened again, closed: the word goes to and fro; the agent answers in the end."""
    shop = open_brand(product)
    await shop.text("I want to talk to a person")
    await shop.replies(1)

    async def known() -> bool:
        return (await shop.snapshot()).ticket_id is not None

    await until(known, "the ticket known to the conversation")
    ticket = {"ticket_id": (await shop.snapshot()).ticket_id}
    for act, status in (("close", "waiting"), ("reopen", "handed_off"), ("close", "waiting")):
        await product.control(f"/helpdesk/_control/{act}", ticket)
        await shop.status(status)
    await shop.text("What are your store hours?")
    await shop.answered(1)
    return await _closed(shop, "ticket_opened_again")


SCRIPTS: tuple[Script, ...] = (
    wismo_answered, proof_asked_and_given, escalated, closed_out, superseded, idle_resolved,
    thanks_confirmed, opted_out, taken_over, send_reconciled, model_away,
    handed_back_without_ticket, continue_as_new, ticket_opened_again,
)  # fmt: skip
