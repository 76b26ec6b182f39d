"""Golden files: what must not change unnoticed, compared byte by byte."""

import os
from pathlib import Path

_FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, text: str) -> None:
    """Compare text with ``tests/golden/<name>``; ``make golden`` writes it instead.

    Args:
        name: Path below the folder, with its suffix.
        text: What is produced now; a line break is put at its end when it has none.
    """
    path = _FOLDER / name
    found = text if text.endswith("\n") else text + "\n"
    if os.environ.get("GOLDEN_UPDATE") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8")
    expected = path.read_text(encoding="utf-8") if path.exists() else "(no golden file yet)"
    assert expected == found, f"{path.name} differs; `make golden` rewrites it, review the diff"
