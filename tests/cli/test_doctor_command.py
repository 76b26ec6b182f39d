"""`sms-agent doctor` on an installation that does not run; `tests/processes` has one that does."""

import shutil
from pathlib import Path

import pytest

from sandbox.edge import Edge
from sandbox.klaviyo.app import create_klaviyo
from sandbox.klaviyo.config import KlaviyoConfig
from sandbox.serving import serve
from tests.cli.terminal import ROOT, Said, Terminal


def words(said: Said) -> dict[str, str]:
    """Return each subject's word."""
    rows = (line.split(None, 1) for line in said.out.splitlines())
    return {rest.partition(": ")[0]: word for word, rest in rows}


def test_doctor_before_anything_ran_names_what_is_missing(terminal: Terminal) -> None:
    """Every line has a remedy, and the exit code says that not all is well."""
    said = terminal.run("doctor")
    found = words(said)
    assert said.code == 1
    assert {found[s] for s in ("temporal", "api", "sandbox", "database")} == {"unreachable"}
    assert "sms-agent migrate" in said.out
    assert "make run" in said.out


def test_doctor_without_a_brand_says_how_to_import_one(terminal: Terminal) -> None:
    """An empty installation is complete but for its brand."""
    assert terminal.run("migrate").out == "the database is up to date\n"
    said = terminal.run("doctor")
    assert (words(said)["database"], words(said)["brand"]) == ("ok", "missing")
    assert "sms-agent settings import" in said.out


def test_doctor_with_a_brand_and_no_credentials_names_every_setting(migrated: Terminal) -> None:
    """Nothing is emulated: each part says which variable it needs, and the report goes on."""
    migrated.run("settings", "import", str(ROOT / "sandbox" / "demo" / "brand.yaml"))
    said = migrated.run("doctor", variables={"SANDBOX": "off"})
    found = words(said)
    parts = ("sms 0199", "shop", "helpdesk", "model")
    assert {part: found[f"cedar-slate {part}"] for part in parts} == dict.fromkeys(parts, "missing")
    for name in ("TWILIO_ACCOUNT_SID", "SHOPIFY_CLIENT_ID", "HELPDESK_URL", "MODEL_NAME"):
        assert name in said.out
    assert "sandbox" not in found


def test_doctor_prints_nothing_but_its_report(migrated: Terminal) -> None:
    """Logs of the calls it makes do not belong to it."""
    migrated.run("settings", "import", str(ROOT / "sandbox" / "demo" / "brand.yaml"))
    said = migrated.run("doctor")
    known = {"ok", "missing", "unreachable", "off", "blocked"}
    assert set(words(said).values()) <= known
    assert said.err == ""


@pytest.fixture
def listened(migrated: Terminal, tmp_path: Path) -> Terminal:
    """Give a terminal whose brand has its events delivered to Klaviyo."""
    demo = (ROOT / "sandbox" / "demo" / "brand.yaml").read_text(encoding="utf-8")
    settings = tmp_path / "brand.yaml"
    shutil.copy(ROOT / "sandbox" / "demo" / "knowledge.json", tmp_path)
    settings.write_text(f"{demo}\nmarketing:\n  klaviyo: {{}}\n", encoding="utf-8")
    assert migrated.run("settings", "import", str(settings)).code == 0
    return migrated


def test_doctor_asks_klaviyo_whether_it_knows_the_key(listened: Terminal) -> None:
    """A wrong key is found before events pile up behind it."""
    account = KlaviyoConfig()
    with serve(create_klaviyo(account, Edge())) as url:
        given = {"SANDBOX": "off", "KLAVIYO_BASE_URL": url}
        right = listened.run("doctor", variables={**given, "KLAVIYO_API_KEY": account.api_key})
        wrong = listened.run("doctor", variables={**given, "KLAVIYO_API_KEY": "pk_another"})
    subject = "cedar-slate events klaviyo"
    assert (words(right)[subject], words(wrong)[subject]) == ("ok", "unreachable")
    assert "pk_another" not in wrong.out


def test_doctor_without_klaviyos_key_names_its_variable(listened: Terminal) -> None:
    """Said of the brand that refers to it."""
    said = listened.run("doctor", variables={"SANDBOX": "off"})
    assert words(said)["cedar-slate events"] == "missing"
    assert "KLAVIYO_API_KEY" in said.out
