"""A terminal for each test, and one whose database is ready."""

import shutil
from pathlib import Path

import pytest

from store.migrate import migrate
from tests.cli.terminal import Terminal, a_terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """Give a terminal whose data folder is empty."""
    return a_terminal(tmp_path)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database with all tables and no rows; copy it."""
    path = tmp_path_factory.mktemp("template") / "agent.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def migrated(terminal: Terminal, migrated_file: Path) -> Terminal:
    """Give a terminal whose database has all tables and no brand."""
    shutil.copy(migrated_file, terminal.folder / "agent.db")
    return terminal
