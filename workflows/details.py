"""What operators read in the Temporal UI, as Markdown: no events, no actions."""

from datetime import datetime

from workflows.state import ConversationState


def describe(state: ConversationState, deadline: datetime | None) -> str:
    """Return the conversation's current details.

    Args:
        state: The conversation.
        deadline: When silence ends it, UTC.

    Returns:
        Markdown: status, last decision, the last lines as a table. Customer text is escaped, so
        that it can neither break the table nor pass for a link.
    """
    facts = [
        f"**Status** {state.status.value} · **turn** {state.turn} · **agent texts** "
        f"{state.agent_texts} of {state.policy.max_agent_texts} · **intent** "
        f"{state.intent or 'unknown'}",
        f"**Last decision** {escape(state.last_decision)}",
    ]
    if state.ticket_id:
        facts.append(f"**Ticket** {escape(state.ticket_id)}")
    if deadline is not None:
        facts.append(f"**Idle until** {deadline:%Y-%m-%d %H:%M} UTC")
    rows = [f"| {line.at:%H:%M:%S} | {line.who} | {escape(line.text)} |" for line in state.log]
    table = ["| UTC | who | text |", "|---|---|---|", *rows]
    return "\n\n".join(facts) + "\n\n" + "\n".join(table)


def escape(text: str) -> str:
    """Return text that Markdown shows as it stands."""
    flat = " ".join(text.split())
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+!|~" else c for c in flat)
