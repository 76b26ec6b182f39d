"""What each business event tells, what it keeps to itself, and how it is recognised again."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from domain.business_event import BusinessEvent, EventName, EventSubject, Resolution
from domain.escalation import EscalationReason
from domain.events import (
    build_escalated,
    build_recommended,
    build_resolution_reverted,
    build_resolved,
    build_started,
)

PHONE = "+13125550142"
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SUBJECT = EventSubject(brand="cedar-slate", conversation_id="c-1", phone=PHONE)
ALWAYS = {"Conversation ID": "c-1", "Channel": "sms"}


def a_resolution(
    procedure: str | None = "order_status", resolution_time: timedelta = timedelta(seconds=61)
) -> BusinessEvent:
    """Return a conversation resolved after 61 seconds."""
    return build_resolved(
        SUBJECT,
        AT,
        resolution=Resolution.CONFIRMED,
        procedure=procedure,
        tags=("vip", "winter"),
        resolution_time=resolution_time,
    )


def every_event(subject: EventSubject = SUBJECT) -> list[BusinessEvent]:
    """Return one of each."""
    resolved = a_resolution()
    return [
        build_started(subject, AT, first_message="Hi"),
        resolved,
        build_escalated(
            subject, AT, reason=EscalationReason.LEGAL, procedure="order_status", assisted=False
        ),
        build_recommended(subject, AT, product_ids=("p-1",)),
        build_resolution_reverted(subject, AT, reverted=resolved),
    ]


def test_names_are_the_ones_marketers_build_segments_on() -> None:
    """A renamed event breaks every segment saved on it."""
    assert [name.value for name in EventName] == [
        "Started Customer Agent Conversation",
        "Resolved Customer Agent Conversation",
        "Escalated Customer Agent Conversation",
        "Received Product Recommendation",
        "Reverted Customer Agent Resolution",
    ]


def test_started_keeps_the_first_message_unless_the_brand_shares_bodies() -> None:
    """A customer's words leave only by the brand's own decision."""
    silent = build_started(SUBJECT, AT, first_message="I am at 5 Elm St")
    open_ = build_started(SUBJECT, AT, first_message="Where is it?", share_bodies=True)
    assert silent.properties == ALWAYS
    assert "Elm" not in silent.model_dump_json()
    assert open_.properties == ALWAYS | {"First message": "Where is it?"}


def test_resolved_tells_how_sure_how_long_and_under_both_names_what_about() -> None:
    """A segment saved on Skill and one on Procedure both go on working."""
    assert a_resolution().properties == ALWAYS | {
        "Resolution": "resolved_confirmed",
        "Resolution time": 61,
        "Tags": ["vip", "winter"],
        "Procedure": "order_status",
        "Skill": "order_status",
    }


def test_resolved_without_a_known_procedure_names_none() -> None:
    """An unknown intent is an absent property, not one called "None"."""
    assert not {"Procedure", "Skill"} & set(a_resolution(procedure=None).properties)


def test_resolution_time_is_never_negative() -> None:
    """Clocks of two machines may disagree by a little."""
    event = a_resolution(resolution_time=timedelta(seconds=-2))
    assert event.properties["Resolution time"] == 0


def test_escalated_tells_why_and_whether_the_agent_had_helped() -> None:
    """Assisted escalations are counted apart."""
    event = build_escalated(
        SUBJECT,
        AT,
        reason=EscalationReason.CUSTOMER_ASKED,
        procedure="exchange",
        tags=("vip",),
        assisted=True,
    )
    assert event.properties == ALWAYS | {
        "Escalation reason": "customer_asked",
        "Assisted": True,
        "Tags": ["vip"],
        "Procedure": "exchange",
        "Skill": "exchange",
    }


def test_recommended_tells_products_in_the_order_of_the_reply() -> None:
    """The first one named is the first in the list."""
    event = build_recommended(SUBJECT, AT, product_ids=("p-2", "p-1"), skus=("B", "A"))
    assert event.properties == ALWAYS | {"Product IDs": ["p-2", "p-1"], "SKUs": ["B", "A"]}


def test_reversal_names_the_event_it_takes_back() -> None:
    """A report can subtract exactly what it had counted."""
    event = build_resolution_reverted(SUBJECT, AT, reverted=a_resolution())
    assert event.properties == ALWAYS | {
        "Reverted event ID": "c-1:resolved:1",
        "Resolution": "resolved_confirmed",
        "Procedure": "order_status",
        "Skill": "order_status",
    }


def test_ids_are_the_same_for_the_same_event_and_differ_for_every_other() -> None:
    """The kind, the conversation and the episode make the id, and nothing else does."""
    again = build_started(SUBJECT, AT + timedelta(days=1), first_message="Something else")
    assert every_event()[0].event_id == again.event_id == "c-1:started:1"
    second = EventSubject(brand="cedar-slate", conversation_id="c-1", phone=PHONE, episode=2)
    other = EventSubject(brand="cedar-slate", conversation_id="c-2", phone=PHONE)
    ids = {e.event_id for e in every_event()}
    ids |= {build_started(s, AT, first_message="").event_id for s in (second, other)}
    assert len(ids) == len(EventName) + 2


@pytest.mark.parametrize("event", every_event(), ids=lambda event: event.name.name)
def test_number_of_the_contact_is_in_no_property_and_no_id(event: BusinessEvent) -> None:
    """It stands in its own field alone, where an erasure finds it."""
    kept = json.dumps(event.model_dump(mode="json", exclude={"phone"}))
    assert event.phone == PHONE
    assert "5550142" not in kept


@pytest.mark.parametrize("event", every_event(), ids=lambda event: event.name.name)
def test_event_comes_back_from_json_as_it_went(event: BusinessEvent) -> None:
    """It is stored between its making and its delivery."""
    assert BusinessEvent.model_validate_json(event.model_dump_json()) == event


def test_event_of_a_newer_version_is_read_by_an_older_worker() -> None:
    """Both run side by side during a deploy."""
    raw = every_event()[0].model_dump(mode="json") | {"schema_version": 2, "mood": "sunny"}
    assert BusinessEvent.model_validate(raw).schema_version == 2


@pytest.mark.parametrize(
    "changes",
    [{"phone": "3125550142"}, {"conversation_id": ""}, {"episode": 0}],
    ids=json.dumps,
)
def test_subject_that_names_nobody_is_refused(changes: dict[str, object]) -> None:
    """An event without a profile or an id could be neither delivered nor de-duplicated."""
    with pytest.raises(ValidationError):
        EventSubject.model_validate(SUBJECT.model_dump() | changes)


def test_event_without_a_time_zone_is_refused() -> None:
    """Receivers in other zones would read another hour."""
    raw = every_event()[0].model_dump(mode="json") | {"occurred_at": "2026-11-22T09:30:00"}
    with pytest.raises(ValidationError):
        BusinessEvent.model_validate(raw)
