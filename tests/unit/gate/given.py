"""Contexts and settings the gate's tests start from."""

from datetime import UTC, datetime, timedelta

from domain.gate.context import GateContext, InboundText, OutboundText
from domain.gate.decision import Decision
from domain.gate.rules import decide
from domain.gate.settings import GateSettings
from domain.message import MessageOrigin

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def sent(
    body: str, origin: MessageOrigin = MessageOrigin.AGENT, *, seconds_ago: int = 60
) -> OutboundText:
    """Return one of our texts."""
    return OutboundText(body=body, sent_at=NOW - timedelta(seconds=seconds_ago), origin=origin)


def after(*outbound: OutboundText, **more: object) -> GateContext:
    """Return the context after our texts."""
    return GateContext.model_validate({"now": NOW, "recent_outbound": outbound, **more})


def received(*bodies: str) -> tuple[InboundText, ...]:
    """Return earlier texts of the contact, a minute apart."""
    return tuple(
        InboundText(body=body, received_at=NOW - timedelta(minutes=len(bodies) - index))
        for index, body in enumerate(bodies)
    )


def gate(
    text: str, context: GateContext | None = None, settings: GateSettings | None = None
) -> Decision:
    """Return the rule layer's decision."""
    return decide(text, context or GateContext(now=NOW), settings or GateSettings())
