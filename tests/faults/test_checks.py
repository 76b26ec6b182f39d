"""The checks see what they are there for: each law, broken once in a record made by hand."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.faults.checks import check, in_flight
from tests.faults.record import Record, Send
from tests.faults.story import HumanWords, Kind, Said, Story, Word

PHONE = "+13125550142"
START = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONFIRMATION = "Brand: You are unsubscribed and will get no more texts from us."
QUESTION = "Where is my order? Babaman here"


def _at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def _said(body: str, kind: Kind, seconds: float) -> Said:
    return Said(body, kind, f"SM{seconds:.0f}", _at(seconds), _at(seconds + 0.1))


def _send(body: str, seconds: float) -> Send:
    return Send(PHONE, body, _at(seconds), 201)


def _good() -> Record:
    """Return a record of one question that was answered, and of one that went to a human."""
    story = Story(PHONE, "Babaman", "#50000", "by hand")
    human = "I want to talk to a human. Babaman here"
    story.said = [_said(QUESTION, Kind.QUESTION, 0), _said(human, Kind.QUESTION, 10)]
    record = Record([story])
    record.sends = [
        _send("Brand AI assistant: Order #50000 is on its way.", 2),
        _send("Thanks, I'm passing this to our team. A person will reply here (9-5).", 12),
    ]
    line = {"direction": "inbound", "message_id": "m2", "text": human}
    opened = {"contact": {"phone": PHONE}, "reason": "customer_asked", "transcript": [line]}
    ticket = {"id": "T-1", "external_id": "conv:c1:1", "opened": opened, "messages": []}
    record.tickets = [ticket]
    record.deliveries = [
        {"webhook_id": f"c1:{kind}:1", "repeat": False, "differs": False}
        for kind in ("started", "escalated")
    ]
    record.conversations = {"c1": {"status": "handed_off"}}
    record.outcomes = {said.sid: {"conversation_id": "c1"} for said in story.said}
    return record


def test_record_of_a_good_run_has_no_violation() -> None:
    """What all laws allow is not reported."""
    assert check(_good()) == []


def _unanswered(record: Record) -> None:
    record.sends.pop(0)
    record.sends[0] = _send(record.sends[0].body, -1)


def _answered_twice(record: Record) -> None:
    record.sends.append(_send(record.sends[0].body, 5))


def _talks_after_stop(record: Record) -> None:
    record.stories[0].said.append(_said("STOP", Kind.STOP, 20))
    record.sends += [_send(CONFIRMATION, 21), _send("One more thing.", 30)]


def _confirms_twice(record: Record) -> None:
    record.stories[0].said.append(_said("STOP", Kind.STOP, 20))
    record.sends += [_send(CONFIRMATION, 21), _send(CONFIRMATION, 22)]


def _talks_after_takeover(record: Record) -> None:
    record.stories[0].said.append(_said("Do you ship? Babaman here", Kind.QUESTION, 21))
    record.outcomes["SM21"] = {"conversation_id": "c1"}
    record.stories[0].words.append(Word(_at(20)))
    record.sends.append(_send("Yes, we ship.", 30))


def _human_is_not_heard(record: Record) -> None:
    record.stories[0].human.append(HumanWords("Ada here.", _at(20), taken=True))


def _human_is_heard_twice(record: Record) -> None:
    record.stories[0].human.append(HumanWords("Ada here.", _at(20), taken=True))
    record.sends += [_send("Ada here.", 21), _send("Ada here.", 22)]


def _names_the_order_of_another(record: Record) -> None:
    record.sends[0] = _send("Order #50002 is on its way.", 2)


def _opens_two_tickets(record: Record) -> None:
    record.tickets.append(record.tickets[0])


def _hands_over_twice(record: Record) -> None:
    record.tickets.append(record.tickets[0] | {"id": "T-2", "external_id": "conv:c1:2"})


def _hands_over_again_and_again(record: Record) -> None:
    for number in (2, 3):
        another = {"id": f"T-{number}", "external_id": f"conv:c{number}:1"}
        record.tickets.append(record.tickets[0] | another)


def _event_twice(record: Record) -> None:
    again = {"webhook_id": "c1:started:2", "repeat": False, "differs": False}
    record.deliveries.append(again)


def _event_missing(record: Record) -> None:
    record.deliveries.pop()


def _resolution_is_not_told(record: Record) -> None:
    record.conversations["c1"] = {"status": "resolved_verified"}


def _start_is_told_last(record: Record) -> None:
    record.deliveries.reverse()


def _never_ends(record: Record) -> None:
    record.conversations["c1"] = {"status": "waiting"}


def _unknown_to_operators(record: Record) -> None:
    record.outcomes.pop("SM0")


@pytest.mark.parametrize(
    ("breaks", "law"),
    [
        (_unanswered, "lost"),
        (_answered_twice, "doubled"),
        (_talks_after_stop, "after stop"),
        (_confirms_twice, "doubled"),
        (_talks_after_takeover, "after takeover"),
        (_human_is_not_heard, "lost human words"),
        (_human_is_heard_twice, "doubled"),
        (_names_the_order_of_another, "of others"),
        (_opens_two_tickets, "ticket doubled"),
        (_hands_over_twice, "handoff doubled"),
        (_hands_over_again_and_again, "handoff doubled"),
        (_event_twice, "event doubled"),
        (_event_missing, "event missing"),
        (_resolution_is_not_told, "event missing"),
        (_start_is_told_last, "event out of order"),
        (_never_ends, "not ended"),
        (_unknown_to_operators, "not recorded"),
    ],
)
def test_broken_law_is_reported(breaks: Callable[[Record], None], law: str) -> None:
    """One fault in a good record, and its law is named."""
    record = _good()
    breaks(record)
    assert law in {violation.law for violation in check(record)}


def test_text_in_flight_at_the_stop_is_allowed() -> None:
    """A post whose permission is older than the opt-out may still arrive for a few seconds."""
    record = _good()
    record.stories[0].said.append(_said("STOP", Kind.STOP, 13))
    record.sends.append(_send("Order #50000 arrives tomorrow.", 14))
    assert check(record) == []
    assert in_flight(record) == 1
