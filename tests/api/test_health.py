"""Whether the process lives, and whether it can do its work."""

from runtime.settings import Settings
from tests.api.rig import Api, open_api


async def test_healthz_says_that_the_process_lives_whatever_else_is_down(api: Api) -> None:
    """An orchestrator must not restart the API because Temporal is away."""
    answer = await api.http.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_readyz_names_the_part_that_is_away(api: Api) -> None:
    """503 with a word for each part; no address, no reason."""
    answer = await api.http.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "temporal": "unreachable", "settings": "ok"}


async def test_readyz_says_when_no_brand_is_imported(installation: Settings) -> None:
    """An installation without a brand answers nobody."""
    async with open_api(installation) as api:
        with api.runtime.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM brand")
        answer = await api.http.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["settings"] == "no brand is imported"
