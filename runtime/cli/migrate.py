"""`sms-agent migrate`: bring the database to this version."""

import argparse

from runtime.ports_check import check_folder
from runtime.settings import load_settings
from store.migrate import migrate


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.set_defaults(run=run)


def run(_given: argparse.Namespace) -> int:
    """Migrate; nothing happens when there is nothing to do."""
    settings = load_settings()
    if settings.database_url is None:
        check_folder(settings.data_dir)
    migrate(settings.database)
    print("the database is up to date")
    return 0
