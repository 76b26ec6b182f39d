"""The reference calculator, installed once and asked in one batch."""

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

CALCULATOR = "sms-segments-calculator"
VERSION = "1.3.0"
# Its one dependency decides where clusters end, so it is pinned too.
SPLITTER = "grapheme-splitter@1.0.4"
# Kept between runs; `var/` is in .gitignore.
_CACHE = Path(__file__).parents[2] / "var" / "npm"
_SCRIPT = Path(__file__).with_name("reference_calculator.mjs")


class ReferenceAnswers(BaseModel):
    """What the calculator said: its tables; encoding, units, segments, clusters of each text."""

    model_config = ConfigDict(frozen=True)

    smart_encoding: dict[str, str] = Field(alias="smartEncoding")
    alphabet: dict[int, list[int] | int]
    counts: tuple[tuple[str, int, int, int], ...]


AskReference = Callable[[Sequence[str]], ReferenceAnswers]


@pytest.fixture(scope="session")
def calculator_folder() -> Path:
    """Give the folder of the installed package; skip when it cannot be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node or npm is missing: install nodejs and npm to compare with the calculator")
    folder = _CACHE / "node_modules" / CALCULATOR
    manifest = folder / "package.json"
    if manifest.exists() and json.loads(manifest.read_text())["version"] == VERSION:
        return folder
    _CACHE.mkdir(parents=True, exist_ok=True)
    options = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"]
    packages = [f"{CALCULATOR}@{VERSION}", SPLITTER]
    command = [npm, "install", *options, "--prefix", str(_CACHE), *packages]
    try:
        done = subprocess.run(  # noqa: S603 (fixed arguments)
            command, capture_output=True, text=True, timeout=60, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm could not install {CALCULATOR}@{VERSION} within 60 s")
    if done.returncode != 0:
        errors = [line for line in done.stderr.splitlines() if line.startswith("npm error")]
        reason = errors[0] if errors else f"exit status {done.returncode}"
        pytest.skip(f"npm could not install {CALCULATOR}@{VERSION}: {reason}")
    return folder


@pytest.fixture(scope="session")
def ask_reference(calculator_folder: Path) -> AskReference:
    """Give a function that counts many texts with the calculator."""

    def ask(texts: Sequence[str]) -> ReferenceAnswers:
        lines = "\n".join(json.dumps(text) for text in texts) + "\n"
        done = subprocess.run(  # noqa: S603 (our script on the package pinned above)
            [shutil.which("node") or "node", str(_SCRIPT), str(calculator_folder)],
            input=lines,
            capture_output=True,
            text=True,
            timeout=100,
            check=True,
        )
        # Not splitlines: the tables hold U+2028, which divides lines for it.
        tables, *counts = done.stdout.strip().split("\n")
        return ReferenceAnswers.model_validate(
            {**json.loads(tables), "counts": [json.loads(line) for line in counts]}
        )

    return ask
