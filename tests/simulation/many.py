"""`python -m tests.simulation.many --seed N --schedules N`: as many schedules as there is time for.

Each schedule is one contact's story under a seed of its own; a broken law names the seed, and
`--seed` with `--schedules 1` plays it again with all that was done.
"""

import argparse
import sys
import time
from collections import Counter

from tests.simulation.instance import Broken
from tests.simulation.schedules import play_out


def many(first: int, count: int, *, steps: int = 45, replay_every: int = 4) -> dict[int, Broken]:
    """Play schedules and return those in which a law did not hold, by seed."""
    found: dict[int, Broken] = {}
    for seed in range(first, first + count):
        try:
            play_out(seed, steps=steps, replay=seed % replay_every == 0)
        except Broken as broken:
            found[seed] = broken
    return found


def main() -> int:
    """Read the arguments, play, and print what broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.many", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--schedules", type=int, default=2000, help="how many")
    parser.add_argument("--steps", type=int, default=45, help="events in each, before it settles")
    given = parser.parse_args()
    began = time.monotonic()
    found = many(given.seed, given.schedules, steps=given.steps)
    seconds = time.monotonic() - began
    for law, times in Counter(str(b).splitlines()[0][:70] for b in found.values()).most_common():
        sys.stdout.write(f"{times:6} {law}\n")
    for seed, broken in list(found.items())[:5]:
        sys.stdout.write(f"seed {seed}: {broken}\n")
    if given.schedules == 1:
        sys.stdout.write("".join(f"{note}\n" for b in found.values() for note in b.__notes__))
    rate = given.schedules / seconds
    sys.stdout.write(f"{given.schedules} schedules, {rate:.0f} a second, {len(found)} broken\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
