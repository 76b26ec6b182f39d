"""The environment that `up` gives its services, for commands that work beside them."""

import httpx

from runtime.environment import use_environment
from runtime.sandbox_environment import sandbox_environment
from runtime.settings import Settings, load_settings


def service_environment(settings: Settings) -> Settings:
    """Fill in the emulated vendors and the operator key, and read the settings again."""
    added = sandbox_environment(settings)
    if settings.api_key is None and settings.operator_key_file.is_file():
        added["API_KEY"] = settings.operator_key_file.read_text(encoding="utf-8").strip()
    use_environment(added)
    return load_settings()


async def answers_at(url: str) -> bool:
    """Return whether a GET is answered with 200."""
    async with httpx.AsyncClient(timeout=2, trust_env=False) as http:
        try:
            return (await http.get(url)).status_code == 200
        except httpx.HTTPError:
            return False
