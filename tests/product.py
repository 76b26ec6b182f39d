"""The whole product in one process: Temporal's dev server, sandbox, worker and API, all real.

Nothing is mocked and nothing leaves the machine. One product serves a whole test session; each
test has brands of its own on it (`tests.rig`).
"""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import text as sql
from temporalio.client import Client
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from api.app import create_app
from domain.brand import BrandSettings
from runtime.brand_files import read_brand_file
from runtime.dispatcher import Queues
from runtime.environment import process_environment, use_environment
from runtime.payload_codec import build_converter
from runtime.settings import Settings
from runtime.temporal_client import prepare_namespace
from runtime.temporal_server import DYNAMIC_SETTINGS
from runtime.wiring import Runtime, build_runtime
from runtime.worker_process import running_workers
from sandbox.openai.state import OpenAIConfig
from sandbox.server import SandboxConfig, create_sandbox
from sandbox.serving import serve
from store.migrate import migrate

NUMBERS = tuple(f"+1{area}55501{n:02}" for area in (212, 415, 503) for n in range(100))
"""Numbers that brands may have; customers' are in area 312."""

_REFERENCES = {
    "RIG_SHOPIFY_CLIENT_ID": "demo-client",
    "RIG_SHOPIFY_CLIENT_SECRET": "demo-secret",
    "RIG_HELPDESK_URL": "{sandbox}/helpdesk/tickets-webhook",
    "RIG_HELPDESK_SECRET": "whsec_c2FuZGJveC1oZWxwZGVzay1zZWNyZXQ=",
    "RIG_KLAVIYO_API_KEY": "pk_sandbox0000000000000000000000000000",
}
"""What the brands' settings refer to, under names that no real installation has."""

_DEMO = Path(__file__).parent.parent / "sandbox" / "demo" / "brand.yaml"
_FLAGS = {**DYNAMIC_SETTINGS, "frontend.WorkflowTimeSkippingEnabled": "true"}


@dataclass(frozen=True)
class Product:
    """Everything that runs, and the doors through which a test looks at it."""

    temporal: WorkflowEnvironment
    client: Client
    runtime: Runtime
    queues: Queues
    sandbox_url: str
    api_url: str
    http: httpx.AsyncClient
    demo: BrandSettings
    numbers: Iterator[str]

    async def control(self, path: str, body: object = None) -> dict[str, Any]:
        """Ask the sandbox: a GET without a body, else a POST; returns its JSON answer."""
        url = self.sandbox_url + path
        if body is None:
            answer = await self.http.get(url)
        else:
            answer = await self.http.post(url, json=body)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text[:300]}"
        found: dict[str, Any] = answer.json()
        return found

    async def reset(self) -> None:
        """Heal every emulated vendor and forget what they were asked."""
        for vendor in ("twilio", "helpdesk", "shopify", "openai", "klaviyo"):
            await self.control(f"/{vendor}/_control/reset", {})
        await self.control("/openai/_control/latency", {"seconds": 0})
        await self.control("/twilio/_control/settings", {"callbacks": "normal"})
        await self.control("/shopify/_control/throttle", {"available": 2000})

    async def fault(self, vendor: str, **fault: object) -> None:
        """Break what a vendor does next; see `sandbox.edge.Fault`."""
        await self.control(f"/{vendor}/_control/faults", fault)

    async def requests(self, vendor: str, path_contains: str = "") -> list[dict[str, Any]]:
        """Return what a vendor was asked, oldest first."""
        answer = await self.control(f"/{vendor}/_control/requests")
        return [r for r in answer["requests"] if path_contains in r["path"]]

    def rows(self, query: str, **values: object) -> list[dict[str, Any]]:
        """Return the rows of a query on the product's database."""
        with self.runtime.database.read() as connection:
            return [dict(row) for row in connection.execute(sql(query), values).mappings()]


