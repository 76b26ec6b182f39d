"""Is the process alive, and can it do its work?"""

import asyncio

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from api.deps import State
from domain.errors import StoreUnavailable
from runtime.temporal_client import answers

router = APIRouter(tags=["health"])


class Readiness(BaseModel):
    """Each part's state: "ok" or a word for what is wrong."""

    database: str
    temporal: str
    settings: str


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process runs."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(response: Response, state: State) -> Readiness:
    """Temporal, database and settings; 503 when one of them is not ready."""
    database, temporal = await asyncio.gather(
        run_in_threadpool(_look_at_database, state), answers(state.client)
    )
    ready = Readiness(
        database="ok" if database else "unreachable",
        temporal="ok" if temporal else "unreachable",
        settings="ok" if database == "brands" else "no brand is imported",
    )
    if {ready.database, ready.temporal, ready.settings} != {"ok"}:
        response.status_code = 503
    return ready


def _look_at_database(state: State) -> str:
    try:
        return "brands" if state.runtime.brands.brands() else "empty"
    except StoreUnavailable:
        return ""
