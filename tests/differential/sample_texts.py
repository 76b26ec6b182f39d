"""Texts at and around every boundary of segment counting, from one seed."""

import random
from collections.abc import Callable, Iterator

from domain.gsm7 import ALPHABET, BASIC, EXTENSION
from domain.smart_encoding import SMART_ENCODING

SEED = 20_261_122

_BASIC, _EXTENSION, _ALPHABET = sorted(BASIC), sorted(EXTENSION), sorted(ALPHABET)
_SMART = sorted(SMART_ENCODING)
_CLUSTERS = (
    "\r\n",
    *"😀 📦 ❤️ 👍🏽 👩‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 🇺🇸 🇫🇷🇩🇪 1️⃣ e\u0301 a\u0302\u0323 한 \u1112\u1161\u11ab நி กำ "
    "ж 中 👨🏿‍🦱 👩‍🦰 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ’ … € ^".split(),
)
_CYRILLIC = "абвгдежзиклмнопрст"
_WORDS = "Thanks your order #1042 ships tomorrow 🎉 it’s on the way — café señor ok {x} €5".split()


def sample_texts(amount: int) -> list[str]:
    """Give the boundary grids, then random texts of each class, `amount` in all."""
    source = random.Random(SEED)  # noqa: S311 (test data)
    texts = ["", *_boundary_grids()]
    makers: tuple[Callable[[random.Random], str], ...] = (
        lambda rng: _draw(rng, [chr(code) for code in range(32, 127)], 340),
        lambda rng: _draw(rng, _BASIC, 480),
        lambda rng: _draw(rng, _ALPHABET, 340),
        lambda rng: _draw(rng, _EXTENSION, 170),
        lambda rng: _draw(rng, [*_BASIC, *_SMART], 180),
        lambda rng: _draw(rng, [*_CYRILLIC, *_CLUSTERS], 150),
        lambda rng: _draw(rng, _CLUSTERS, 60),
        lambda rng: _draw(rng, ["a", "\u0301", "\u0308", "\u200d", "\ufe0f", "😀", "ж"], 160),
        lambda rng: _draw(rng, ["\r\n", "\r", "\n", "a", "ж", "\t", "\x00", "\x1b", "\f"], 170),
        lambda rng: "".join(_any_character(rng) for _ in range(rng.randint(1, 150))),
        lambda rng: " ".join(rng.choices(_WORDS, k=rng.randint(1, 60))),
        _near_one_segment,
    )
    while len(texts) < amount:
        texts.append(makers[len(texts) % len(makers)](source))
    return texts


def _draw(rng: random.Random, pieces: list[str] | tuple[str, ...] | str, most: int) -> str:
    return "".join(rng.choices(list(pieces), k=rng.randint(1, most)))


def _any_character(rng: random.Random) -> str:
    plane = rng.choice((0, 0, 0, 1, 1, 2, 14))
    return chr((plane << 16) + rng.randrange(0x10000))


def _near_one_segment(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return "".join(rng.choices(_ALPHABET, k=rng.randint(120, 165)))
    return "".join(rng.choices([*_CYRILLIC, *_CLUSTERS[:8]], k=rng.randint(45, 72)))


def _boundary_grids() -> Iterator[str]:
    for extension in _EXTENSION:
        for length in (*range(140, 175), *range(300, 312), *range(455, 463)):
            yield "a" * length + extension
            yield "a" * (length - 1) + extension + "aa"
            yield "a" * 10 + extension * (length // 2)
    for cluster in _CLUSTERS:
        for length in (*range(60, 76), *range(128, 140), *range(195, 205)):
            yield "ж" * length + cluster
            yield "ж" * length + cluster + "ж" * 5
            yield "a" * length + cluster + "b" * 70
