"""`sms-agent explain`: why a text was treated as it was, in words."""

import argparse

from domain.errors import ConfigurationError
from domain.gate.decision import Doubt
from runtime.settings import load_settings
from store.brands import SettingsReader
from store.engine import open_database
from store.inbound import SqlInboundStore
from store.outbox_records import OutboxRecord
from store.records import ConversationSummary, MessageOutcome

_LAYERS = {"keyword": "a keyword", "rule": "a rule", "model": "the model"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("message_id", help="our id of the text, or the provider's")
    parser.add_argument("--brand", help="look in this brand only")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the decision and what followed; no words of the customer are shown."""
    database = open_database(load_settings().database)
    try:
        inbound = SqlInboundStore(database, SettingsReader())
        outcome = inbound.outcome(given.brand, given.message_id)
    finally:
        database.close()
    if outcome is None:
        raise ConfigurationError(f"there is no message {given.message_id}")
    for line in explain(outcome):
        print(line)
    return 0


def explain(outcome: MessageOutcome) -> list[str]:
    """Return the outcome of a text as sentences."""
    decision = outcome.decision
    lines = [
        f"Message {outcome.message_id} of brand {outcome.brand}, received "
        f"{outcome.received_at:%Y-%m-%d %H:%M:%S} UTC.",
        f"Decision: {decision.disposition.value} ({decision.label.value}). {decision.reason}",
        f"Decided by {_LAYERS[decision.layer.value]} ({decision.rule}), "
        f"confidence {decision.score:.2f}.",
    ]
    if decision.doubt is not None:
        asked = "the segments were" if decision.doubt is Doubt.MEMBERSHIP else "the model was"
        lines.append(f"The rules left a doubt ({decision.doubt.value}); {asked} to be asked.")
    if outcome.handover is None:
        lines.append("No conversation was told of it.")
    if outcome.conversation is not None:
        lines.append(_conversation(outcome.conversation, outcome.turn))
    if not outcome.replies:
        lines.append("Nothing was sent.")
    return lines + [_reply(reply) for reply in outcome.replies]


def _conversation(found: ConversationSummary, turn: int | None) -> str:
    parts = [f"Conversation {found.conversation_id}, turn {turn}: {found.status.value}"]
    if found.intent:
        parts.append(found.intent)
    if found.escalation_reason:
        parts.append(f"handed over because of {found.escalation_reason}")
    return ", ".join(parts) + "."


def _reply(reply: OutboxRecord) -> str:
    problem = f", {reply.problem}" if reply.problem else ""
    return f"{reply.kind.value}: {reply.state.value}, {reply.segments} segment(s){problem}."
