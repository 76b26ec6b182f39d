"""The cast: customers with phones, names and, half of them, an order of their own."""

import json
from random import Random
from typing import Any

from tests.faults.fleet import ROOT
from tests.faults.scripts import SCRIPTS, Script
from tests.faults.story import Story

_AREAS = (
    "205 212 213 214 215 216 217 225 228 229 231 234 239 240 248 251 252 253 254 256 260 262 267 "
    "269 270 272 276 281 301 302 303 304 305 307 308 309 310 313 314 315"
).split()
_SYLLABLES = (
    "ba be bi da do du ka ke ko la li lo ma mi mo na ne no ra ri ru sa se so ta te to".split()
)
_ORDER_OF = 6200000001
_FIRST_ID = 6300000000


def a_cast(seed: int, count: int) -> list[tuple[Story, Script, Random]]:
    """Return that many customers with what each plays; the same for the same seed.

    Args:
        seed: Where all choices come from.
        count: At most 4000.
    """
    rng = Random(f"cast {seed}")  # noqa: S311  (repeatable, not secret)
    scripts, weights = zip(*SCRIPTS, strict=True)
    # Each script is played before one is repeated, so that a short run leaves none out.
    order = [*rng.sample(scripts, len(scripts)), *rng.choices(scripts, weights, k=count)][:count]
    cast = []
    for index, script in enumerate(order):
        story = Story(
            number=f"+1{_AREAS[index // 100]}55501{index % 100:02}",
            name=_name(index),
            order=f"#5{index:04}" if index % 2 == 0 else None,
            script=script.__name__,
        )
        cast.append((story, script, Random(f"{seed} {index}")))  # noqa: S311
    return cast


def shop_rows(stories: list[Story]) -> dict[str, list[dict[str, Any]]]:
    """Return what `/shopify/_control/seed` takes, so that these customers have their orders."""
    folder = ROOT / "sandbox" / "demo"
    customers = json.loads((folder / "customers.json").read_text(encoding="utf-8"))
    orders = json.loads((folder / "orders.json").read_text(encoding="utf-8"))
    customer = next(row for row in customers if row["id"] == _ORDER_OF)
    order = [row for row in orders if row["customer"] == _ORDER_OF][-1]
    people, bought = [], []
    for index, story in enumerate(stories):
        if story.order is None:
            continue
        row = {"id": _FIRST_ID + index, "first_name": story.name, "phone": story.number}
        row |= {"email": f"{story.name.lower()}@example.com"}
        row |= {"address": customer["address"] | {"phone": story.number}}
        people.append(customer | row)
        bought.append(order | {"name": story.order, "customer": row["id"]})
    return {"customers": people, "orders": bought}


def _name(index: int) -> str:
    base = len(_SYLLABLES)
    parts = [_SYLLABLES[index // base**power % base] for power in (2, 1, 0)]
    return "".join(parts).capitalize() + "n"
