"""Temporal's store is deleted: every open conversation goes on from ours (F-10, I-12).

Eight customers stand at eight points when it is lost. What they have received, and what the
helpdesk has, is read from the sandbox's own record, which outlives the loss.
"""

import signal
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import closing

import pytest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError

from tests.processes.customers import Customer, a_customer, all_texts
from tests.processes.holds import CARRIER, HELPDESK, MODEL, Place
from tests.processes.stack import Stack, an_installation
from tests.wait import until

pytestmark = [pytest.mark.temporal, pytest.mark.timeout(400)]

WISMO = "Where is my order?"
HUMAN = "I want to talk to a human"
POLICY = "What is your return policy?"
ANSWERED, WITH_HUMAN, AT_MODEL, AT_CARRIER, AT_HELPDESK, STOPPED, TOLD, NOT_TOLD = (
    "answered",
    "with a human",
    "turn at the model",
    "outcome of the send unknown",
    "ticket being opened",
    "opted out during a turn while Temporal was away",
    "told, but the store knew of no conversation yet",
    "text accepted while Temporal was away",
)
TOLD_TEXT = "Hi, where is my order please?"
EACH_ONCE = {
    ANSWERED: (1, 0),
    WITH_HUMAN: (1, 1),
    AT_MODEL: (1, 0),
    AT_CARRIER: (1, 0),
    AT_HELPDESK: (1, 1),
    STOPPED: (0, 0),
    TOLD: (1, 0),
    NOT_TOLD: (1, 0),
}
"""Texts and tickets that each customer's one question leads to."""

_OPEN = "SELECT brand, contact_id FROM conversation WHERE closed_at IS NULL"


@pytest.fixture(scope="module")
async def stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """Give an installation that runs, and that no other test has a conversation on."""
    folder = tmp_path_factory.mktemp("lost")
    async with an_installation(folder, burst_window_seconds=0.3) as stack:
        await stack.start()
        yield stack
        await stack.stop()


@pytest.fixture(scope="module")
async def customers(stack: Stack) -> dict[str, Customer]:
    """Bring eight conversations to eight points, and lose Temporal's store under all of them."""
    found = {point: a_customer(stack) for point in EACH_ONCE}
    await found[ANSWERED].text(WISMO)
    await found[ANSWERED].settled()
    await found[WITH_HUMAN].text(HUMAN)
    await found[WITH_HUMAN].settled()
    await until(lambda: len(rows(stack, "SELECT * FROM ticket")) == 1, "the ticket is known")
    await _held(CARRIER, found[AT_CARRIER], WISMO, 6)
    await _held(HELPDESK, found[AT_HELPDESK], HUMAN, 6)
    await _held(MODEL, found[AT_MODEL], WISMO, 60)
    await _held(MODEL, found[STOPPED], WISMO, 60)

    killed = {"worker": stack.send("worker", signal.SIGSTOP)}
    await found[TOLD].text(TOLD_TEXT)
    told = f"SELECT * FROM inbound_message WHERE body = '{TOLD_TEXT}' AND dispatched_at IS NOT NULL"  # noqa: S608
    await until(lambda: len(rows(stack, told)) == 1, "the conversation has been told")
    killed["temporal"] = stack.send("temporal", signal.SIGSTOP)
    stack.send("worker", signal.SIGKILL)
    for point, words in ((NOT_TOLD, WISMO), (STOPPED, "STOP")):
        taken = await found[point].text(words)
        assert taken["webhook_status"] == 200
    killed["api"] = stack.send("api", signal.SIGKILL)
    lose_store(stack)
    for service, pid in killed.items():
        await stack.replaced(service, pid)
    return found


async def _held(place: Place, customer: Customer, words: str, seconds: float) -> None:
    """Text the brand and return when a vendor holds what the text has led to."""
    seen = await place.arrivals(customer.stack)
    await place.hold(customer.stack, seconds)
    await customer.text(words)
    await place.arrived(customer.stack, seen + 1)


def lose_store(stack: Stack) -> int:
    """Delete what Temporal keeps and kill it; return the process that was killed."""
    for path in stack.folder.glob("temporal.db*"):
        path.unlink()
    return stack.send("temporal", signal.SIGKILL)


def rows(stack: Stack, query: str) -> list[tuple[str, ...]]:
    """Return what the product's database says."""
    with closing(sqlite3.connect(stack.folder / "agent.db")) as connection:
        return [tuple(row) for row in connection.execute(query)]


async def all_open_run(stack: Stack, expected: int) -> None:
    """Wait until so many conversations are open in the store and every one of them runs."""
    client = await Client.connect(f"127.0.0.1:{stack.environment['TEMPORAL_PORT']}")

    async def run() -> bool:
        found = rows(stack, _OPEN)
        for brand, contact in found:
            try:
                handle = client.get_workflow_handle(f"conversation:{brand}:{contact}")
                if (await handle.describe()).status is not WorkflowExecutionStatus.RUNNING:
                    return False
            except RPCError:
                return False
        return len(found) == expected

    await until(run, f"{expected} open conversations run", 90)


