"""Where links, e-mail addresses and phone numbers stand in a text."""

import re

EMAIL = re.compile(r"[\w.+'-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\s?\.\s?[\w-]+)+")
PHONE = re.compile(r"(?<![\w#/.=-])\+?\(?\d(?:[\s().-]{0,2}\d){8,22}(?![\w/])")
_LINK = re.compile(r"https?://\S+")


def without_links(text: str) -> str:
    """Return a text with its https and http links blanked; link rules look at those."""
    return _LINK.sub(" ", text)


def without_contacts(text: str) -> str:
    """Return a text with links, e-mail addresses and phone numbers blanked.

    The rule on personal data looks at those, and its evidence never repeats them.
    """
    return PHONE.sub(" ", EMAIL.sub(" ", without_links(text)))
