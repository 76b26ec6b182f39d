"""The prompt files: Markdown beside this module, filled in with `$name` placeholders."""

from importlib.resources import files
from string import Template

PROMPT_VERSION = "1"
"""Raised with every change to what the model is told; part of cache keys and receipts."""


def fill(name: str, /, **values: str) -> str:
    """Return a prompt with its placeholders filled in.

    Args:
        name: File under `agent/prompts`, without ending.
        values: One for each placeholder; a "$" inside a value stays as it is.

    Raises:
        KeyError: A placeholder has no value.
    """
    return Template(read(name)).substitute(values).strip()


def read(name: str) -> str:
    """Return a prompt file as it is written."""
    return files("agent.prompts").joinpath(f"{name}.md").read_text(encoding="utf-8")
