"""`sms-agent gate` and `sms-agent settings`: try rules, store settings, read them back."""

import json
from pathlib import Path

import pytest
import yaml

from tests.cli.terminal import ROOT, Terminal

DEMO = ROOT / "sandbox" / "demo" / "brand.yaml"


@pytest.fixture
def ready(migrated: Terminal) -> Terminal:
    """Give a terminal whose database has the demo brand."""
    said = migrated.run("settings", "import", str(DEMO))
    assert (said.code, said.out) == (0, "cedar-slate: version 1\n")
    return migrated


def test_gate_prints_one_decision_a_line_in_order(ready: Terminal) -> None:
    """Each line keeps its fields and gets the decision of the live rules."""
    given = b'{"id": 1, "text": "STOP"}\n{"id": 2, "text": "Where is my order?"}\n'
    said = ready.run("gate", "--brand", "cedar-slate", "--no-model", "--jsonl", "-", stdin=given)
    found = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == 0, said.err
    assert [(f["id"], f["disposition"]) for f in found] == [(1, "opt_out"), (2, "answer")]
    assert all(f["reason"] and f["rule"] for f in found)


def test_gate_knows_the_brands_of_files_before_anything_is_stored(terminal: Terminal) -> None:
    """Rules can be tried on a fresh checkout; an unknown brand names those there are."""
    said = terminal.run("gate", "--brand", "cedar-slate", "--no-model", "STOP")
    assert json.loads(said.out)["label"] == "stop_keyword"
    other = terminal.run("gate", "--brand", "nobody", "--no-model", "STOP")
    assert (other.code, "(cedar-slate)" in other.err) == (2, True)


def test_gate_on_a_bad_line_ends_with_its_number(terminal: Terminal) -> None:
    """Exit 2 and the line."""
    said = terminal.run("gate", "--brand", "cedar-slate", "--no-model", stdin=b'{"txt": 1}\n')
    assert (said.code, said.out, "line 1" in said.err) == (2, "", True)


def test_settings_exported_are_read_back_equal(ready: Terminal, tmp_path: Path) -> None:
    """What was exported and is imported again makes no new version."""
    exported = ready.run("settings", "export", "cedar-slate")
    path = tmp_path / "again.yaml"
    path.write_text(exported.out, encoding="utf-8")
    assert ready.run("settings", "check", str(path)).out == "cedar-slate: fine\n"
    assert ready.run("settings", "import", str(path)).out == "cedar-slate: version 1\n"


def test_settings_changed_make_a_new_version_and_keep_the_old(
    ready: Terminal, tmp_path: Path
) -> None:
    """Versions are immutable and can be exported by number."""
    changed = yaml.safe_load(ready.run("settings", "export", "cedar-slate").out)
    changed["voice"]["tone"] = "brisk"
    path = tmp_path / "changed.yaml"
    path.write_text(yaml.safe_dump(changed), encoding="utf-8")
    assert ready.run("settings", "import", str(path)).out == "cedar-slate: version 2\n"
    first = ready.run("settings", "export", "cedar-slate", "--version", "1").out
    assert yaml.safe_load(first)["voice"]["tone"] == "warm, plain and brief"
    missing = ready.run("settings", "export", "cedar-slate", "--version", "9")
    assert (missing.code, "version 9" in missing.err) == (2, True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"brand: x\nfoo: 1\n", ("identity: Field required", "foo: Extra inputs")),
        (b"a: [", ("cannot be read",)),
        (b"\xff\xfe\x00", ("cannot be read",)),
        (b"- 1\n", ("expected a mapping",)),
        (b"knowledge: none.json\n", ("knowledge", "No such file")),
        (b"brand: Not A Slug\n", ("brand: ",)),
    ],
    ids=["fields", "yaml", "bytes", "list", "knowledge", "slug"],
)
def test_settings_that_are_wrong_are_told_field_by_field_in_one_line(
    terminal: Terminal, content: bytes, words: tuple[str, ...]
) -> None:
    """Exit 2; the file, the field and what was expected."""
    path = terminal.folder / "brand.yaml"
    path.write_bytes(content)
    said = terminal.run("settings", "check", str(path))
    assert said.code == 2
    assert len(said.err.splitlines()) == 1
    assert all(word in said.err for word in words), said.err


def test_settings_never_hold_a_secret_itself(terminal: Terminal) -> None:
    """A secret is named, not written down; the sentence does not repeat it."""
    path = terminal.folder / "brand.yaml"
    given = yaml.safe_load(DEMO.read_text(encoding="utf-8"))
    given["shop"]["client_secret"] = "shpss_0123456789"
    del given["knowledge"]
    path.write_text(yaml.safe_dump(given), encoding="utf-8")
    said = terminal.run("settings", "check", str(path))
    assert (said.code, "shop.client_secret" in said.err) == (2, True)
    assert "shpss_0123456789" not in said.err


def test_settings_without_a_database_name_the_remedy(terminal: Terminal) -> None:
    """Nothing was migrated yet: the sentence says what to run."""
    said = terminal.run("settings", "export", "cedar-slate")
    assert (said.code, "sms-agent migrate" in said.err) == (2, True)
