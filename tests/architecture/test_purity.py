"""Rules and workflows never ask the world: time, chance, environment and files are handed in."""

import ast
import re

import pytest

from tests.architecture.source import dotted, sources

# Of a module with its own door to the world, nothing may be imported at all.
BANNED_MODULES = frozenset(
    "io os pathlib random secrets shutil socket subprocess tempfile threading time".split()
)
BANNED = re.compile(
    r"(?:.*\.)?(?:datetime\.(?:now|utcnow|today)|date\.today)"
    r"|(?:uuid\.)?uuid[14]"
    r"|(?:time|random|secrets)\..*"
    r"|os\.(?:environ|getenv).*"
    r"|open|input|(?:.*\.)?(?:read_text|write_text|read_bytes|write_bytes)"
)


def _reaches(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                imported = [n.name for n in names]
            case ast.ImportFrom(module=str(module), names=names):
                imported = [module]
                found += [n.name for n in names if BANNED.fullmatch(f"{module}.{n.name}")]
            case ast.Attribute() | ast.Name() if BANNED.fullmatch(dotted(node)):
                found.append(dotted(node))
                continue
            case _:
                continue
        found += [name for name in imported if name.partition(".")[0] in BANNED_MODULES]
    return found


@pytest.mark.parametrize("room", ["domain", "workflows"])
def test_room_asks_nothing_of_the_world(room: str) -> None:
    """The domain takes `now` as an argument; a workflow asks `workflow.now()` and its kin."""
    found = {s.name: reached for s in sources(room) if (reached := _reaches(s.tree))}

    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import datetime\nx = datetime.now(UTC)",
        "import datetime as d\nx = d.datetime.utcnow()",
        "from datetime import date\nx = date.today()",
        "import time",
        "from time import monotonic",
        "import random",
        "from uuid import uuid4\nx = uuid4()",
        "import uuid\nx = uuid.uuid4()",
        "import os\nx = os.environ['A']",
        "from os import environ",
        "x = open('a')",
        "import pathlib",
        "x = path.read_text()",
        "def f(clock=datetime.now): ...",
    ],
)
def test_check_sees_each_way_to_the_world(code: str) -> None:
    """The check itself can fail."""
    assert _reaches(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "x = workflow.now()",
        "x = workflow.uuid4()",
        "x = workflow.random().random()",
        "from uuid import uuid5",
        "from datetime import datetime, timedelta",
        "x = state.opened",
        "x = session.reopen()",
    ],
)
def test_check_lets_pure_code_pass(code: str) -> None:
    """What Temporal records, and what needs no clock, is no way to the world."""
    assert _reaches(ast.parse(code)) == []


def test_domain_knows_no_any() -> None:
    """A rule that takes anything checks nothing."""
    found = [
        s.name
        for s in sources("domain")
        if any(dotted(node) in ("Any", "typing.Any") for node in ast.walk(s.tree))
    ]

    assert found == []
