"""The API in-process: a fresh database, the brand "acme", and a carrier that signs its webhooks."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection
from urllib.parse import parse_qsl, urlencode

import httpx
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import event, text
from temporalio.client import Client

from api.app import create_app
from domain.outbox import OutboxState
from runtime.adapters import present
from runtime.settings import Settings
from runtime.temporal_client import connect
from runtime.wiring import Runtime, build_runtime
from sandbox.twilio.signature import sign
from store.brands import SettingsReader
from store.engine import BUSY_TIMEOUT, open_database
from store.inbound import SqlInboundStore
from store.outbox_records import OutboxRecord, ReadyText, SendResult
from store.statements import Cell
from tests.builders import NUMBERS, PHONE, a_reply, some_settings

PUBLIC_URL = "https://sms.example.com"
ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "carrier-token"
KEY = "operator-key"
TEXTS = "/webhooks/sms/twilio"
STATUS = "/webhooks/sms/twilio/status"
NOBODY = "127.0.0.1:9"
"""The discard port: a server that is away."""

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Api:
    """The app, the objects behind it, and a client without a network between."""

    app: FastAPI
    runtime: Runtime
    http: httpx.AsyncClient

    async def text(self, **changes: str) -> httpx.Response:
        """Post a signed text; changed fields replace those of a plain one."""
        return await self.post_form(TEXTS, a_form(**changes))

    async def report(self, row: OutboxRecord, status: str, **fields: str) -> httpx.Response:
        """Post a signed status callback about a row."""
        form = {"MessageSid": str(row.provider_message_id), "AccountSid": ACCOUNT}
        form |= {"MessageStatus": status} | fields
        return await self.post_form(f"{STATUS}?o={row.outbox_id}", form)

    async def post_form(self, path: str, form: Mapping[str, str]) -> httpx.Response:
        """Post a signed form."""
        return await self.post_raw(path, urlencode(form).encode())

    async def post_raw(
        self, path: str, body: bytes, content_type: str = _FORM, signature: str | None = None
    ) -> httpx.Response:
        """Post bytes, signed as the carrier would unless a signature is given ("" for none)."""
        if signature is None:
            signature = sign_body(path, body)
        headers = {"content-type": content_type}
        if signature:
            headers["x-twilio-signature"] = signature
        return await self.http.post(path, content=body, headers=headers)

    async def look(self, path: str, key: str | None = KEY) -> httpx.Response:
        """Ask the operator API."""
        headers = {} if key is None else {"authorization": f"Bearer {key}"}
        return await self.http.get(path, headers=headers)

    def rows(self, query: str, **values: Cell) -> list[tuple[object, ...]]:
        """Return the rows of a query."""
        with self.runtime.database.read() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def bodies(self) -> list[object]:
        """Return the texts committed, in order of arrival."""
        return [row[0] for row in self.rows("SELECT body FROM inbound_message ORDER BY seq")]

    async def contact(self, phone: str = PHONE) -> str:
        """Return the contact with this number, who has texted once at least."""
        await self.text(From=phone, MessageSid="SM" + "c" * 32)
        found = self.rows("SELECT id FROM contact WHERE phone = :phone", phone=phone)
        return str(found[0][0])

    def sent(self, contact_id: str, outbox_id: str = "reply-1") -> OutboxRecord:
        """Return the row of a text that the carrier has taken."""
        now = present()
        ready: ReadyText = a_reply(contact_id, outbox_id, conversation_id=None)
        ready = ready.model_copy(update={"not_after": now.replace(year=now.year + 1)})
        assert self.runtime.outbox.claim(ready, now).granted
        result = SendResult(state=OutboxState.SENT, provider_message_id=f"SM-{outbox_id}")
        return self.runtime.outbox.settle(outbox_id, result, now)


def a_form(**changes: str) -> dict[str, str]:
    """Return the fields of a text; a field changed to "-" is left out."""
    form = {
        "MessageSid": "SM00000000000000000000000000000001",
        "AccountSid": ACCOUNT,
        "From": PHONE,
        "To": NUMBERS["acme"],
        "Body": "Where is my order?",
        "NumMedia": "0",
        "NumSegments": "1",
    } | changes
    return {name: value for name, value in form.items() if value != "-"}


def sign_body(path: str, body: bytes, token: str = TOKEN) -> str:
    """Return the carrier's signature of a form."""
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return sign(token, PUBLIC_URL + path, fields)


def some_installation(folder: Path, **changes: object) -> Settings:
    """Return settings of an installation whose Temporal server is away."""
    given: dict[str, object] = {
        "data_dir": folder,
        "public_base_url": PUBLIC_URL,
        "twilio_account_sid": ACCOUNT,
        "twilio_auth_token": SecretStr(TOKEN),
        "api_key": SecretStr(KEY),
        "temporal_address": NOBODY,
    }
    return Settings.model_validate(given | changes)


@asynccontextmanager
async def open_api(
    settings: Settings, client: Client | None = None, busy_timeout: timedelta = BUSY_TIMEOUT
) -> AsyncIterator[Api]:
    """Run the app on a migrated database; the brand "acme" is imported."""
    runtime = build_runtime(settings)
    if busy_timeout != BUSY_TIMEOUT:
        impatient = open_database(settings.database, busy_timeout)
        inbound = SqlInboundStore(impatient, SettingsReader())
        runtime = replace(runtime, database=impatient, inbound=inbound)
    runtime.brands.save_settings(some_settings(), "test", present())
    app = create_app(runtime, client or await connect(settings, lazy=True))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    try:
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://api") as http,
        ):
            yield Api(app, runtime, http)
    finally:
        await runtime.close()


@contextmanager
def another_writer(runtime: Runtime) -> Iterator[Callable[[], None]]:
    """Hold the database's write lock from a connection of its own; the function lets it go."""
    with runtime.database.engine.connect() as connection:
        connection.execute(text("BEGIN IMMEDIATE"))
        yield connection.rollback
        connection.rollback()


@contextmanager
def pragma_on(runtime: Runtime, pragma: str) -> Iterator[None]:
    """Give every connection of the process a pragma for as long as the block lasts."""
    engine = runtime.database.engine

    def prepare(connection: Connection, _record: object) -> None:
        connection.execute(f"PRAGMA {pragma}").close()

    engine.dispose()
    event.listen(engine, "connect", prepare)
    try:
        yield
    finally:
        event.remove(engine, "connect", prepare)
        engine.dispose()