async def what_came(customers: Mapping[str, Customer]) -> dict[str, tuple[int, int]]:
    """Return how many texts and how many tickets there are of each customer."""
    return {
        point: (len(await customer.received()), len(await customer.tickets()))
        for point, customer in customers.items()
    }


async def test_conversations_lost_at_any_point_all_run_again_and_owe_nobody_anything(
    stack: Stack, customers: dict[str, Customer]
) -> None:
    """One text for each customer, one ticket for the one who asked for a human; none is open twice.

    What the carrier took is found there, what the model was asked is asked again, and what nobody
    was told is told.
    """
    for point in (AT_MODEL, AT_CARRIER, TOLD, NOT_TOLD):
        await customers[point].reply(within=110)  # a round that just missed it, and the next one
    await all_open_run(stack, 7)
    for customer in customers.values():
        await customer.settled()
    await until(lambda: len(rows(stack, "SELECT * FROM ticket")) == 2, "the ticket is known", 60)
    assert await what_came(customers) == EACH_ONCE
    assert ("opted_out",) in rows(stack, "SELECT status FROM conversation")


async def test_human_who_had_the_word_keeps_it_and_hears_of_the_next_text(
    stack: Stack, customers: dict[str, Customer]
) -> None:
    """The same ticket takes the customer's next text; the agent stays silent."""
    customer = customers[WITH_HUMAN]
    await customer.text("Are you there?")
    await until(lambda: _taken(stack, "Are you there?"), "the text is taken")

    async def has_it() -> bool:
        return "Are you there?" in str(await customer.tickets())

    await until(has_it, "the text is in the ticket")
    assert await what_came({WITH_HUMAN: customer}) == {WITH_HUMAN: (1, 1)}


async def test_store_lost_again_while_all_else_runs_changes_nothing_and_goes_on(
    stack: Stack, customers: dict[str, Customer]
) -> None:
    """Worker and API live through it; nothing is answered again, a human's word is still theirs.

    The text that comes before anything was rebuilt starts its conversation where it stood.
    """
    killed = lose_store(stack)
    await customers[WITH_HUMAN].text("Hello, anybody?")
    await stack.replaced("temporal", killed)
    await until(lambda: _taken(stack, "Hello, anybody?"), "the text is taken", 90)
    await all_open_run(stack, 7)
    assert await what_came(customers) == EACH_ONCE
    code, out, err = await stack.run("rebuild")
    assert (code, out) == (0, "nothing is lost: every open conversation runs\n"), err


async def test_store_lost_and_rebuilt_by_hand_while_the_worker_sleeps(stack: Stack) -> None:
    """The command lists what is lost, starts it, and finds nothing more to do."""
    worker = stack.send("worker", signal.SIGSTOP)
    killed = lose_store(stack)
    await stack.replaced("temporal", killed)

    async def lists_all() -> bool:  # the server may need a moment before it answers
        code, out, _ = await stack.run("rebuild", "--dry-run")
        return code == 0 and "7 open conversations do not run" in out

    await until(lists_all, "seven are lost", 60)
    code, out, err = await stack.run("rebuild")
    assert (code, out) == (0, "7 started, 0 ran already, 0 had ended, 0 wait\n"), err
    assert stack.send("worker", signal.SIGCONT) == worker
    await all_open_run(stack, 7)


async def test_rebuilt_conversation_goes_on_as_the_same_one(
    stack: Stack, customers: dict[str, Customer]
) -> None:
    """The next text is its second turn: answered, under its own key, without a new greeting."""
    customer = customers[ANSWERED]
    await customer.text(POLICY)
    settled = await customer.settled()
    texts = await customer.received()
    assert (settled["turn"], len(texts)) == (2, 2)
    assert "30 days" in texts[1]
    assert "AI assistant" not in texts[1]


async def test_stop_in_a_rebuilt_conversation_is_honoured(
    stack: Stack, customers: dict[str, Customer]
) -> None:
    """The conversation ends, and nothing follows."""
    customer = customers[AT_MODEL]
    await customer.text("STOP")

    ended = "SELECT * FROM conversation WHERE status = 'opted_out'"
    await until(lambda: len(rows(stack, ended)) == 2, "the conversation has ended")
    await customer.text(WISMO)
    await customer.settled()
    assert len(await customer.received()) == 1  # the carrier itself confirms the opt-out


async def test_no_phone_has_received_the_same_text_twice(
    stack: Stack, customers: dict[str, Customer]
) -> None:
    """Over both losses (I-2)."""
    texts = await all_texts(stack)
    assert {customers[point].number for point in EACH_ONCE if point != STOPPED} <= set(texts)
    assert {p: b for p, b in texts.items() if len(set(b)) < len(b)} == {}


def _taken(stack: Stack, body: str) -> bool:
    found = rows(stack, "SELECT body, conversation_id FROM inbound_message")
    return any(text == body and conversation is not None for text, conversation in found)
