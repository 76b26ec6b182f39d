"""The law of tenants: two brands with the same customer never see or touch each other's rows."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from domain.business_event import EventSubject
from domain.conversation import Status
from domain.errors import RuleBroken
from domain.events import build_started
from domain.gate.decision import Disposition, Label, Layer
from store.records import Opening, StatusChange, TicketBinding
from store.turn_records import StepRecord, ToolRecord, TurnKey
from tests.builders import NOW, PHONE, a_decision, a_reply, an_inbound, some_settings
from tests.store.rig import Store

DOUBTED = a_decision(Disposition.HELPDESK, Label.OPT_OUT_UNCERTAIN)


@dataclass(frozen=True)
class Tenant:
    """What one brand has with the customer whom both know."""

    brand: str
    contact_id: str
    message_id: str
    conversation_id: str

    @property
    def key(self) -> TurnKey:
        """The first step of the first turn."""
        return TurnKey(conversation_id=self.conversation_id, turn=1, attempt=0, step=0)

    @property
    def opening(self) -> Opening:
        """What opens the conversation."""
        return Opening(
            conversation_id=self.conversation_id, brand=self.brand, contact_id=self.contact_id
        )


@pytest.fixture
def tenants(store: Store) -> tuple[Tenant, Tenant]:
    """Give two brands that the same phone has written to; both have all kinds of rows."""
    store.add_brand(some_settings("birch", name="Birch"))
    return _fill(store, "acme"), _fill(store, "birch")


def _fill(store: Store, brand: str) -> Tenant:
    asked = store.ingest(an_inbound(f"hello {brand}", brand=brand))
    tenant = Tenant(brand, store.contact_of(asked), asked.message_id, f"conversation-{brand}")
    store.conversations.open_conversation(tenant.opening, [asked.message_id], NOW)
    store.conversations.claim_messages(brand, tenant.conversation_id, 1, [asked.message_id])
    reply = a_reply(
        tenant.contact_id, f"reply-{brand}", brand=brand, conversation_id=tenant.conversation_id
    )
    store.outbox.claim(reply, NOW, receipt="{}")
    step = StepRecord(
        key=tenant.key,
        outcome=brand,
        model="m",
        input_tokens=1,
        cached_tokens=0,
        output_tokens=1,
    )
    store.turns.save_step(brand, step, NOW)
    tool = ToolRecord(
        key=tenant.key, call_id="call", tool="t", arguments="{}", text=brand, facts=()
    )
    store.turns.save_tool_result(brand, tool, NOW)
    store.turns.record_wrong_guess(brand, tenant.contact_id, NOW)
    ticket = TicketBinding(external_id=f"x-{brand}", provider="p", ticket_id=brand, url=None)
    store.conversations.save_ticket(brand, tenant.conversation_id, ticket, NOW)
    subject = EventSubject(brand=brand, conversation_id=tenant.conversation_id, phone=PHONE)
    store.events.queue(build_started(subject, NOW, first_message="hello"), tenant.contact_id)
    store.inbound.ingest(an_inbound("please stop", brand=brand), lambda *_: DOUBTED, NOW)
    return tenant


Ask = Callable[[Store, str, Tenant], object]
"""Asks for the rows of a tenant in the name of a brand."""

QUESTIONS: dict[str, Ask] = {
    "outcome": lambda s, brand, of: s.inbound.outcome(brand, of.message_id),
    "decision": lambda s, brand, of: s.conversations.decision(brand, of.message_id),
    "transcript": lambda s, brand, of: s.conversations.transcript(brand, of.contact_id, NOW, 9),
    "summary": lambda s, brand, of: s.conversations.summary(brand, of.conversation_id),
    "usage": lambda s, brand, of: s.conversations.usage(brand, of.conversation_id).model_calls,
    "claim_messages": lambda s, brand, of: s.conversations.claim_messages(
        brand, of.conversation_id, 1, [of.message_id]
    ),
    "contact": lambda s, brand, of: _or_none(lambda: s.conversations.contact(brand, of.contact_id)),
    "open_conversation": lambda s, brand, of: _or_none(
        lambda: s.conversations.open_conversation(
            of.opening.model_copy(update={"brand": brand}), [of.message_id], NOW
        )
    ),
    "step": lambda s, brand, of: s.turns.step(brand, of.key),
    "steps": lambda s, brand, of: s.turns.steps(brand, of.conversation_id, 1, 0),
    "tool_result": lambda s, brand, of: s.turns.tool_result(brand, of.key, "call"),
    "tool_results": lambda s, brand, of: s.turns.tool_results(brand, of.conversation_id),
    "wrong_guesses": lambda s, brand, of: s.turns.wrong_guesses(brand, of.contact_id, NOW),
}


QUESTIONS |= {
    "ticket_owner": lambda s, brand, of: s.operators.ticket_owner(brand, "p", of.brand),
    "reviews": lambda s, brand, of: [
        r for r in s.consents.reviews(brand, NOW, 9) if r.contact_id == of.contact_id
    ],
    "undelivered": lambda s, brand, of: s.events.undelivered(brand, of.conversation_id, 9),
}


def _or_none(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except RuleBroken:
        return None


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_in_the_name_of_another_brand_finds_nothing(
    store: Store, tenants: tuple[Tenant, Tenant], question: str
) -> None:
    """The same question finds the tenant's own rows, so that nothing is not just its answer."""
    acme, birch = tenants
    ask = QUESTIONS[question]

    own = ask(store, "acme", acme)
    others = ask(store, "birch", acme)

    assert own
    assert not others
    assert ask(store, "acme", birch) == others


