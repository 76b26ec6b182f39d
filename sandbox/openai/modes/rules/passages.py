"""What a passage answers to a question, in its own sentences.

A passage titled with nearly the same question answers from its beginning; otherwise the sentence
with the question's rarest words does.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from sandbox.openai.modes.rules.intents import Intent, Need
from sandbox.openai.modes.rules.vocabulary import content_words, stem

Json = dict[str, Any]
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_SAME_QUESTION = 0.3
_SURELY_SAME = 0.5
_WHOLE_POLICY = 0.3
_NEARLY_AS_GOOD = 0.6
_LIGHT = frozenset(stem(word) for word in ("long", "take", "cost", "costs", "offer", "policy"))


class Sentence(NamedTuple):
    """One sentence, the question's words in it and its title, and what they weigh."""

    text: str
    shared: frozenset[str]
    weight: float


def word_passages(need: Need, passages: Sequence[Json]) -> tuple[str, ...]:
    """Return the answers to a question, richest first, in the passages' own sentences.

    Empty when no sentence speaks of what was asked. An unclear question must share two words.
    """
    likeness = [_likeness(need.text, str(p.get("title", ""))) for p in passages]
    closest = max(likeness, default=0.0)
    if closest >= _SAME_QUESTION:
        chosen = passages[likeness.index(closest)]
        if str(chosen.get("title", "")).rstrip().endswith("?") and (
            need.intent is not Intent.OTHER or closest >= _SURELY_SAME
        ):
            direct = () if _asks_for_more(need.text, chosen) else _beginning(chosen)
            return (*direct, *_best_sentences(need, passages if direct else [chosen]))
        passages = [chosen]
    return _best_sentences(need, passages)


def _likeness(question: str, title: str) -> float:
    """Return how far a title asks the same, 0 to about 1; a policy asked for prefers a policy."""
    asked, named = _stems(question), _stems(title)
    shared = sum(map(_worth, asked & named))
    if not shared:
        return 0.0
    general = "policy" in question.lower() and not title.rstrip().endswith("?")
    share = shared / (sum(map(_worth, asked)) + 0.5 * len(named - asked))
    return share + (_WHOLE_POLICY if general else 0.0)


def _asks_for_more(question: str, passage: Json) -> bool:
    """Say whether a word of the question stands only further down in the passage."""
    first, *others = _sentences(passage) or [""]
    new = _stems(question) - _stems(f"{passage.get('title', '')} {first}") - _LIGHT
    return bool(new & _stems(" ".join(others)))


def _beginning(passage: Json) -> tuple[str, ...]:
    sentences = _sentences(passage)
    return tuple(" ".join(sentences[:count]) for count in (2, 1) if len(sentences) >= count)


def _best_sentences(need: Need, passages: Sequence[Json]) -> tuple[str, ...]:
    best, *others = _ranked(need.text, passages) or [Sentence("", frozenset(), 0)]
    asked = len(content_words(need.text))
    if len(best.shared) < (2 if need.intent is Intent.OTHER and asked > 1 else 1):
        return ()
    good = [s for s in others if s.weight >= best.weight * _NEARLY_AS_GOOD]
    adding = [s for s in good if s.shared - best.shared]
    shorter = [s.text for s in good if len(s.text) < len(best.text)]
    return (*(f"{best.text} {s.text}" for s in adding), best.text, *shorter)


def _ranked(question: str, passages: Sequence[Json]) -> list[Sentence]:
    wanted = _stems(question)
    texts = [_stems(f"{p.get('title', '')} {p.get('text', '')}") for p in passages]
    rare = {w: _worth(w) / (sum(w in text for text in texts) or 1) for w in wanted}
    found: list[Sentence] = []
    for passage in passages:
        titled = wanted & _stems(str(passage.get("title", "")))
        for text in _sentences(passage):
            said = wanted & _stems(text)
            weight = sum(rare[w] for w in said) + sum(rare[w] for w in titled) / 2
            found.append(Sentence(text, frozenset(said | titled), weight))
    return sorted(found, key=lambda s: -s.weight)


def _sentences(passage: Json) -> list[str]:
    return [s.strip() for s in _SENTENCE.split(str(passage.get("text", ""))) if s.strip()]


def _worth(word: str) -> float:
    return 0.3 if word in _LIGHT else 1.0


def _stems(text: str) -> set[str]:
    return {stem(word) for word in content_words(text)}
