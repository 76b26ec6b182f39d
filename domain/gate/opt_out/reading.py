"""A text taken apart for the opt-out rules: sentences, clauses, plain words."""

import re
from typing import Self

from domain.gate.normalise import bounded, folded, pictures, words_of
from domain.gate.opt_out.spelling import plain_words, squeezed
from domain.gate.opt_out.stems import DELIGHT, DELIGHT_PICTURES, STEMS
from domain.gate.spam import without_instruction
from domain.values import Value

_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|(?<=[!?;])|\n+|…|\.{2,}|\s[-–—|]\s|[\"“”«»()\[\]]+")
_CLAUSE = re.compile(r"[,]+|\b(?:and|but|so|or|y|pero|et|mais|und|aber|e|mas)\b")
_NUMBER_SIGN = re.compile(r"#(?!\s?\d)")
_TEXT_AND_DRIVE = re.compile(r"\b(?:dont |never )?(?:text|txt)(?:ing)? (?:and|n|&|while) driv\w+")
_MAX_WORDS = 60
_CLAUSED_WORDS = 30
_MAX_PARTS = 60


class Reading(Value):
    """What the rules read of one text.

    Attributes:
        lowered: Folded text, punctuation kept.
        form: All words as written.
        whole: All words, slang and typing errors undone.
        raw_parts: Sentences and clauses as written, for languages other than English.
        plain_parts: Sentences in bounded pieces, clauses and the whole, in plain words.
        delighted: The words or the emoji are plain delight or laughter.
    """

    lowered: str
    form: str
    whole: str
    raw_parts: tuple[str, ...]
    plain_parts: tuple[str, ...]
    delighted: bool

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Return a text taken apart, None when it holds no word that opting out needs."""
        lowered = squeezed(folded(_NUMBER_SIGN.sub(" number ", bounded(without_instruction(text)))))
        lowered = _TEXT_AND_DRIVE.sub(" ", lowered)
        form = words_of(lowered)
        whole = plain_words(form)
        if not STEMS.search(lowered) and not STEMS.search(whole):
            return None
        split = [(part, words) for part in _SENTENCE.split(lowered) if (words := words_of(part))]
        clauses = [clause for part, words in split for clause in _clauses(part, words)]
        plain = [window for _, words in split for window in _windows(plain_words(words))]
        plain += [plain_words(clause) for clause in clauses]
        return cls(
            lowered=lowered,
            form=form,
            whole=whole,
            raw_parts=_bounded_parts(
                [" ".join(words.split(" ")[:_MAX_WORDS]) for _, words in split] + clauses
            ),
            plain_parts=_bounded_parts([*plain, whole] if len(whole) <= 160 else plain),
            delighted=_is_delighted(whole, text),
        )


def _clauses(part: str, words: str) -> list[str]:
    # In a long sentence "and stop" tells a story; in a short one it is the point.
    if words.count(" ") >= _CLAUSED_WORDS:
        return []
    pieces = [words_of(piece) for piece in _CLAUSE.split(part)]
    return [piece for piece in pieces if piece and piece != words]


def _windows(words: str) -> list[str]:
    tokens = words.split(" ")
    if len(tokens) <= _MAX_WORDS:
        return [words]
    starts = range(0, len(tokens) - 20, _MAX_WORDS - 20)
    return [" ".join(tokens[start : start + _MAX_WORDS]) for start in starts]


def _bounded_parts(parts: list[str]) -> tuple[str, ...]:
    """Return distinct parts, at most so many that a hostile text costs milliseconds."""
    distinct = list(dict.fromkeys(part for part in parts if part))
    if len(distinct) <= _MAX_PARTS:
        return tuple(distinct)
    return tuple(distinct[: _MAX_PARTS // 2] + distinct[-_MAX_PARTS // 2 :])


def _is_delighted(whole: str, text: str) -> bool:
    return bool(DELIGHT.search(whole)) or any(
        char in DELIGHT_PICTURES for picture in pictures(text) for char in picture
    )
