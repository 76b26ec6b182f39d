"""`sms-agent migrate`: bring the database to this version."""

import argparse

from store.migrate import migrate

from runtime.cli.arguments import Commands
from runtime.ports_check import check_folder
from runtime.settings import load_settings


def add_command(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("migrate", help="bring the database to this version")
    parser.set_defaults(run=run)


def run(_given: argparse.Namespace) -> int:
    """Migrate; nothing happens when there is nothing to do."""
    settings = load_settings()
    if settings.database_url is None:
        check_folder(settings.data_dir)
    migrate(settings.database)
    print("the database is up to date")
    return 0
