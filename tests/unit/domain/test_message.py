"""Messages in neutral terms: strict where we write them, whole after a round trip."""

from datetime import UTC, datetime

import pytest
from pydantic import BaseModel, ValidationError

from domain.message import DeliveryReport, InboundMessage, Media, MessageOrigin, TranscriptLine
from domain.outbox import DeliveryStatus

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
INBOUND = InboundMessage(
    provider="twilio",
    provider_message_id="SM1",
    sender="+13125550142",
    recipient="+13125550100",
    body="  Where’s my order? 😀\n",
    media=(Media(url="https://media.example/1", content_type="image/jpeg"),),
    received_at=NOON,
)
REPORT = DeliveryReport(
    provider="twilio",
    provider_message_id="SM2",
    outbox_id=None,
    status=DeliveryStatus.FAILED,
    error_code="30003",
)
LINE = TranscriptLine(at=NOON, origin=None, body="Hi", message_id="m1")


@pytest.mark.parametrize("value", [INBOUND, REPORT, LINE], ids=lambda v: type(v).__name__)
def test_messages_survive_json(value: BaseModel) -> None:
    """Nothing is lost on the way through a queue, not a blank and not an emoji."""
    assert type(value).model_validate_json(value.model_dump_json()) == value


def test_inbound_message_body_is_kept_unaltered() -> None:
    """Opt-out rules must see what was written, blanks and all."""
    assert INBOUND.body == "  Where’s my order? 😀\n"


@pytest.mark.parametrize(
    "field", ["provider", "provider_message_id", "sender", "recipient", "body", "received_at"]
)
def test_inbound_message_without_an_identifying_field_is_refused(field: str) -> None:
    """What identifies a text has no default: it would make two texts one."""
    raw = {k: v for k, v in INBOUND.model_dump().items() if k != field}

    with pytest.raises(ValidationError, match=field):
        InboundMessage.model_validate(raw)


def test_inbound_message_unknown_field_is_refused() -> None:
    """Adapters build these: a field they invent is a mistake."""
    with pytest.raises(ValidationError, match="colour"):
        InboundMessage.model_validate(INBOUND.model_dump() | {"colour": "red"})


def test_delivery_report_status_is_one_of_the_neutral_words() -> None:
    """A vendor's own word must be translated before it gets here."""
    with pytest.raises(ValidationError, match="status"):
        DeliveryReport.model_validate(REPORT.model_dump() | {"status": "accepted"})


def test_transcript_line_of_the_customer_has_no_origin() -> None:
    """Everyone who writes for the brand has a name of their own; the customer has none."""
    assert LINE.origin is None
    assert {o.value for o in MessageOrigin} == {
        "agent",
        "human",
        "campaign",
        "automation",
        "notice",
    }
