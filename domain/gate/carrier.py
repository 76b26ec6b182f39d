"""Notices that carriers and networks send in a person's name."""

import re

_STARTS = re.compile(r"\s*(?:free ?msg|network (?:msg|message))\b", re.IGNORECASE)
_CONTAINS = re.compile(
    r"unable to send message|message blocking is active|not set up for texting"
    r"|not (?:able|configured|enabled) (?:to receive|for) (?:text|sms)"
    r"|no longer in service|is (?:not in service|disconnected)|service access denied"
    r"|message (?:could not be|was not|cannot be|failed to be|has not been) delivered"
    r"|invalid (?:destination|mobile) (?:number|address)|undeliverable|mailbox is full"
    r"|(?:subscriber|number|customer) you (?:are trying to reach|have (?:dialed|called))"
    r"|(?:recipient|number) (?:is unable to|cannot|can not|does not) (?:receive"
    r"|accept) (?:text|sms)",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:i|im|i'm|my|me|we|our|your site|app|cart|checkout)\b", re.IGNORECASE
)


def is_carrier_notice(text: str) -> bool:
    """Tell whether a text is a network's notice, not a person's words.

    Args:
        text: The raw body.

    Source: sms.md 6.2. A first person or a question mark makes it a customer's sentence.
    """
    if _STARTS.match(text):
        return "?" not in text
    return bool(_CONTAINS.search(text)) and "?" not in text and not _FIRST_PERSON.search(text)
