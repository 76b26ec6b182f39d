"""One installation for all tests that break connections and kill at chosen points."""

import signal
from collections.abc import AsyncIterator, Callable

import pytest

from tests.faults.stage import Phone, Stage, a_stage

_WITH_ORDERS = "00 01 02 03 04 05 06 07 09 14 15 16 17 18 19 20 21 22 25 27 28 31 34 36 37 39"
_NUMBERS = tuple(f"+131255501{ending}" for ending in _WITH_ORDERS.split())
_NAMES = (
    "Abelard Bertram Cosima Dagobert Edeltraud Fridolin Gundula Hartmut Irmgard Joringel Kunigunde "
    "Leberecht Mechthild Notburga Ottokar Pankraz Quirin Roswitha Sieglinde Tassilo Ulrike Volkmar "
    "Walburga Xaver Yvonne Zacharias"
).split()

NextPhone = Callable[[], Phone]


@pytest.fixture(scope="session")
async def running_stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """Give an installation that runs; it ends with the session."""
    async with a_stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture(scope="session")
def next_phone(running_stage: Stage) -> NextPhone:
    """Give what takes a phone that no test has used."""
    phones = (Phone(running_stage, *pair) for pair in zip(_NUMBERS, _NAMES, strict=True))
    strangers = (Phone(running_stage, f"+141555501{n:02}", f"Nemo{n}") for n in range(99))
    return lambda: next(phones, None) or next(strangers)


@pytest.fixture
async def stage(running_stage: Stage) -> AsyncIterator[Stage]:
    """Give the installation; whatever a test has broken is healed after it."""
    yield running_stage
    for vendor in ("twilio", "openai", "shopify", "helpdesk"):
        await running_stage.world.control(f"/{vendor}/_control/reset", {})
    await running_stage.world.heal()
    running_stage.carrier.resume()
    for name, door in running_stage.doors.items():
        running_stage.fleet.send(name, signal.SIGCONT)
        door.latency_seconds = 0
        door.resume()
    await running_stage.fleet.all_ready()
