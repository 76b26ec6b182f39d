"""Whether a reply moves the conversation on."""

from collections.abc import Sequence
from difflib import SequenceMatcher

_SAME_FROM = 0.9
_COMPARED = 3


def says_something_new(body: str, earlier: Sequence[str]) -> bool:
    """Return whether a reply differs from the last ones by more than a word or two.

    Args:
        body: The reply.
        earlier: Replies before it, oldest first.
    """
    words = body.casefold().split()
    return all(
        SequenceMatcher(a=words, b=said.casefold().split(), autojunk=False).ratio() < _SAME_FROM
        for said in earlier[-_COMPARED:]
    )
