"""`sms-agent gate`: what the gate decides about texts, by the same code as live."""

import argparse
import importlib

from domain.brand import BrandSettings
from domain.errors import ConfigurationError, StoreUnavailable
from domain.gate.jsonl import EPOCH, add_decision, as_stored, decision_for
from runtime.brand_files import read_brand_file
from runtime.cli.arguments import print_json, read_lines, text_of
from runtime.files import brand_paths
from runtime.settings import Settings, load_settings
from store.brands import SettingsReader, SqlBrandStore
from store.engine import open_database


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--brand", required=True, help="whose settings to use")
    parser.add_argument("--no-model", action="store_true", help="rules only; never ask the model")
    parser.add_argument(
        "--jsonl", metavar="FILE", default="-", help="lines of {text, ctx?, segments?}"
    )
    parser.add_argument("text", nargs="?", help="one text instead of a file")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print one decision per text, in order; texts in doubt are put to the model last of all."""
    brand = find_brand(load_settings(), given.brand)
    entries = [{"text": given.text}] if given.text is not None else read_lines(given.jsonl)
    settle = None
    if not given.no_model:
        # The model's adapters take seconds to import; rules need none of them.
        settle = importlib.import_module("runtime.cli.gate_model").Settler(brand).settle
    for entry in entries:
        text_of(entry)
        seen = as_stored(entry)
        decision = decision_for(seen, brand.gate, EPOCH)
        if settle is not None and decision.doubt is not None:
            decision = settle(seen, decision)
        print_json(add_decision(entry, decision))
    return 0


def find_brand(settings: Settings, brand: str) -> BrandSettings:
    """Return a brand's newest settings: from the database, else from the files that `up` imports.

    Raises:
        ConfigurationError: There is no such brand in either.
    """
    try:
        return _stored(settings, brand)
    except (ConfigurationError, StoreUnavailable):
        files = [read_brand_file(path) for path in brand_paths(settings) if path.is_file()]
    for found in files:
        if found.brand == brand:
            return found
    known = ", ".join(f.brand for f in files) or "none"
    raise ConfigurationError(
        f"--brand: there is no brand {brand!r} in the database or in BRAND_FILES ({known})"
    )


def _stored(settings: Settings, brand: str) -> BrandSettings:
    if settings.database_url is None and not (settings.data_dir / "agent.db").is_file():
        raise ConfigurationError("there is no database yet")
    database = open_database(settings.database)
    try:
        return SqlBrandStore(database, SettingsReader()).settings(brand).settings
    finally:
        database.close()
