"""Fixed answers that go out word for word, with the brand's name and contact filled in."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.gate.decision import FixedText
from domain.gate.settings import GateSettings

DEFAULT_TEXTS: Mapping[FixedText, str] = MappingProxyType(
    {
        FixedText.STOP_CONFIRMATION: (
            "{brand}: You are unsubscribed and will get no more texts from us. "
            "Reply START to resubscribe."
        ),
        FixedText.HELP: (
            "{brand} texts: help at {help_contact}. Msg frequency varies. "
            "Msg&data rates may apply. Reply STOP to opt out."
        ),
        FixedText.START_CONFIRMATION: (
            "{brand}: You are resubscribed. Msg freq varies. Msg&data rates may apply. "
            "Reply HELP for help, STOP to opt out."
        ),
        FixedText.INELIGIBLE: "{brand}: This number cannot answer you. Help: {help_contact}",
        FixedText.EMERGENCY: (
            "If anyone is in danger, call 911 or your local emergency number now. "
            "A person at {brand} has been alerted."
        ),
        FixedText.SELF_HARM: (
            "We're worried about you. Please call or text 988 (US) or your local emergency "
            "number now. A person here has been alerted."
        ),
        FixedText.WHO_IS_THIS: (
            "This is {brand}. You get texts because this number signed up with us. "
            "Help: {help_contact}. Reply STOP to opt out."
        ),
        FixedText.BOT_DISCLOSURE: (
            "I'm {brand}'s AI assistant, not a person. Reply AGENT to reach our team."
        ),
        FixedText.CARD_WARNING: (
            "{brand}: Please never text card numbers or passwords. We removed what you sent; "
            "nobody here will ask for them."
        ),
        FixedText.BARRED_TOPIC: "{brand}: Sorry, I can't help with that by text.",
        FixedText.MEDIA_ONLY: "{brand}: Thanks for the picture. What can we help you with?",
    }
)
"""Source: sms.md 4.3 (STOP, HELP, START), 4.8 (disclosure), 6.4."""


def fixed_text(kind: FixedText, settings: GateSettings, brand: str, help_contact: str) -> str:
    """Return the words of a fixed answer.

    Args:
        kind: Which answer.
        settings: The brand's gate settings; its own wording wins.
        brand: The brand's name.
        help_contact: Address or number of a human.
    """
    words = settings.fixed_texts.get(kind) or DEFAULT_TEXTS[kind]
    if kind is FixedText.INELIGIBLE and settings.audience.ineligible_text:
        words = settings.audience.ineligible_text
    return words.replace("{brand}", brand).replace("{help_contact}", help_contact)
