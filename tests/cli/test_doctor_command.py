"""`sms-agent doctor` on an installation that does not run; `tests/processes` has one that does."""

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
