"""Segments kept here, and the cache of those kept elsewhere, in SQL."""

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from sqlmodel import col

from domain.brand import BrandSettings
from domain.gate.context import GateContext
from domain.gate.membership import is_fresh, known_segments
from domain.gate.settings import AudienceMode
from domain.phone import E164
from store.audience_tables import MembershipRow, SegmentMemberRow
from store.audit import write_audit
from store.audit_base import AuditAction, AuditEntry
from store.engine import Database
from store.membership_base import Memberships
from store.statements import Cell, insert_or_change, table

_NONE: frozenset[str] = frozenset()


def read_memberships(
    connection: Connection, who: tuple[str, str, str], now: datetime
) -> Memberships:
    """Return what is known of a contact's segments.

    Args:
        connection: The transaction.
        who: Brand, contact's id and number.
        now: UTC; what was read elsewhere counts for five minutes.
    """
    brand, contact_id, phone = who
    member, cache = SegmentMemberRow, MembershipRow
    own = connection.execute(
        select(col(member.segment)).where(col(member.brand) == brand, col(member.phone) == phone)
    ).scalars()
    read = connection.execute(
        select(col(cache.segments), col(cache.refreshed_at)).where(
            col(cache.brand) == brand, col(cache.contact_id) == contact_id
        )
    ).first()
    fresh = read is not None and is_fresh(read.refreshed_at, now)
    return Memberships(
        own=frozenset(own),
        outside=frozenset(json.loads(read.segments)) if read is not None and fresh else None,
    )


def with_segments(
    connection: Connection,
    context: GateContext,
    who: tuple[str, str, str],
    settings: BrandSettings,
    now: datetime,
) -> GateContext:
    """Return a context with the contact's segments, where the brand's audience asks for them.

    No platform is asked here: what is not known freshly is left to be read before the answer.
    """
    audience = settings.gate.audience
    if audience.mode is AudienceMode.ALL:
        return context
    found = read_memberships(connection, who, now)
    kept_elsewhere = settings.marketing.klaviyo is not None
    outside = found.outside if kept_elsewhere else _NONE
    segments = known_segments(found.own, outside, audience)
    return context.model_copy(
        update={"segments": segments, "segments_readable": segments is None and kept_elsewhere}
    )


class SqlMembershipStore:
    """Implements `MembershipStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def memberships(self, brand: str, contact_id: str, phone: str, now: datetime) -> Memberships:
        """Return what is known of a contact's segments."""
        with self._database.read() as connection:
            return read_memberships(connection, (brand, contact_id, phone), now)

    def remember_outside(
        self, brand: str, contact_id: str, segments: AbstractSet[str], now: datetime
    ) -> None:
        """Keep what the marketing platform has just said of a contact."""
        values: dict[str, Cell] = {
            "brand": brand,
            "contact_id": contact_id,
            "segments": json.dumps(sorted(segments)),
            "refreshed_at": now,
        }
        with self._database.write() as connection:
            insert_or_change(connection, MembershipRow, values, unless={"refreshed_at": now})

    def segment(self, brand: str, name: str) -> tuple[str, ...]:
        """Return the numbers in a segment kept here, in order; none for one that is not there."""
        row = SegmentMemberRow
        query = (
            select(col(row.phone))
            .where(col(row.brand) == brand, col(row.segment) == name)
            .order_by(col(row.phone))
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def replace_segment(
        self, brand: str, name: str, phones: Sequence[E164], actor: str, now: datetime
    ) -> int:
        """Make a segment consist of these numbers, and note who did it."""
        row = SegmentMemberRow
        wanted = sorted(set(phones))
        members = [{"brand": brand, "segment": name, "phone": phone} for phone in wanted]
        entry = AuditEntry(
            brand=brand,
            actor=actor,
            action=AuditAction.SEGMENT_SAVED,
            detail={"segment": name, "size": len(members)},
        )
        with self._database.write() as connection:
            connection.execute(
                delete(table(row)).where(col(row.brand) == brand, col(row.segment) == name)
            )
            if members:
                connection.execute(insert(table(row)), members)
            write_audit(connection, entry, now)
        return len(members)
