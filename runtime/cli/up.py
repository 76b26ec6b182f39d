"""`sms-agent up`: everything on this machine, one sample text, then running until Ctrl-C."""

import argparse
import asyncio
import secrets
import signal
from collections.abc import Coroutine
from contextlib import suppress
from functools import partial

from domain.errors import ConfigurationError
from runtime.activation import import_brand_file
from runtime.adapters import present
from runtime.cli.environment import answers_at, service_environment
from runtime.cli.phone import Phone
from runtime.cli.text import DEMO_CUSTOMER, default_number, exchange
from runtime.environment import process_environment
from runtime.files import brand_paths
from runtime.ports_check import check_folder, check_ports, held_folder
from runtime.sandbox_environment import emulates_carrier
from runtime.settings import Settings, load_settings
from runtime.supervisor import Service, Supervisor, python
from runtime.temporal_client import answers, connect
from runtime.temporal_server import server_command
from runtime.wiring import build_runtime
from store.migrate import migrate

_SAMPLE = "Hi! Where is my order?"
_SDK_EXIT_PAUSE_SECONDS = 0.2


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--no-sample", action="store_true", help="do not play the sample text")
    parser.set_defaults(run=run)


async def run(given: argparse.Namespace) -> int:
    """Start everything, show the sample, stay up until told to stop."""
    settings = load_settings()
    check_folder(settings.data_dir)
    with held_folder(settings.data_dir):
        check_ports(_ports(settings))
        _make_operator_key(settings)
        sample = emulates_carrier(settings) and not given.no_sample
        await _stay_up(service_environment(settings), sample=sample)
    return 0


async def _stay_up(settings: Settings, *, sample: bool) -> None:
    stop = asyncio.Event()
    # Closing the terminal must not leave processes behind either.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    supervisor = Supervisor(settings.data_dir / "logs", process_environment(), _say)
    try:
        await _until(stop, _start(settings, supervisor))
        if sample and not stop.is_set():
            await _until(stop, _show_sample(settings))
        if not stop.is_set():
            print(_ready_line(settings), flush=True)
            await stop.wait()
    finally:
        _say("stopping …")
        await supervisor.end()
        await asyncio.sleep(_SDK_EXIT_PAUSE_SECONDS)
        _say("stopped")


async def _until(stop: asyncio.Event, work: Coroutine[None, None, None]) -> None:
    """Do something unless the process is told to stop first."""
    task = asyncio.create_task(work)
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not task.done():
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task  # it may be starting a process at this very moment
        return
    await task


async def _start(settings: Settings, supervisor: Supervisor) -> None:
    _say(f"preparing {settings.data_dir}")
    await asyncio.to_thread(migrate, settings.database)
    _import_brands(settings)
    client = await connect(settings, lazy=True)
    api = f"{settings.api_url}/readyz"

    async def temporal_is_up() -> bool:
        return await answers(client)

    async def starts_at_once() -> bool:
        return True

    if settings.temporal_address is None:
        await supervisor.start(Service("temporal", server_command(settings), temporal_is_up))
    if settings.sandbox != "off":
        command = [python(), "-m", "sandbox", f"--port={settings.sandbox_port}"]
        command += [f"--api-url={settings.api_url}", f"--public-url={settings.public_url}"]
        await supervisor.start(
            Service("sandbox", command, partial(answers_at, f"{settings.sandbox_url}/healthz"))
        )
    await supervisor.start(Service("worker", [python(), "worker.py"], starts_at_once))
    await supervisor.start(Service("api", [python(), "-m", "api"], partial(answers_at, api)))


def _import_brands(settings: Settings) -> None:
    paths = brand_paths(settings)
    if not paths:
        raise ConfigurationError("BRAND_FILES is empty: name the YAML file of a brand")
    runtime = build_runtime(settings)
    try:
        for path in paths:
            stores = (runtime.brands, runtime.audit)
            brand, version = import_brand_file(stores, path, "up", present())
            _say(f"  brand {brand}, settings version {version}")
    finally:
        runtime.database.close()


async def _show_sample(settings: Settings) -> None:
    phone = Phone(settings, DEMO_CUSTOMER, default_number(settings))
    try:
        print(f"\ncustomer: {_SAMPLE}", flush=True)
        outcome, new = await exchange(phone, _SAMPLE, 60)
        print(f"  gate:     {outcome.disposition} ({outcome.label}). {outcome.reason}")
        if outcome.intent:
            print(f"  turn {outcome.turn}:   {outcome.intent}")
        for line in new:
            print(f"agent:    {line.body}   [{line.segments} segment(s)]")
        print(f"  status:   {outcome.status}\n", flush=True)
    finally:
        await phone.close()


def _ready_line(settings: Settings) -> str:
    temporal = f"http://127.0.0.1:{settings.temporal_ui_port}"
    if settings.temporal_address is not None:
        temporal = settings.temporal_address
    phone = f"{settings.sandbox_url}/phone" if settings.sandbox != "off" else "none"
    return f"READY api={settings.api_url} console=none temporal={temporal} phone={phone}"


def _make_operator_key(settings: Settings) -> None:
    path = settings.operator_key_file
    if settings.api_key is None and not path.is_file():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32), encoding="utf-8")


def _ports(settings: Settings) -> dict[str, int]:
    ports = {"API_PORT": settings.api_port}
    if settings.sandbox != "off":
        ports["SANDBOX_PORT"] = settings.sandbox_port
    if settings.temporal_address is None:
        ports["TEMPORAL_PORT"] = settings.temporal_port
        ports["TEMPORAL_UI_PORT"] = settings.temporal_ui_port
    return ports


def _say(line: str) -> None:
    print(line, flush=True)
