"""What a run has left in the product's database and in Temporal."""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client

from workflows.protocol import conversation_workflow_id

_ACTIONS = re.compile(r'^action\{[^}]*namespace="(?P<space>[^"]+)"[^}]*\} (?P<count>\S+)', re.M)
_BRAND = "cedar-slate"
_SIGNALED = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED


@dataclass(frozen=True)
class History:
    """How long one conversation's history became.

    Attributes:
        first_turn: Events up to the second text: what opens the conversation is among them.
        later_turns: Events of each further turn, mean; None when there was none.
    """

    first_turn: int
    later_turns: float | None


def count_model_calls(database: Path) -> dict[str, int]:
    """Return the model calls of the turn that answered each text, by the carrier's id of it."""
    query = (
        "SELECT m.provider_message_id, count(*) FROM inbound_message m JOIN turn_step s"
        " ON s.conversation_id = m.conversation_id AND s.turn = m.turn GROUP BY 1"
    )
    return dict(_rows(database, query))


def count_by_status(database: Path) -> dict[str, int]:
    """Return how many conversations stand in each status."""
    return dict(_rows(database, "SELECT status, count(*) FROM conversation GROUP BY 1"))


def count_actions(metrics_port: int, namespace: str) -> int:
    """Return the billable actions that the server has counted in a namespace."""
    page = httpx.get(f"http://127.0.0.1:{metrics_port}/metrics", trust_env=False).text
    return sum(
        int(float(found["count"]))
        for found in _ACTIONS.finditer(page)
        if found["space"] == namespace
    )


async def read_histories(client: Client, database: Path, phones: Sequence[str]) -> list[History]:
    """Return the lengths of the histories of some customers' conversations."""
    contacts = dict(_rows(database, "SELECT phone, id FROM contact"))
    known = [str(contacts[phone]) for phone in phones if phone in contacts]
    return [await _history(client, contact_id) for contact_id in known]


async def _history(client: Client, contact_id: str) -> History:
    handle = client.get_workflow_handle(conversation_workflow_id(_BRAND, contact_id))
    events = [event async for event in handle.fetch_history_events()]
    texts = [n for n, event in enumerate(events) if event.event_type == _SIGNALED]
    if len(texts) < 2:
        return History(first_turn=len(events), later_turns=None)
    later = (len(events) - texts[1]) / (len(texts) - 1)
    return History(first_turn=texts[1], later_turns=later)


def _rows(database: Path, query: str) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()
