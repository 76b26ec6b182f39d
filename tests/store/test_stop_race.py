"""The law on which consent rests: no permission to send is committed after an opt-out."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from sqlalchemy import event

from domain.brand import BrandSettings
from domain.conversation import Status
from domain.gate.context import GateContext
from domain.gate.decision import Decision
from store.outbox_records import Claim, Veto
from store.records import Opening, StatusChange
from tests.builders import NOW, a_reply, an_inbound, decide_by_word
from tests.store.rig import Store

ROUNDS = 12
CLAIMS = 4
SENDING = "SELECT id FROM outbox WHERE contact_id = :contact AND state = 'sending'"

Call = Callable[[], object]


@pytest.fixture
def chance() -> random.Random:
    """Give the dice of one test; the seed makes a failure repeatable."""
    return random.Random(20260302)  # noqa: S311 (an interleaving, no secret)


@pytest.fixture
def slow_flips(store: Store) -> Iterator[None]:
    """Hold every claim between its look and its flip, where anything that could slip in would."""

    def pause(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("UPDATE outbox"):
            Event().wait(0.004)

    event.listen(store.database.engine, "before_cursor_execute", pause)
    yield
    event.remove(store.database.engine, "before_cursor_execute", pause)


def test_claim_that_races_with_stop_is_granted_only_before_it(
    store: Store, chance: random.Random, slow_flips: None
) -> None:
    """In many interleavings every grant is committed before the opt-out, never after.

    What is SENDING is read while the opt-out's transaction holds the contact: a grant that is
    missing there would be committed after the opt-out.
    """
    for number in range(ROUNDS):
        phone = f"+1312555{100 + number:04d}"
        contact_id = store.contact_of(store.ingest(an_inbound(sender=phone)))
        seen: set[object] = set()

        def stop(phone: str = phone, contact: str = contact_id, seen: set[object] = seen) -> object:
            def decide(body: str, context: GateContext, settings: BrandSettings) -> Decision:
                seen.update(row[0] for row in store.rows(SENDING, contact=contact))
                return decide_by_word(body, context, settings)

            return store.inbound.ingest(an_inbound("STOP", sender=phone), decide, NOW)

        granted = _race([stop, *_claims(store, contact_id, number)], chance)

        assert granted == seen, f"round {number}"
        late = store.outbox.claim(a_reply(contact_id, f"{number}-late"), NOW)
        assert late.veto is Veto.SUPPRESSED


def test_claim_that_races_with_a_takeover_is_granted_only_before_it(
    store: Store, chance: random.Random, slow_flips: None
) -> None:
    """When a takeover has returned to the operator, every grant there will be is committed."""
    for number in range(ROUNDS):
        phone = f"+1312555{100 + number:04d}"
        contact_id = store.contact_of(store.ingest(an_inbound(sender=phone)))
        conversation = f"conversation-{number}"
        opening = Opening(conversation_id=conversation, brand="acme", contact_id=contact_id)
        store.conversations.open_conversation(opening, [], NOW)
        seen: set[object] = set()

        def take_over(
            name: str = conversation, contact: str = contact_id, seen: set[object] = seen
        ) -> object:
            change = StatusChange(status=Status.HANDED_OFF, owner="human")
            store.conversations.set_status("acme", name, change, NOW)
            seen.update(row[0] for row in store.rows(SENDING, contact=contact))
            return None

        granted = _race([take_over, *_claims(store, contact_id, number, conversation)], chance)

        assert granted == seen, f"round {number}"


def test_suppress_by_the_carrier_that_races_with_claims_leaves_no_later_grant(
    store: Store, chance: random.Random, slow_flips: None
) -> None:
    """The carrier's opt-out takes the same lock as the customer's."""
    for number in range(ROUNDS):
        phone = f"+1312555{100 + number:04d}"
        contact_id = store.contact_of(store.ingest(an_inbound(sender=phone)))
        seen: set[object] = set()

        def suppress(contact: str = contact_id, seen: set[object] = seen) -> object:
            store.outbox.suppress("acme", contact, "carrier:21610", NOW)
            seen.update(row[0] for row in store.rows(SENDING, contact=contact))
            return None

        granted = _race([suppress, *_claims(store, contact_id, number)], chance)

        assert granted == seen, f"round {number}"


def _claims(
    store: Store, contact_id: str, number: int, conversation_id: str | None = None
) -> list[Call]:
    texts = [
        a_reply(contact_id, f"{number}-{i}", conversation_id=conversation_id) for i in range(CLAIMS)
    ]
    return [lambda text=text: store.outbox.claim(text, NOW) for text in texts]  # type: ignore[misc]


def _race(calls: list[Call], chance: random.Random) -> set[object]:
    """Let the calls go within a few milliseconds; return the ids of what was granted."""
    gate = Barrier(len(calls))
    delays = [chance.random() * 0.02 for _ in calls]

    def run(call: Call, delay: float) -> object:
        gate.wait()
        Event().wait(delay)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        done = list(pool.map(run, calls, delays))
    return {d.row.outbox_id for d in done if isinstance(d, Claim) and d.granted}
