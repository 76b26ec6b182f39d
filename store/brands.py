"""Brands and their settings, in SQL."""

from collections import OrderedDict
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select
from sqlmodel import col

from domain.brand import BrandSettings
from domain.errors import ConfigurationError
from store.audit import write_audit
from store.audit_base import AuditAction, AuditEntry
from store.brand_lock import lock_brand
from store.contact_tables import BrandRow, BrandSettingsRow, SenderRow
from store.engine import Database
from store.records import SettingsVersion
from store.statements import insert_new, table

_PARSED_VERSIONS_KEPT = 64


class SettingsReader:
    """Reads versions; a version never changes, so that it is parsed once."""

    def __init__(self) -> None:
        self._parsed: OrderedDict[tuple[str, int], BrandSettings] = OrderedDict()

    def read(
        self, connection: Connection, brand: str, version: int | None = None
    ) -> SettingsVersion:
        """Return a version, the newest by default.

        Raises:
            ConfigurationError: There is no such brand or version.
        """
        number = version if version is not None else _newest(connection, brand)
        if number is None:
            msg = f"brand {brand!r} has no settings: import them with `sms-agent settings import`"
            raise ConfigurationError(msg)
        known = self._parsed.get((brand, number))
        if known is None:
            known = self._parse(connection, brand, number)
        return SettingsVersion(version=number, settings=known)

    def _parse(self, connection: Connection, brand: str, version: int) -> BrandSettings:
        row = BrandSettingsRow
        text = connection.execute(
            select(col(row.settings)).where(col(row.brand) == brand, col(row.version) == version)
        ).scalar_one_or_none()
        if text is None:
            msg = f"brand {brand!r} has no settings version {version}"
            raise ConfigurationError(msg)
        settings = BrandSettings.model_validate_json(text)
        self._parsed[(brand, version)] = settings
        while len(self._parsed) > _PARSED_VERSIONS_KEPT:
            self._parsed.popitem(last=False)
        return settings


def _newest(connection: Connection, brand: str) -> int | None:
    row = BrandSettingsRow
    found: int | None = connection.execute(
        select(func.max(col(row.version))).where(col(row.brand) == brand)
    ).scalar_one()
    return found


class SqlBrandStore:
    """Implements `BrandStore`."""

    def __init__(self, database: Database, reader: SettingsReader) -> None:
        self._database = database
        self._reader = reader

    def save_settings(self, settings: BrandSettings, author: str, now: datetime) -> int:
        """Store a new version and claim its numbers; an equal one makes no new version."""
        with self._database.write() as connection:
            insert_new(
                connection, BrandRow, {"id": settings.brand, "created_at": now, "active": True}
            )
            lock_brand(connection, settings.brand)
            newest = _newest(connection, settings.brand)
            if newest is not None:
                current = self._reader.read(connection, settings.brand, newest)
                if current.settings == settings:
                    return newest
            _claim_numbers(connection, settings)
            version = (newest or 0) + 1
            connection.execute(
                insert(table(BrandSettingsRow)).values(
                    brand=settings.brand,
                    version=version,
                    settings=settings.model_dump_json(),
                    author=author,
                    created_at=now,
                )
            )
            entry = AuditEntry(
                brand=settings.brand,
                actor=author,
                action=AuditAction.SETTINGS_SAVED,
                detail={"version": version},
            )
            write_audit(connection, entry, now)
            return version

    def settings(self, brand: str, version: int | None = None) -> SettingsVersion:
        """Return a version of the settings, the newest by default."""
        with self._database.read() as connection:
            return self._reader.read(connection, brand, version)

    def brands(self) -> tuple[str, ...]:
        """Return the ids of all brands."""
        with self._database.read() as connection:
            ids = connection.execute(select(col(BrandRow.id)).order_by(col(BrandRow.id)))
            return tuple(ids.scalars())

    def brand_of_number(self, number: str) -> str | None:
        """Return the brand a number belongs to."""
        with self._database.read() as connection:
            return connection.execute(
                select(col(SenderRow.brand)).where(col(SenderRow.number) == number)
            ).scalar_one_or_none()


def _claim_numbers(connection: Connection, settings: BrandSettings) -> None:
    connection.execute(delete(table(SenderRow)).where(col(SenderRow.brand) == settings.brand))
    # In one order for all, so that two brands that claim each other's numbers cannot deadlock.
    for sender in sorted(settings.senders, key=lambda sender: sender.number):
        values = {
            "number": sender.number,
            "brand": settings.brand,
            "provider": sender.provider,
        }
        if not insert_new(connection, SenderRow, values):
            msg = (
                f"senders: {sender.number} belongs to another brand of this installation; "
                "remove it there first"
            )
            raise ConfigurationError(msg)
