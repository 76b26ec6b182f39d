"""`sms-agent replay`: recorded turns decided again; nothing is sent and nothing is written."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.terminal import Said, a_terminal
from tests.product import Product
from tests.rig import Brand

pytestmark = pytest.mark.temporal

_TODAY = "2020-01-01"


@pytest.fixture
async def talked(shop: Brand) -> Brand:
    """Return a brand that has answered three times, in two conversations of one phone."""
    await shop.text("What are your store hours?")
    await shop.answered(1)
    await shop.text("What is your return policy?")
    await shop.answered(2)
    await shop.handle().execute_update("close", {"operator": "ada"})
    await shop.handle().result()
    await shop.text("What are your store hours?")
    await shop.replies(3)
    await shop.answered(1)
    return shop


def _replay(shop: Brand, folder: Path, *words: str) -> Said:
    """Run the command against the running product's database and model."""
    settings = shop.product.runtime.settings
    variables = {
        "DATABASE_URL": settings.database,
        "SANDBOX": "off",
        "MODEL_NAME": "rules",
        "MODEL_API_KEY": "sk-sandbox",
        "MODEL_BASE_URL": str(settings.model_base_url),
    }
    return a_terminal(folder).run(
        "replay", "--brand", shop.settings.brand, *words, variables=variables
    )


def _settings_file(folder: Path, shop: Brand, **changes: object) -> str:
    given = {**shop.settings.model_dump(mode="json"), **changes}
    path = folder / "other.yaml"
    path.write_text(yaml.safe_dump(given), encoding="utf-8")
    return str(path)


def _counts(product: Product) -> dict[str, int]:
    tables = product.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        t["name"]: product.rows(f'SELECT count(*) AS n FROM "{t["name"]}"')[0]["n"]  # noqa: S608
        for t in tables
    }


async def _sent(product: Product) -> list[dict[str, Any]]:
    return await product.requests("twilio")


async def test_unchanged_settings_change_nothing_send_nothing_and_write_nothing(
    talked: Brand, product: Product, tmp_path: Path
) -> None:
    """0 changed, the second conversation's disclosure included; every table as it was."""
    before, sent = _counts(product), await _sent(product)
    said = _replay(talked, tmp_path, "--since", _TODAY)

    assert said.code == 0, said.err
    assert said.out.splitlines()[-1] == (
        "3 turns replayed: 0 changed, 0 newly failing a guardrail, +0 segments, cost +0.0000"
    )
    assert (_counts(product), await _sent(product)) == (before, sent)


async def test_word_banned_since_then_changes_the_turn_and_is_counted(
    talked: Brand, product: Product, tmp_path: Path
) -> None:
    """The turn is shown as it was and as it would be, with the rule it would break."""
    voice = {**talked.settings.voice.model_dump(mode="json"), "banned_words": ["unworn"]}
    said = _replay(
        talked, tmp_path, "--since", _TODAY, "--settings",
        _settings_file(tmp_path, talked, voice=voice), "--json", "--all",
    )  # fmt: skip
    found = [json.loads(line) for line in said.out.splitlines()]
    changed = [f for f in found if f["changed"]]
    assert [f["asked"] for f in changed] == [["What is your return policy?"]], said.out
    assert changed[0]["now"]["findings"]
    assert changed[0]["then"]["findings"] == []


async def test_model_that_is_away_leaves_json_lines_alone(
    talked: Brand, product: Product, tmp_path: Path
) -> None:
    """What could not be replayed is said beside the output, not in it."""
    await product.fault("openai", kind="status", status=400, times=1000)
    said = _replay(talked, tmp_path, "--since", _TODAY, "--json")
    assert said.out == ""
    assert said.err.count("not replayed") == 3


async def test_replay_of_what_makes_no_sense_names_the_argument(
    shop: Brand, tmp_path: Path
) -> None:
    """Another brand's settings, a date that is none: exit 2 and one line."""
    other = _settings_file(tmp_path, shop, brand="birch")
    for words, problem in (
        (("--since", _TODAY, "--settings", other), "is of brand 'birch'"),
        (("--since", "2026-02-30"), "--since: '2026-02-30' is no date"),
    ):
        said = _replay(shop, tmp_path, *words)
        assert (said.code, len(said.err.splitlines())) == (2, 1), said.err
        assert problem in said.err
