"""Activating a brand by its settings; a refusal for what it sells is recorded."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from domain.brand import BrandId
from domain.errors import ConfigurationError, StoreUnavailable
from domain.gate.activation import find_refusal
from runtime.brand_files import load_brand_file, parse_brand
from store.audit_base import AuditAction, AuditEntry, AuditStore
from store.base import BrandStore

_BRAND: TypeAdapter[str] = TypeAdapter(BrandId)
_LONGEST = 100


def import_brand_file(
    stores: tuple[BrandStore, AuditStore], path: Path, author: str, now: datetime
) -> tuple[str, int]:
    """Store the settings of a YAML file as a new version; equal ones make none.

    Returns:
        The brand, and the version that holds the settings now.

    Raises:
        ConfigurationError: The file is wrong, or what the brand sells is barred; the latter is
            recorded.
    """
    brands, audit = stores
    given = load_brand_file(path)
    try:
        settings = parse_brand(path, given)
    except ConfigurationError:
        # An import before the tables are there must still say what is wrong with the file.
        with suppress(StoreUnavailable):
            record_refusal(audit, given, author, now)
        raise
    return settings.brand, brands.save_settings(settings, author, now)


def record_refusal(audit: AuditStore, given: object, actor: str, now: datetime) -> None:
    """Record that a brand was refused, if its category is why these settings are.

    Args:
        audit: Where it is recorded.
        given: Settings as they came, of any shape.
        actor: Who tried.
        now: UTC.
    """
    refusal = find_refusal(given)
    if refusal is None:
        return
    entry = AuditEntry(
        brand=_brand_of(given),
        actor=actor,
        action=AuditAction.ACTIVATION_REFUSED,
        detail={
            "category": refusal.category[:_LONGEST],
            "barred": refusal.barred,
            "reason": f"{refusal.barred} is barred on SMS: carriers refuse it",
        },
    )
    audit.record(entry, now)


def _brand_of(given: object) -> str | None:
    found = given.get("brand") if isinstance(given, Mapping) else None
    try:
        return _BRAND.validate_python(found, strict=True)
    except ValidationError:
        return None
