"""`sms-agent settings`: a brand's settings as YAML, in and out."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from runtime.activation import import_brand_file
from runtime.brand_files import read_brand_file, write_brand
from runtime.settings import load_settings
from store.audit import SqlAuditStore
from store.brands import SettingsReader, SqlBrandStore
from store.engine import Database, open_database


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True)
    importing = actions.add_parser("import", help="store a new version from a YAML file")
    importing.add_argument("file", type=Path)
    importing.add_argument("--author", default="cli")
    importing.set_defaults(run=import_settings)
    exporting = actions.add_parser("export", help="print a version as YAML")
    exporting.add_argument("brand")
    exporting.add_argument("--version", type=int)
    exporting.set_defaults(run=export_settings)
    checking = actions.add_parser("check", help="read a YAML file and say what is wrong with it")
    checking.add_argument("file", type=Path)
    checking.set_defaults(run=check_settings)


def import_settings(given: argparse.Namespace) -> int:
    """Store a new version; equal settings make none, and a barred category is recorded."""
    with _database() as database:
        brands, audit = SqlBrandStore(database, SettingsReader()), SqlAuditStore(database)
        brand, version = import_brand_file(
            (brands, audit), given.file, given.author, datetime.now(UTC)
        )
    print(f"{brand}: version {version}")
    return 0


def export_settings(given: argparse.Namespace) -> int:
    """Print a version."""
    with _database() as database:
        brands = SqlBrandStore(database, SettingsReader())
        found = brands.settings(given.brand, given.version)
    print(write_brand(found.settings), end="")
    return 0


def check_settings(given: argparse.Namespace) -> int:
    """Read a file; errors are told by the caller."""
    settings = read_brand_file(given.file)
    print(f"{settings.brand}: fine")
    return 0


@contextmanager
def _database() -> Iterator[Database]:
    """Open the database alone: adapters take seconds to import, and nothing here calls a vendor."""
    database = open_database(load_settings().database)
    try:
        yield database
    finally:
        database.close()
