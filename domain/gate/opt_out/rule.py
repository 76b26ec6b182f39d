"""One rule of opt-out wording, and what it found."""

import re
from enum import StrEnum
from functools import cached_property
from typing import Literal

from domain.values import Value


class Strength(StrEnum):
    """How sure a finding is."""

    HIT = "hit"
    DOUBT = "doubt"


def linear(pattern: str) -> str:
    r"""Return a pattern whose repeated word groups give nothing back once a word is taken.

    `(?: (?:a|b))*` tries every alternative of every word again when the rest fails, which is
    exponential where two alternatives share a word. As `(?> (?:a|b)\b)*` it is linear.
    """
    out: list[str] = []
    for head, tail in (("(?: (?:", r"\b)"), ("(?:(?:", ")")):
        start = 0
        out.clear()
        while (found := pattern.find(head, start)) >= 0:
            end = _close(pattern, found)
            body = pattern[found + 3 : end]
            repeated = pattern[end + 1 : end + 2] in {"*", "+", "{"}
            spaced = head == "(?: (?:" or body.endswith(" ")
            whole = repeated and spaced
            out.append(pattern[start:found] + ("(?>" if whole else "(?:"))
            pattern = pattern[: found + 3] + body + (tail if whole else ")") + pattern[end + 1 :]
            start = found + 3
        pattern = "".join([*out, pattern[start:]])
    return pattern


def _close(pattern: str, opening: int) -> int:
    depth = 0
    index = opening
    while index < len(pattern):
        if pattern[index] == "\\":
            index += 1
        elif pattern[index] == "(":
            depth += 1
        elif pattern[index] == ")":
            depth -= 1
            if depth == 0:
                return index
        index += 1
    msg = f"unbalanced pattern: {pattern}"
    raise ValueError(msg)


class PhraseRule:
    """Words that ask for no more texts, with the words that make them mean something else.

    Args:
        name: Stable id, language first.
        pattern: Searched in the plain words of one sentence.
        guards: Where one of these is found too, the finding is only a doubt.
        vetoes: Guards that no rescue overrides.
        rescue: Where this is found as well, guards do not count.
        bare: A demand without an object: plain delight or laughter around it undoes it, and so
            does a question of the agent that it may answer.
        whole: Tested against the whole message only: among other sentences it means little.
        short: Heard in short messages only; in a long one it tells a story.
        only_after_campaign: Means it only when the last text was a campaign.
        needs_campaign_or_silence: After a question of the agent it is an answer, so only a doubt.
    """

    def __init__(  # noqa: PLR0913  (one keyword per property of a rule reads as a table)
        self,
        name: str,
        pattern: str,
        *,
        guards: tuple[str, ...] = (),
        vetoes: tuple[str, ...] = (),
        rescue: str | None = None,
        bare: bool = False,
        whole: bool = False,
        needs_campaign_or_silence: bool = False,
        only_after_campaign: bool = False,
        short: bool = False,
    ) -> None:
        self.name = name
        self.bare = bare
        self.whole = whole
        self.short = short
        self.only_after_campaign = only_after_campaign
        self.needs_campaign_or_silence = needs_campaign_or_silence
        self._pattern = re.compile(linear(pattern))
        self._guards = tuple(re.compile(guard) for guard in guards)
        self._vetoes = tuple(re.compile(veto) for veto in vetoes)
        self._rescue = re.compile(rescue) if rescue else None

    def test(self, words: str) -> Strength | None:
        """Return how surely a sentence asks for no more texts, None when it does not.

        Args:
            words: One sentence in plain words.
        """
        if not self._pattern.search(words):
            return None
        if any(veto.search(words) for veto in self._vetoes):
            return Strength.DOUBT
        if self._rescue is not None and self._rescue.search(words):
            return Strength.HIT
        if any(guard.search(words) for guard in self._guards):
            return Strength.DOUBT
        return Strength.HIT

    @cached_property
    def language(self) -> str:
        """ISO 639-1 code the rule is written for."""
        return self.name[:2]


class Finding(Value):
    """What the opt-out rules say about one text.

    Attributes:
        strength: Settled, or for the model to settle.
        rule: Id of the rule.
        language: Of the words that matched.
        scope: Everything, or promotions only.
        with_question: The text asks for something else as well.
        wrong_number: The person says they are not who we think.
    """

    strength: Strength
    rule: str
    language: str
    scope: Literal["all", "marketing"] = "all"
    with_question: bool = False
    wrong_number: bool = False
