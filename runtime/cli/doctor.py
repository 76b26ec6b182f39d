"""`sms-agent doctor`: what is configured, missing or unreachable, in words."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from activities.ports import Adapters
from domain.brand import BrandSettings
from domain.errors import AgentError, ConfigurationError
from domain.go_live import GoLiveCheck, check_go_live
from runtime.cli.environment import answers_at, service_environment
from runtime.sandbox_environment import sandbox_environment
from runtime.settings import Settings, load_settings
from runtime.temporal_client import answers, connect
from runtime.wiring import Runtime, build_runtime

_SDK_EXIT_PAUSE_SECONDS = 0.2


@dataclass(frozen=True)
class Finding:
    """One line of the report; `word` is ok, missing, unreachable, blocked or off."""

    word: str
    subject: str
    sentence: str


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--go-live", action="store_true", help="may the brands be answered?")
    parser.add_argument("--brand", help="look at this brand only")
    parser.set_defaults(run=run)


async def run(given: argparse.Namespace) -> int:
    """Print the report.

    Returns:
        0 when all that is configured answers and, with `--go-live`, no blocking point fails.
    """
    settings = load_settings()
    emulates = bool(sandbox_environment(settings))
    settings = service_environment(settings)
    runtime = build_runtime(settings)
    findings = [await _temporal(settings), await _api(settings), _sealing(settings)]
    if emulates:
        findings.append(await _sandbox(settings))
    try:
        findings += await _database(runtime, given.brand)
        if given.go_live:
            findings += await asyncio.to_thread(_go_live, runtime, given.brand)
    finally:
        await runtime.close()
        await asyncio.sleep(_SDK_EXIT_PAUSE_SECONDS)
    for finding in findings:
        print(f"{finding.word:<12} {finding.subject}: {finding.sentence}")
    return 0 if all(f.word in ("ok", "off") for f in findings) else 1


def _sealing(settings: Settings) -> Finding:
    if settings.payload_keys is not None:
        return Finding("ok", "payloads", "sealed in Temporal's store")
    return Finding("off", "payloads", "stored readable by Temporal: set PAYLOAD_KEYS to seal them")


async def _temporal(settings: Settings) -> Finding:
    client = await connect(settings, lazy=True)
    if await answers(client):
        return Finding("ok", "temporal", f"answers at {settings.temporal_target}")
    remedy = "start it with `make run`, or set TEMPORAL_ADDRESS"
    return Finding("unreachable", "temporal", f"{settings.temporal_target}; {remedy}")


async def _api(settings: Settings) -> Finding:
    if await answers_at(f"{settings.api_url}/healthz"):
        return Finding("ok", "api", f"answers at {settings.api_url}")
    return Finding("unreachable", "api", f"{settings.api_url}; start it with `make run`")


async def _sandbox(settings: Settings) -> Finding:
    if await answers_at(f"{settings.sandbox_url}/healthz"):
        return Finding("ok", "sandbox", f"emulates vendors at {settings.sandbox_url}")
    remedy = "start it with `make run`, or set SANDBOX=off and the vendors' credentials"
    return Finding("unreachable", "sandbox", f"{settings.sandbox_url}; {remedy}")


def _go_live(runtime: Runtime, only: str | None) -> list[Finding]:
    brands = [only] if only else runtime.brands.brands()
    return [
        Finding(_go_live_word(check), f"{brand} go-live {check.name}", check.sentence)
        for brand in brands
        for check in check_go_live(runtime.brands.settings(brand).settings)
    ]


def _go_live_word(check: GoLiveCheck) -> str:
    if check.passed:
        return "ok"
    return "blocked" if check.blocking else "off"


async def _database(runtime: Runtime, only: str | None) -> list[Finding]:
    try:
        brands = await asyncio.to_thread(runtime.brands.brands)
    except AgentError as error:
        return [Finding("unreachable", "database", f"{error}; run `sms-agent migrate`")]
    findings = [Finding("ok", "database", f"{len(brands)} brand(s)")]
    if not brands:
        remedy = "import one with `sms-agent settings import FILE`"
        findings.append(Finding("missing", "brand", remedy))
    for brand in [only] if only else brands:
        settings = (await asyncio.to_thread(runtime.brands.settings, brand)).settings
        findings += await _brand(runtime, settings)
    return findings


async def _brand(runtime: Runtime, brand: BrandSettings) -> list[Finding]:
    adapters = runtime.adapters
    findings = [
        await _part(brand, f"sms {sender.number[-4:]}", _carrier(adapters, sender.provider))
        for sender in brand.senders
    ]
    findings.append(await _part(brand, "shop", adapters.shop))
    findings.append(await _part(brand, "helpdesk", adapters.helpdesk))
    findings += await _events(brand, adapters)
    try:
        model, name = adapters.model(brand)
    except ConfigurationError as error:
        return [*findings, Finding("missing", f"{brand.brand} model", str(error))]
    return [*findings, await _look(f"{brand.brand} model", lambda: model.check(name))]


async def _events(brand: BrandSettings, adapters: Adapters) -> list[Finding]:
    subject = f"{brand.brand} events"
    try:
        sinks = adapters.event_sinks(brand)
    except ConfigurationError as error:
        return [Finding("missing", subject, str(error))]
    if not sinks:
        return [Finding("off", subject, "not configured; nobody hears of conversations")]
    return [await _look(f"{subject} {sink.name}", sink.check) for sink in sinks]


def _carrier(adapters: Adapters, provider: str) -> Callable[[BrandSettings], object]:
    return lambda _brand: adapters.sms(provider)


async def _part(
    brand: BrandSettings, name: str, build: Callable[[BrandSettings], object | None]
) -> Finding:
    subject = f"{brand.brand} {name}"
    try:
        part = build(brand)
    except ConfigurationError as error:
        return Finding("missing", subject, str(error))
    if part is None:
        return Finding("off", subject, "not configured; what needs it says so and hands over")
    return await _look(subject, part.check)  # type: ignore[attr-defined]


async def _look(subject: str, check: Callable[[], Awaitable[str]]) -> Finding:
    try:
        return Finding("ok", subject, await check())
    except AgentError as error:
        return Finding("unreachable", subject, str(error))
