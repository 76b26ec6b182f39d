"""Posting signed texts at a fixed rate, and timing each answer."""

import asyncio
import os
import secrets
import sqlite3
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.numbers import BRAND_NUMBER, customers
from bench.processor import Spent, read_processor, spent
from bench.stack import Stack
from bench.stack_settings import TWILIO_TOKEN
from bench.wire import Wire
from sandbox.twilio.signature import sign

_PATH = "/webhooks/sms/twilio"
_TEXTS = (
    "Hi! Where is my order?",
    "What is your return policy?",
    "Do you have a rain jacket in stock?",
    "How long does shipping to Denver take?",
)


@dataclass(frozen=True)
class Load:
    """An open loop: texts fall due whether or not earlier ones were answered.

    Attributes:
        rate: Texts per second.
        count: How many.
    """

    rate: float
    count: int


@dataclass
class Acks:
    """What one phase measured.

    Attributes:
        seconds: From the instant a text was due to its answer, so that a stalled server is not
            let off by a generator that waits for it.
        refused: Statuses other than 200; 0 is a broken connection.
        counts_rows: Whether rows were looked for.
        committed: Texts whose row another process could read when the 200 arrived.
    """

    name: str
    seconds: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    counts_rows: bool = False
    committed: int = 0
    cpu: Spent | None = None


async def _post_texts(
    acks: Acks, port: int, load: Load, database: sqlite3.Connection | None
) -> None:
    wire = Wire(port)
    phones = list(customers())
    begin = time.monotonic() + 0.2

    async def one(number: int) -> None:
        due = begin + number / load.rate
        sid = f"SM{secrets.token_hex(16)}"
        body, headers = _signed(port, sid, phones[number % len(phones)], _TEXTS[number % 4])
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        status = await wire.post(_PATH, body, headers)
        acks.seconds.append(time.monotonic() - due)
        if status != 200:
            acks.refused.append(status)
        elif database is not None:
            acks.committed += _is_there(database, sid)

    await asyncio.gather(*(one(n) for n in range(load.count)))
    wire.close()


def _signed(port: int, sid: str, phone: str, text: str) -> tuple[bytes, dict[str, str]]:
    form = {
        "MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid,
        "AccountSid": "AC" + "0" * 31 + "1", "From": phone, "To": BRAND_NUMBER, "Body": text,
        "NumMedia": "0", "NumSegments": "1", "SmsStatus": "received", "ApiVersion": "2010-04-01",
        "FromCity": "CHICAGO", "FromState": "IL", "FromZip": "60601", "FromCountry": "US",
        "ToCity": "CHICAGO", "ToState": "IL", "ToZip": "60601", "ToCountry": "US",
    }  # fmt: skip
    url = f"http://127.0.0.1:{port}{_PATH}"
    return urlencode(form).encode(), {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": sign(TWILIO_TOKEN, url, form.items()),
    }


def _is_there(database: sqlite3.Connection, sid: str) -> int:
    query = "SELECT count(*) FROM inbound_message WHERE provider_message_id = ?"
    return int(database.execute(query, (sid,)).fetchone()[0])


def measure_acks(stack: Stack, name: str, load: Load, port: int, *, rows: bool) -> Acks:
    """Post texts to one server and return what was measured.

    Args:
        stack: What runs meanwhile, for its CPU time.
        name: Of the phase.
        load: How many texts, how fast.
        port: Where the webhook is.
        rows: Look for each row when its 200 arrives.
    """
    acks = Acks(name, counts_rows=rows)
    database = sqlite3.connect(f"file:{stack.database}?mode=ro", uri=True) if rows else None
    pids = stack.pids | {"generator": os.getpid()}
    before = read_processor(pids)
    asyncio.run(_post_texts(acks, port, load, database))
    acks.cpu = spent(before, read_processor(pids))
    if database is not None:
        database.close()
    return acks
