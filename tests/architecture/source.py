"""The product's source files, read and parsed once."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "activities",
    "agent",
    "api",
    "bench",
    "console",
    "domain",
    "evals",
    "providers",
    "runtime",
    "sandbox",
    "store",
    "workflows",
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One source file.

    Attributes:
        name: Path from the root, "domain/money.py".
        text: As written.
        tree: As parsed.
    """

    name: str
    text: str
    tree: ast.Module


@cache
def sources(*rooms: str) -> tuple[Source, ...]:
    """Return every source file of some rooms, and the doors when no room is named.

    Migrations are left out: they are records of the past.

    Args:
        rooms: Names of rooms; none means the whole product.
    """
    paths = [p for room in rooms or ROOMS for p in (ROOT / room).rglob("*.py")]
    if not rooms:
        paths += ROOT.glob("*.py")
    return tuple(
        Source(str(p.relative_to(ROOT)), text, ast.parse(text))
        for p in sorted(paths)
        if "versions" not in p.parts
        for text in (p.read_text(encoding="utf-8"),)
    )


def functions(tree: ast.AST) -> list[Function]:
    """Return every function and method below a node, nested ones too."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def without_docstring(function: Function) -> list[ast.stmt]:
    """Return the statements of a function but for its docstring."""
    return function.body[1:] if ast.get_docstring(function) is not None else function.body


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for a chain of names, "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""
