"""Print the part of requirements.lock that the product needs, or another named part.

The lock holds the development tools too. What an image needs of it follows from the "# via" notes
that the resolver writes, so that there is one lock and nothing to keep in step.

Usage: python docker/product_lock.py [NAME ...]
With names: these packages and what they need, instead of the product and what it needs.
"""

import re
import sys
import tomllib
from pathlib import Path

_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==")
_VIA = re.compile(r"^ {4}# +(?:via +)?([A-Za-z0-9][A-Za-z0-9._-]*)")


def canonical(name: str) -> str:
    """Return a package's name in the one spelling that is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def product_names(pyproject: str) -> list[str]:
    """Return the names in `project.dependencies`, without extras and versions."""
    wanted = tomllib.loads(pyproject)["project"]["dependencies"]
    return [canonical(re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0]) for line in wanted]


def read_blocks(lock: str) -> dict[str, str]:
    """Return each package's lines of a lock, by name."""
    blocks: dict[str, str] = {}
    name = ""
    for line in lock.splitlines(keepends=True):
        if pin := _PIN.match(line):
            name = canonical(pin[1])
            blocks[name] = ""
        if name:
            blocks[name] += line
    return blocks


def select(blocks: dict[str, str], roots: list[str]) -> str:
    """Return the lines of some packages and of all that they need.

    Args:
        blocks: From `read_blocks`.
        roots: Canonical names.

    Returns:
        A lock of its own, in the order of the whole one.

    Raises:
        KeyError: A root is not in the lock.
    """
    needed_by = {
        name: {canonical(via[1]) for line in block.splitlines() if (via := _VIA.match(line))}
        for name, block in blocks.items()
    }
    chosen = {root for root in roots if blocks[root]}
    while more := {n for n, parents in needed_by.items() if parents & chosen} - chosen:
        chosen |= more
    return "".join(block for name, block in blocks.items() if name in chosen)


def main() -> None:
    """Print it."""
    names = [canonical(name) for name in sys.argv[1:]]
    roots = names or product_names(Path("pyproject.toml").read_text(encoding="utf-8"))
    lock = Path("requirements.lock").read_text(encoding="utf-8")
    sys.stdout.write(select(read_blocks(lock), roots))


if __name__ == "__main__":
    main()
