"""Emoji in a text: what belongs to them, and the text without them."""

import regex

# A joiner belongs between two pictures, a variation selector behind one (or inside a keycap).
_STRAY_JOINER = regex.compile(
    r"(?<![\p{ExtPict}\p{EMod}\uFE0F])\u200D|\u200D(?!\p{ExtPict})"
    r"|(?<!\p{ExtPict})[\uFE0E\uFE0F](?!\u20E3)"
)
# Legal marks are pictures to Unicode, but words to a brand: dropping them changes the text.
_MARKS = "©®™ℹ"
_PICTURE = (
    rf"(?:\p{{RI}}+|[[\p{{ExtPict}}]--[{_MARKS}]][\p{{EMod}}\uFE0E\uFE0F]*"
    r"(?:\u200D\p{ExtPict}[\p{EMod}\uFE0F]*)*[\U000E0020-\U000E007F]*|\p{EMod})"
)
_RUN = regex.compile(rf"[ ]*{_PICTURE}(?:[ ]*{_PICTURE})*[ ]*", regex.V1)
_KEYCAP = regex.compile(r"([0-9#*])\uFE0F?\u20E3")


def strip_stray_joiners(text: str) -> str:
    """Remove joiners and variation selectors that no emoji needs.

    Args:
        text: Any Unicode.

    Returns:
        The text without U+200D, U+FE0E and U+FE0F outside emoji; emoji keep their form.
    """
    stripped: str = _STRAY_JOINER.sub("", text)
    return stripped


def drop_emoji(text: str) -> str:
    """Remove emoji and the blanks that only set them apart; a keycap keeps its digit.

    Args:
        text: Any Unicode.

    Returns:
        The text without emoji; words on both sides of one stay apart. © ® ™ are no emoji here.
    """
    dropped: str = _RUN.sub(_blank_for, _KEYCAP.sub(r"\1", text))
    return dropped


def _blank_for(run: "regex.Match[str]") -> str:
    before, after = run.string[: run.start()][-1:], run.string[run.end() :][:1]
    if not before or not after or before.isspace() or after.isspace() or after in ".,!?;:)":
        return ""
    touched_a_blank = run.group().startswith(" ") or run.group().endswith(" ")
    return " " if touched_a_blank or (before.isalnum() and after.isalnum()) else ""
