"""Documents name what exists."""

import re

import pytest
import yaml

from domain.brand import BrandSettings
from runtime.cli.main import build_parser
from tests.unit.deployment.files import ROOT, example, read

DOCUMENTS = (
    "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "docs/deployment.md",
    "docs/gate.md",
)  # fmt: skip
SECTIONS = ("## Context", "## Decision", "## Consequences", "## Alternatives")
_PATH = re.compile(r"`([A-Za-z_.][\w.*-]*(?:/[\w.*-]+)+/?|[\w-]+\.(?:py|md|yml|lock|toml))`")
_COMMAND = re.compile(r"sms-agent ([a-z]+)")
_TARGET = re.compile(r"\bmake ([a-z-]+)`")


def _exists(path: str) -> bool:
    """Return whether a path exists, or a file of that name in some room."""
    if "/" in path or (ROOT / path).is_file():
        return any(ROOT.glob(path.rstrip("/")))
    return any(any(room.parent.rglob(path)) for room in ROOT.glob("[a-z]*/__init__.py"))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_paths_in_documents_exist(document: str) -> None:
    """Who searches for a name finds it."""
    named = {path for path in _PATH.findall(read(document)) if not path.startswith("temporalio/")}

    assert [path for path in sorted(named) if not _exists(path)] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_in_documents_exist(document: str) -> None:
    """No document asks for a command that the program refuses."""
    usage = build_parser(None).format_help()
    targets = re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE)

    assert [c for c in _COMMAND.findall(read(document)) if f"    {c} " not in usage] == []
    assert set(_TARGET.findall(read(document))) <= set(targets)


def test_readme_lists_every_command() -> None:
    """A command that nobody is told of is not used."""
    usage = build_parser(None).format_help()
    commands = set(re.findall(r"^ {4}([a-z]+) ", usage, re.MULTILINE))
    listed = set(re.findall(r"^\| `sms-agent ([a-z]+)", read("README.md"), re.MULTILINE))

    assert commands
    assert listed == commands


def test_brand_file_in_the_readme_can_be_imported() -> None:
    """Whoever copies the example gets a brand, not an error."""
    blocks = re.findall(r"```yaml\n(.*?)```", read("README.md"), re.DOTALL)
    whole, *parts = (yaml.safe_load(block) for block in blocks)

    assert BrandSettings.model_validate(whole).brand == "north-loom"
    for part in parts:
        assert BrandSettings.model_validate(whole | part).brand == "north-loom"


@pytest.mark.parametrize("document", ["README.md", "docs/deployment.md"])
def test_variables_in_documents_stand_in_the_example(document: str) -> None:
    """A variable that is explained can be set."""
    named = set(re.findall(r"`([A-Z][A-Z0-9]*_[A-Z0-9_]+)[=`]", read(document)))

    # The Temporal server's own, which docker-compose.yml sets.
    assert named - set(example()) <= {"NUM_HISTORY_SHARDS"}


def test_decision_records_are_numbered_without_gaps_and_complete() -> None:
    """A record says what was decided, why, at which price, and what was rejected."""
    records = sorted((ROOT / "docs/adr").glob("*.md"))

    assert [int(r.name[:4]) for r in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(record.name[:4])}. "), record.name
        assert all(section in text for section in SECTIONS), record.name


def test_changelog_has_a_place_for_what_comes() -> None:
    """Changes are noted as they are made, not when they are released."""
    assert "## [Unreleased]" in read("CHANGELOG.md")


def test_licence_is_the_declared_one() -> None:
    """The metadata and the text agree, and borrowed parts are named."""
    assert 'license = "Apache-2.0"' in read("pyproject.toml")
    assert "Apache License" in read("LICENSE")
    assert "APPENDIX" in read("LICENSE")
    for borrowed in ("sandbox/shopify/schema/", "domain/smart_encoding.py"):
        assert borrowed in read("NOTICE")
