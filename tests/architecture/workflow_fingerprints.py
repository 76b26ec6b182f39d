"""What each workflow function asks of Temporal, in order: the fingerprint replay depends on.

Usage: python -m tests.architecture.workflow_fingerprints   (writes the baseline anew)
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import Function, Source, functions, sources

BASELINE = Path(__file__).with_name("workflow_fingerprints.json")
_NAMED = frozenset(
    "call execute_activity execute_activity_method start_activity start_activity_method "
    "execute_local_activity start_local_activity execute_child_workflow start_child_workflow "
    "patched deprecate_patch".split()
)
_PLAIN = frozenset("sleep wait_for continue_as_new upsert_search_attributes start_timer".split())

Fingerprints = dict[str, list[str]]


def fingerprints(files: tuple[Source, ...]) -> Fingerprints:
    """Return the commands of each function, in source order.

    Args:
        files: The workflow modules.

    Returns:
        For each function that commands anything, by "file::name": commands such as
        `call 'send_reply'`, `sleep`, and `-> name` where it calls another one that does.
    """
    methods, plain = _commanding(files)
    found = {
        f"{file.name}::{name}": commands
        for file in files
        for name, function in _named(file.tree)
        if (commands := list(_commands(function, methods, plain)))
    }
    return dict(sorted(found.items()))


def _commanding(files: tuple[Source, ...]) -> tuple[set[str], set[str]]:
    """Return the names of methods and of functions that command something, however deep."""
    methods: set[str] = set()
    plain: set[str] = set()
    defined = [(name, f) for file in files for name, f in _named(file.tree)]
    while True:
        before = len(methods) + len(plain)
        for name, function in defined:
            if any(_commands(function, methods, plain)):
                (methods if "." in name else plain).add(function.name)
        if len(methods) + len(plain) == before:
            return methods, plain


def _named(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{f.name}", f) for f in functions(node))
        elif isinstance(node, Function):
            yield node.name, node


def _commands(function: Function, methods: set[str], plain: set[str]) -> Iterator[str]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    # By its end, because arguments are evaluated before the call they stand in.
    for call in sorted(calls, key=lambda c: (c.end_lineno or 0, c.end_col_offset or 0)):
        if isinstance(call.func, ast.Attribute):
            name, helpers = call.func.attr, methods
        elif isinstance(call.func, ast.Name):
            name, helpers = call.func.id, plain
        else:
            continue
        if name in _NAMED:
            yield f"{name} {ast.unparse(call.args[0]) if call.args else ''}".rstrip()
        elif name in _PLAIN:
            yield name
        elif name == "wait_condition" and any(k.arg == "timeout" for k in call.keywords):
            yield "wait_condition with timeout"
        elif name in helpers:
            yield f"-> {name}"


def write_baseline() -> None:
    """Store the fingerprints of the workflows as they are now."""
    text = json.dumps(fingerprints(sources("workflows")), indent=2, ensure_ascii=False)
    BASELINE.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    write_baseline()
