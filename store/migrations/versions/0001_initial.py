"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_UNDISPATCHED = sa.text("handover IS NOT NULL AND dispatched_at IS NULL")

_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "name": sa.String(),
    "long": sa.Text(),
    "number": sa.Integer(),
    "flag": sa.Boolean(),
    "score": sa.Float(),
    "instant": sa.DateTime(timezone=True),
    # SQLite counts only INTEGER primary keys by itself.
    "sequence": sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
}


def upgrade() -> None:
    _create_brands()
    _create_contacts()
    _create_inbound()
    _create_outbox()
    _create_conversations()
    _create_turns()


def downgrade() -> None:
    for table in (
        "turn_step tool_result event ticket conversation receipt outbox decision inbound_message"
        " proof_guess suppression consent_event contact sender brand_settings brand"
    ).split():
        op.drop_table(table)


def _create(name: str, columns: str, key: str, *unique: str) -> None:
    """Create a table out of words: `name`, or `name:type`, with `?` where it may be null."""
    op.create_table(
        name,
        *(_column(word) for word in columns.split()),
        sa.PrimaryKeyConstraint(*key.split()),
        *(sa.UniqueConstraint(*columns.split()) for columns in unique),
    )


def _column(word: str) -> sa.Column[object]:
    name, _, kind = word.rstrip("?").partition(":")
    return sa.Column(name, _TYPES[kind or "name"], nullable=word.endswith("?"))


def _create_brands() -> None:
    _create("brand", "id created_at:instant active:flag", "id")
    _create(
        "brand_settings",
        "brand version:number settings:long author created_at:instant",
        "brand version",
    )
    _create("sender", "number brand provider", "number")
    op.create_index("ix_sender_brand", "sender", ["brand"])


def _create_contacts() -> None:
    _create("contact", "id brand phone unreachable:flag created_at:instant", "id", "brand phone")
    _create(
        "consent_event",
        "seq:sequence brand contact_id kind scope source matched score:score message_id?"
        " body:long at:instant",
        "seq",
    )
    op.create_index("consent_event_contact", "consent_event", ["brand", "contact_id"])
    _create("suppression", "brand contact_id scope source since:instant", "brand contact_id")
    _create("proof_guess", "seq:sequence brand contact_id at:instant", "seq")
    op.create_index("proof_guess_contact", "proof_guess", ["brand", "contact_id", "at"])


def _create_inbound() -> None:
    _create(
        "inbound_message",
        "seq:sequence id brand contact_id provider provider_message_id recipient body:long"
        " redactions media_count:number segments:number received_at:instant late:flag handover?"
        " dispatched_at:instant? conversation_id? turn:number?",
        "seq",
        "id",
        "provider_message_id provider",
    )
    op.create_index("inbound_message_contact", "inbound_message", ["brand", "contact_id", "seq"])
    op.create_index("inbound_message_conversation", "inbound_message", ["conversation_id"])
    op.create_index(
        "inbound_message_pending",
        "inbound_message",
        ["seq"],
        sqlite_where=_UNDISPATCHED,
        postgresql_where=_UNDISPATCHED,
    )
    _create(
        "decision",
        "message_id brand disposition label reason layer score:score rule decision:long"
        " decided_at:instant",
        "message_id",
    )


def _create_outbox() -> None:
    _create(
        "outbox",
        "id brand contact_id conversation_id? turn:number kind origin provider sender recipient"
        " body:long encoding segments:number state problem? attempts:number not_after:instant"
        " first_try_at:instant? provider_message_id? created_at:instant updated_at:instant",
        "id",
        "provider_message_id provider",
    )
    op.create_index("outbox_contact", "outbox", ["brand", "contact_id", "created_at"])
    op.create_index("outbox_conversation", "outbox", ["conversation_id"])
    op.create_index("outbox_state", "outbox", ["state", "updated_at"])
    op.create_index("outbox_updated", "outbox", ["updated_at"])
    _create(
        "receipt",
        "outbox_id brand conversation_id turn:number receipt:long created_at:instant",
        "outbox_id",
    )
    op.create_index("ix_receipt_conversation_id", "receipt", ["conversation_id"])


def _create_conversations() -> None:
    _create(
        "conversation",
        "id brand contact_id status owner intent? escalation_reason? settings_version:number"
        " opened_at:instant closed_at:instant?",
        "id",
    )
    op.create_index("conversation_contact", "conversation", ["brand", "contact_id", "opened_at"])
    _create(
        "ticket",
        "external_id brand conversation_id provider ticket_id url? opened_at:instant",
        "external_id",
    )
    op.create_index("ix_ticket_conversation_id", "ticket", ["conversation_id"])
    op.create_index("ix_ticket_ticket_id", "ticket", ["ticket_id"])
    _create(
        "event",
        "id brand conversation_id contact_id name properties:long at:instant delivered_at:instant?",
        "id",
    )
    op.create_index("event_pending", "event", ["delivered_at", "at"])


def _create_turns() -> None:
    _create(
        "turn_step",
        "conversation_id turn:number attempt:number step:number brand outcome:long model"
        " input_tokens:number cached_tokens:number output_tokens:number created_at:instant",
        "conversation_id turn attempt step",
    )
    _create(
        "tool_result",
        "conversation_id turn:number attempt:number step:number call_id brand tool arguments:long"
        " text:long facts:long created_at:instant",
        "conversation_id turn attempt step call_id",
    )
