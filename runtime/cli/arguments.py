"""Lines of JSON in and out, as several commands read and write them."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from domain.errors import ConfigurationError


def read_lines(source: str) -> Iterator[dict[str, object]]:
    """Yield the objects of a JSON Lines file, "-" for standard input; blank lines are skipped.

    Raises:
        ConfigurationError: A line is no JSON object; names the line.
    """
    try:
        stream = sys.stdin if source == "-" else Path(source).open(encoding="utf-8")  # noqa: SIM115
    except OSError as error:
        raise ConfigurationError(f"{source}: cannot be read ({error.strerror})") from error
    with stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield _object(source, number, line)


def _object(source: str, number: int, line: str) -> dict[str, object]:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise ConfigurationError(f"{source}, line {number}: not JSON ({error})") from error
    if not isinstance(found, dict):
        raise ConfigurationError(f"{source}, line {number}: expected an object with a text")
    return found


def text_of(entry: Mapping[str, object]) -> str:
    """Return an entry's text.

    Raises:
        ConfigurationError: It has none.
    """
    text = entry.get("text")
    if not isinstance(text, str):
        raise ConfigurationError('every line needs a "text": a string')
    return text


def print_json(found: Mapping[str, object]) -> None:
    """Print one object on one line; lone surrogates are written as escapes."""
    print(json.dumps(found, ensure_ascii=True))
