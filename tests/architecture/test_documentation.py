"""Every public name says what it is, and packages hold nothing but a sentence."""

import ast
import configparser
from collections.abc import Iterator

from tests.architecture.source import ROOMS, ROOT, Source, sources

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _public(body: list[ast.stmt], path: str) -> Iterator[tuple[str, Definition]]:
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            name = f"{path}.{node.name}"
            yield name, node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body, name)


def _is_repeated(node: Definition) -> bool:
    """Return whether another definition of the same name carries the docstring."""
    return any(ast.unparse(d).endswith(("overload", ".setter")) for d in node.decorator_list)


def _summary(source: Source) -> str:
    docstring = ast.get_docstring(source.tree) or ""
    return " ".join(docstring.partition("\n\n")[0].split())


def test_modules_begin_with_a_sentence() -> None:
    """The first paragraph of a module says in one sentence what it is for, or asks it."""
    found = {s.name: _summary(s) for s in sources() if not _summary(s).endswith((".", "?"))}

    assert found == {}


def test_public_names_are_documented() -> None:
    """Whoever uses a name need not read its code."""
    found = [
        f"{s.name}{name}"
        for s in sources()
        for name, node in _public(s.tree.body, "")
        if ast.get_docstring(node) is None and not _is_repeated(node)
    ]

    assert found == []


def test_packages_hold_one_docstring_and_nothing_else() -> None:
    """Importing a module must not run its neighbours."""
    found = [
        s.name
        for s in sources()
        if s.name.endswith("__init__.py")
        and not (len(s.tree.body) == 1 and ast.get_docstring(s.tree))
    ]

    assert found == []


def test_modules_keep_their_annotations_real() -> None:
    """Pydantic and Temporal resolve hints at run time: they must not be strings."""
    found = [s.name for s in sources() if "from __future__ import annotations" in s.text]

    assert found == []


def test_import_rules_cover_every_room() -> None:
    """A room that no contract knows would be free to import anything."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    covered = set(parser["importlinter"]["root_packages"].split())
    packages = {p.parent.name for p in ROOT.glob("*/__init__.py")} - {"tests"}

    assert covered == packages
    assert packages <= set(ROOMS)