MODEL_STOP = a_decision(Disposition.OPT_OUT, Label.OPT_OUT_INTENT, layer=Layer.MODEL, scope="all")
CHANGES: dict[str, Ask] = {
    "set_status": lambda s, brand, of: s.conversations.set_status(
        brand, of.conversation_id, StatusChange(status=Status.IGNORED, owner="human"), NOW
    ),
    "note_answered": lambda s, brand, of: s.conversations.note_answered(
        brand, of.conversation_id, "intent"
    ),
    "record_decision": lambda s, brand, of: _or_none(
        lambda: s.conversations.record_decision(brand, of.message_id, MODEL_STOP, NOW)
    ),
    "claim_messages": lambda s, brand, of: s.conversations.claim_messages(
        brand, "stolen", 7, [of.message_id]
    ),
    "open_conversation": lambda s, brand, of: _or_none(
        lambda: s.conversations.open_conversation(
            of.opening.model_copy(update={"brand": brand}), [], NOW
        )
    ),
    "mark_unreachable": lambda s, brand, of: s.outbox.mark_unreachable(brand, of.contact_id),
    "undo_opt_out": lambda s, brand, of: s.consents.undo_opt_out(brand, of.contact_id, "ann", NOW),
    "claim_with_their_row": lambda s, brand, of: _or_none(
        lambda: s.outbox.claim(a_reply(of.contact_id, f"reply-{of.brand}", brand=brand), NOW)
    ),
    "claim_with_their_contact": lambda s, brand, of: _or_none(
        lambda: s.outbox.claim(a_reply(of.contact_id, "new", brand=brand), NOW)
    ),
    "save_step": lambda s, brand, of: s.turns.save_step(
        brand,
        StepRecord(
            key=of.key, outcome="x", model="m", input_tokens=9, cached_tokens=0, output_tokens=9
        ),
        NOW,
    ),
    "save_tool_result": lambda s, brand, of: s.turns.save_tool_result(
        brand,
        ToolRecord(key=of.key, call_id="call", tool="t", arguments="x", text="x", facts=()),
        NOW,
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_in_the_name_of_another_brand_leaves_the_rows_alone(
    store: Store, tenants: tuple[Tenant, Tenant], change: str
) -> None:
    """Ids that leak from one tenant to another give no power over its rows."""
    acme, _ = tenants
    before = _rows_of(store, "acme")

    CHANGES[change](store, "birch", acme)

    assert _rows_of(store, "acme") == before


def _rows_of(store: Store, brand: str) -> dict[str, list[tuple[object, ...]]]:
    found = {}
    for name in set(store.counts()) - {"brand"}:
        query = f"SELECT * FROM {name} WHERE brand = :brand"  # noqa: S608 (names of tables)
        found[name] = sorted(store.rows(query, brand=brand), key=repr)
    return found


def test_stop_to_one_brand_does_not_silence_the_other(
    store: Store, tenants: tuple[Tenant, Tenant]
) -> None:
    """Consent is given to a brand, and so is its withdrawal."""
    acme, birch = tenants
    store.ingest(an_inbound("STOP", brand="acme"))

    silenced = store.outbox.claim(a_reply(acme.contact_id, "a"), NOW)
    other = store.outbox.claim(a_reply(birch.contact_id, "b", brand="birch"), NOW)

    assert (silenced.granted, other.granted) == (False, True)


def test_contact_of_two_brands_is_two_contacts(
    store: Store, tenants: tuple[Tenant, Tenant]
) -> None:
    """One phone, two brands: neither history nor gate context of one reaches the other."""
    acme, birch = tenants

    assert acme.contact_id != birch.contact_id
    assert store.rows("SELECT phone FROM contact") == [(PHONE,), (PHONE,)]
    heard = [
        line.body for line in store.conversations.transcript("birch", birch.contact_id, NOW, 9)
    ]
    assert heard == ["hello birch", "please stop", "It is on its way."]
