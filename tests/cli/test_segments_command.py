"""`sms-agent segments`: lines in, lines out, without loading what it does not need."""

import json
import sys
from typing import Any

import pytest

from tests.cli.terminal import Said, Terminal


def lines(said: Said) -> list[dict[str, Any]]:
    """Return the objects that a command printed, one a line."""
    assert said.code == 0, said.err
    return [json.loads(line) for line in said.out.splitlines()]


def test_segments_of_a_text_are_counted_as_given_and_normalised(terminal: Terminal) -> None:
    """A curly quote costs the GSM alphabet; the normalised form gets it back."""
    (found,) = lines(terminal.run("segments", "it’s " + "a" * 70))
    assert (found["encoding"], found["units"], found["segments"]) == ("UCS-2", 75, 2)
    better = found["normalised"]
    assert (better["encoding"], better["units"], better["segments"]) == ("GSM-7", 75, 1)


def test_segments_of_lines_keep_their_other_fields_and_order(terminal: Terminal) -> None:
    """A file of texts comes back with the counts added; blank lines are none."""
    given = b'{"id": 1, "text": "hi"}\n\n{"id": 2, "text": "\\ud83d"}\n'
    found = lines(terminal.run("segments", "--jsonl", "-", stdin=given))
    assert [(f["id"], f["encoding"], f["units"]) for f in found] == [
        (1, "GSM-7", 2),
        (2, "UCS-2", 1),
    ]


def test_segments_read_a_file(terminal: Terminal) -> None:
    """The file is named, not piped."""
    path = terminal.folder / "texts.jsonl"
    path.write_text('{"text": "€"}\n', encoding="utf-8")
    (found,) = lines(terminal.run("segments", "--jsonl", str(path)))
    assert (found["encoding"], found["units"]) == ("GSM-7", 2)


@pytest.mark.parametrize(
    "text", ["", "\n", "\x00", "😀" * 400], ids=["empty", "line", "nul", "long"]
)
def test_segments_of_any_text_are_counted(terminal: Terminal, text: str) -> None:
    """No text is too odd to be counted."""
    (found,) = lines(
        terminal.run("segments", "--jsonl", "-", stdin=json.dumps({"text": text}).encode())
    )
    assert found["text"] == text
    assert found["units"] == (1600 // 2 if len(text) == 400 else len(text))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"nope", "not JSON"),
        (b"[1]", 'a "text"'),
        (b'{"txt": "hi"}', 'a "text"'),
        (b'{"text": 7}', 'a "text"'),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
    ],
    ids=["words", "list", "no_text", "number", "not_utf_8", "deep"],
)
def test_segments_of_a_bad_line_end_with_its_number(
    terminal: Terminal, line: bytes, problem: str
) -> None:
    """Exit 2, one sentence with the line; what came before it has been printed."""
    said = terminal.run("segments", "--jsonl", "-", stdin=b'{"text": "hi"}\n' + line + b"\n")
    assert said.code == 2
    assert len(said.out.splitlines()) == 1
    assert "line 2" in said.err
    assert problem in said.err
    assert len(said.err.splitlines()) == 1


def test_segments_of_a_missing_file_name_the_file(terminal: Terminal) -> None:
    """Exit 2 with the path and the reason."""
    said = terminal.run("segments", "--jsonl", str(terminal.folder / "none.jsonl"))
    assert said.code == 2
    assert "none.jsonl: cannot be read (No such file or directory)" in said.err


def test_segments_load_neither_temporal_nor_a_vendor(terminal: Terminal) -> None:
    """Counting is instant: nothing heavy is imported for it."""
    program = (
        "import sys\n"
        "from runtime.cli.main import main\n"
        "assert main(['segments', 'hi']) == 0\n"
        "heavy = {'temporalio', 'openai', 'fastapi', 'sqlalchemy', 'httpx', 'graphql'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )
    said = terminal.execute([sys.executable, "-c", program])
    assert said.out.splitlines()[-1] == "[]", said.err
