"""`sms-agent doctor --go-live`: whether the brands may be answered, from a terminal."""

import pytest
import yaml

from tests.cli.terminal import ROOT, Terminal

DEMO = ROOT / "sandbox" / "demo" / "brand.yaml"


@pytest.mark.parametrize(
    ("registration", "line"),
    [
        ("unknown", "its registration is unknown: register it with the carriers"),
        ("toll_free_verified", "registered as toll_free_verified"),
    ],
)
def test_r13_preflight_lists_the_senders_registration(
    migrated: Terminal, registration: str, line: str
) -> None:
    """Unknown is blocked and ends with 1; the remedy names the setting."""
    brand = yaml.safe_load(DEMO.read_text(encoding="utf-8"))
    brand |= {"knowledge": []}
    brand["senders"] = [{"number": "+13125550100", "registration": registration}]
    path = migrated.folder / "brand.yaml"
    path.write_text(yaml.safe_dump(brand), encoding="utf-8")
    migrated.run("settings", "import", str(path))

    said = migrated.run("doctor", "--go-live")

    (found,) = [row for row in said.out.splitlines() if "go-live sender" in row]
    word = "blocked" if registration == "unknown" else "ok"
    assert found.startswith(word)
    assert line in found
    assert said.code == 1  # nothing else runs here either
