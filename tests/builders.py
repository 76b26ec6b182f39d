"""Builders: values that are right in every respect the test does not speak of.

Phone numbers are 555-01xx. Brands answer from their own number, `NUMBERS[brand]`; contacts write
from `PHONE` unless told otherwise. `NOW` is the instant everything happens at.
"""

from datetime import UTC, datetime, timedelta
from itertools import count

from domain.brand import BrandSettings, Identity
from domain.brand_accounts import Sender
from domain.brand_conduct import HandoffSettings
from domain.escalation import HandoffMode
from domain.gate.context import GateContext
from domain.gate.decision import Decision, Disposition, FixedText, Label, Layer
from domain.message import InboundMessage, MessageOrigin
from store.outbox_records import ReadyText, SendKind

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
PHONE = "+13125550142"
NUMBERS = {"acme": "+13125550100", "birch": "+13125550101"}

_provider_ids = (f"SM{number:032x}" for number in count(1))


def some_settings(brand: str = "acme", *numbers: str, name: str = "Acme") -> BrandSettings:
    """Return settings that need neither shop nor helpdesk; numbers default to `NUMBERS[brand]`."""
    return BrandSettings(
        brand=brand,
        identity=Identity(name=name, category="apparel", help_contact="help@acme.example"),
        senders=tuple(Sender(number=n) for n in numbers or (NUMBERS[brand],)),
        handoff=HandoffSettings(mode=HandoffMode.CLOSEOUT, closeout="Please write to us."),
    )


def an_inbound(
    body: str = "Where is my order?",
    *,
    brand: str = "acme",
    sender: str = PHONE,
    recipient: str | None = None,
    provider_message_id: str | None = None,
    received_at: datetime = NOW,
) -> InboundMessage:
    """Return a text to a brand's number, each with a provider's id of its own."""
    return InboundMessage(
        provider="twilio",
        provider_message_id=provider_message_id or next(_provider_ids),
        sender=sender,
        recipient=recipient or NUMBERS[brand],
        body=body,
        received_at=received_at,
    )


def a_decision(
    disposition: Disposition = Disposition.ANSWER,
    label: Label = Label.QUESTION,
    *,
    layer: Layer = Layer.RULE,
    rule: str = "test",
    scope: str | None = None,
    fixed_text: FixedText | None = None,
) -> Decision:
    """Return a verdict; by default the text is a question that the agent answers."""
    return Decision.model_validate(
        {
            "disposition": disposition,
            "label": label,
            "reason": "A test says so.",
            "layer": layer,
            "score": 0.9,
            "rule": rule,
            "scope": scope,
            "fixed_text": fixed_text,
        }
    )


_BY_WORD = {
    "STOP": a_decision(
        Disposition.OPT_OUT,
        Label.STOP_KEYWORD,
        layer=Layer.KEYWORD,
        scope="all",
        fixed_text=FixedText.STOP_CONFIRMATION,
    ),
    "NO MARKETING": a_decision(
        Disposition.OPT_OUT,
        Label.OPT_OUT_MARKETING,
        scope="marketing",
        fixed_text=FixedText.STOP_CONFIRMATION,
    ),
    "START": a_decision(
        Disposition.OPT_IN, Label.START_KEYWORD, fixed_text=FixedText.START_CONFIRMATION
    ),
    "HELP": a_decision(Disposition.HELP, Label.HELP_KEYWORD, fixed_text=FixedText.HELP),
    "THANKS": a_decision(Disposition.IGNORE, Label.THANKS),
    "HM": a_decision(Disposition.IGNORE, Label.GIBBERISH),
    "WHO": a_decision(label=Label.WHO_IS_THIS, fixed_text=FixedText.WHO_IS_THIS),
}


def decide_by_word(text: str, context: GateContext, settings: BrandSettings) -> Decision:
    """Decide as a gate of seven words: STOP, NO MARKETING, START, HELP, THANKS, HM (noise), WHO.

    Any other text is a question. The real gate has its own tests; the store's need only verdicts.
    """
    if context.suppressed and text not in {"STOP", "START", "HELP"}:
        return a_decision(Disposition.IGNORE, Label.SUPPRESSED)
    return _BY_WORD.get(text, a_decision())


def a_reply(
    contact_id: str,
    outbox_id: str = "reply-1",
    *,
    brand: str = "acme",
    kind: SendKind = SendKind.REPLY,
    conversation_id: str | None = "conversation-1",
    covers_seq: int | None = None,
    not_after: datetime = NOW + timedelta(minutes=15),
    body: str = "It is on its way.",
) -> ReadyText:
    """Return a text of one segment that is ready to be sent to `PHONE`."""
    return ReadyText(
        outbox_id=outbox_id,
        brand=brand,
        contact_id=contact_id,
        conversation_id=conversation_id,
        turn=1,
        kind=kind,
        origin=MessageOrigin.AGENT,
        provider="twilio",
        sender=NUMBERS[brand],
        recipient=PHONE,
        body=body,
        encoding="GSM-7",
        segments=1,
        not_after=not_after,
        covers_seq=covers_seq,
    )
