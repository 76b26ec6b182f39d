"""`sms-agent replay`: what would have been said under other settings or another model."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from domain.brand import BrandSettings
from domain.errors import ConfigurationError, ModelOutputError, ProviderError
from domain.money import MICROS_PER_UNIT
from runtime.brand_files import read_brand_file
from runtime.cli.arguments import print_json
from runtime.cli.environment import service_environment
from runtime.judgement import Comparison, decide_again, recorded
from runtime.settings import load_settings
from runtime.wiring import Runtime, build_runtime
from store.replays import RecordedTurn, SqlReplayStore

_WIDTH = 76


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--since", required=True, help="turns decided since, YYYY-MM-DD (UTC)")
    parser.add_argument("--brand", help="default: the only brand there is")
    parser.add_argument("--settings", type=Path, help="YAML file to decide under")
    parser.add_argument("--model", help="model to decide with, by the vendor's name")
    parser.add_argument("--limit", type=int, default=500, help="most turns")
    parser.add_argument("--all", action="store_true", help="show unchanged turns too")
    parser.add_argument("--json", action="store_true", help="one line of JSON per turn")
    parser.set_defaults(run=run)


async def run(given: argparse.Namespace) -> int:
    """Decide recorded turns again and print what changed; nothing is sent or stored.

    Returns:
        0; also when replies changed, for that is what one wants to see.
    """
    runtime = build_runtime(service_environment(load_settings()))
    try:
        brand_id = given.brand or _only_brand(runtime)
        settings = _settings(runtime, brand_id, given)
        turns = SqlReplayStore(runtime.database).turns(brand_id, _since(given.since), given.limit)
        found = await _replay(runtime, settings, turns, given)
    finally:
        await runtime.close()
    if not given.json:
        _print_summary(found)
    return 0


async def _replay(
    runtime: Runtime,
    settings: BrandSettings,
    turns: tuple[RecordedTurn, ...],
    given: argparse.Namespace,
) -> list[Comparison]:
    model, name = runtime.adapters.model(settings)
    found = []
    for turn in turns:
        try:
            now = await decide_again(turn, settings, model, given.model or name)
        except (ProviderError, ModelOutputError) as error:
            sys.stderr.write(f"turn {turn.turn} of {turn.conversation_id}: not replayed, {error}\n")
            continue
        one = Comparison(
            conversation_id=turn.conversation_id,
            turn=turn.turn,
            asked=tuple(t.body for t in turn.texts),
            then=recorded(turn, settings),
            now=now,
        )
        found.append(one)
        if given.json:
            print_json({**one.model_dump(mode="json"), "changed": one.changed})
        elif one.changed or given.all:
            _print_turn(one)
    return found


def _settings(runtime: Runtime, brand: str, given: argparse.Namespace) -> BrandSettings:
    if given.settings is None:
        return runtime.brands.settings(brand).settings
    settings = read_brand_file(given.settings)
    if settings.brand != brand:
        raise ConfigurationError(f"--settings: {given.settings} is of brand {settings.brand!r}")
    return settings


def _only_brand(runtime: Runtime) -> str:
    brands = runtime.brands.brands()
    if len(brands) != 1:
        raise ConfigurationError(f"--brand: name one of {', '.join(brands) or 'none imported'}")
    return brands[0]


def _since(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise ConfigurationError(f"--since: {text!r} is no date; write YYYY-MM-DD") from error


def _print_turn(one: Comparison) -> None:
    print("-" * _WIDTH)
    print(f"conversation {one.conversation_id}, turn {one.turn}")
    for text in one.asked:
        print(f"  customer: {text}")
    print(f"  then:     {one.then.reply or f'(handed over: {one.then.handed_over})'}")
    print(f"  now:      {one.now.reply or f'(handed over: {one.now.handed_over})'}")
    if one.now.findings:
        print(f"  guardrails on the way: {', '.join(one.now.findings)}")


def _print_summary(found: list[Comparison]) -> None:
    changed = sum(one.changed for one in found)
    failing = sum(bool(one.now.findings) and not one.then.findings for one in found)
    segments = sum(one.now.segments - one.then.segments for one in found)
    cost = sum(one.now.cost_micros - one.then.cost_micros for one in found) / MICROS_PER_UNIT
    print("-" * _WIDTH)
    print(
        f"{len(found)} turns replayed: {changed} changed, {failing} newly failing a guardrail, "
        f"{segments:+d} segments, cost {cost:+.4f}"
    )
