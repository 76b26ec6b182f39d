"""Files that settings name."""

from pathlib import Path

from runtime.settings import Settings


def brand_paths(settings: Settings) -> tuple[Path, ...]:
    """Return the brand files that `up` imports."""
    return tuple(Path(name.strip()) for name in settings.brand_files.split(",") if name.strip())