@asynccontextmanager
async def temporal_server(*extra: str) -> AsyncIterator[WorkflowEnvironment]:
    """Run a dev server whose clock a test can move; nothing is downloaded.

    Args:
        extra: More of its command line.
    """
    environment = await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False),
        data_converter=build_converter(None),
        dev_server_existing_path=str(Path(sys.executable).with_name("temporal")),
        dev_server_log_level="error",
        dev_server_extra_args=[
            *extra,
            *(
                argument
                for name, value in _FLAGS.items()
                for argument in ("--dynamic-config-value", f"{name}={value}")
            ),
        ],
    )
    try:
        yield environment
    finally:
        await environment.shutdown()


@asynccontextmanager
async def running_product(
    temporal: WorkflowEnvironment,
    folder: Path,
    hang_seconds: float = 4.0,
    client: Client | None = None,
) -> AsyncIterator[Product]:
    """Run worker and API against a sandbox of their own, on a new database in the folder.

    Args:
        temporal: The server.
        folder: Empty.
        hang_seconds: How long the model hangs when it is told to.
        client: What worker and API reach the server by; by default one that seals nothing.
    """
    client = client or temporal.client
    await prepare_namespace(client)
    with _bound_socket() as listener:
        api_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = SandboxConfig.for_api(api_url)
        twilio = config.twilio.model_copy(update={"numbers": NUMBERS})
        openai = OpenAIConfig(hang_seconds=hang_seconds)
        config = config.model_copy(update={"twilio": twilio, "openai": openai})
        with serve(create_sandbox(config)) as sandbox_url:
            settings = _settings(folder, api_url, sandbox_url)
            # Another product of this process goes on with its own references afterwards.
            before = {k: v for k, v in process_environment().items() if k in _REFERENCES}
            use_environment(
                {k: v.replace("{sandbox}", sandbox_url) for k, v in _REFERENCES.items()}
            )
            migrate(settings.database)
            runtime = build_runtime(settings)
            queues = Queues(f"conversations-{uuid4().hex[:8]}", f"model-{uuid4().hex[:8]}")
            app = create_app(runtime, client, queues)
            async with (
                httpx.AsyncClient(timeout=30, trust_env=False) as http,
                running_workers(runtime, client, queues),
                _served(app, listener),
            ):
                yield Product(
                    temporal=temporal,
                    client=client,
                    runtime=runtime,
                    queues=queues,
                    sandbox_url=sandbox_url,
                    api_url=api_url,
                    http=http,
                    demo=read_brand_file(_DEMO),
                    numbers=iter(NUMBERS),
                )
            await runtime.close()
            use_environment(before)


@contextmanager
def _bound_socket() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind(("127.0.0.1", 0))
        yield listener


class _Server(uvicorn.Server):
    """A server that leaves the process's signals alone and says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def _served(app: FastAPI, listener: socket.socket) -> AsyncIterator[None]:
    """Serve an app on this event loop, on a socket whose port is already known."""
    # A connection that the carrier keeps open must not close under its next webhook.
    config = uvicorn.Config(app, log_level="critical", access_log=False, timeout_keep_alive=600)
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await server.listening.wait()
    try:
        yield
    finally:
        server.should_exit = True
        await serving


def _settings(folder: Path, api_url: str, sandbox_url: str) -> Settings:
    """Return settings of which every vendor's is given, so that no environment shines through."""
    return Settings(
        _env_file=None,
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'agent.db'}",
        public_base_url=api_url,
        api_key=SecretStr("rig-operator-key"),
        twilio_account_sid="AC" + "0" * 31 + "1",
        twilio_auth_token=SecretStr("sandbox-auth-token"),
        twilio_api_key=None,
        twilio_api_secret=None,
        twilio_messaging_service_sid=None,
        twilio_base_url=f"{sandbox_url}/twilio",
        twilio_accounts_base_url=f"{sandbox_url}/twilio",
        shopify_base_url=f"{sandbox_url}/shopify/{{shop}}",
        klaviyo_base_url=f"{sandbox_url}/klaviyo",
        model_adapter="responses",
        model_name="rules",
        model_api_key=SecretStr("sk-sandbox"),
        model_base_url=f"{sandbox_url}/openai/v1",
        model_timeout_seconds=3,
    )
