"""Plain GSM-7 text and its length in septets."""

import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ!\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")
_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...",
        "\u00a0": " ", "\u202f": " ", "•": "-", "×": "x", "™": "", "®": "", "`": "'", "→": "-",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """Return the text in the GSM-7 alphabet, single-spaced; what has no likeness is dropped."""
    kept = []
    for char in text.translate(_PLAIN):
        if char in _BASIC or char in _EXTENDED:
            kept.append(char)
            continue
        kept.extend(c for c in unicodedata.normalize("NFKD", char) if c in _BASIC)
    return " ".join("".join(kept).split())


def septets(text: str) -> int:
    """Return the length in septets; characters of the extension table count two."""
    return sum(2 if char in _EXTENDED else 1 for char in text)
