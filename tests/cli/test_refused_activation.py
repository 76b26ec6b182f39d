"""A brand that may not text is refused on the command line as well, and that is recorded."""

from sqlalchemy import text

from store.engine import open_database
from tests.cli.terminal import Terminal


def test_r11_import_of_a_barred_brand_is_refused_and_recorded(migrated: Terminal) -> None:
    """Exit 2 with the sentence; the command line leaves the same record as the API."""
    path = migrated.folder / "brewer.yaml"
    path.write_text("brand: brewer\nidentity:\n  category: craft beer\n", encoding="utf-8")
    said = migrated.run("settings", "import", str(path))
    assert (said.code, "barred on SMS (alcohol)" in said.err) == (2, True)
    database = open_database(f"sqlite:///{migrated.folder / 'agent.db'}")
    with database.read() as connection:
        rows = list(connection.execute(text("SELECT brand, actor, action, detail FROM audit")))
        brands = connection.execute(text("SELECT count(*) FROM brand")).scalar_one()
    database.close()
    assert [tuple(row)[:3] for row in rows] == [("brewer", "cli", "activation_refused")]
    assert '"alcohol"' in rows[0].detail
    assert brands == 0


def test_r11_refusal_before_there_are_tables_still_says_why(terminal: Terminal) -> None:
    """What is wrong with the file matters more than that it could not be recorded."""
    path = terminal.folder / "brewer.yaml"
    path.write_text("identity:\n  category: craft beer\n", encoding="utf-8")
    said = terminal.run("settings", "import", str(path))
    assert (said.code, "barred on SMS (alcohol)" in said.err) == (2, True)
