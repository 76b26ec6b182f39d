"""What was done in a brand's name, and what was refused."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, JsonValue

from api.deps import Operator, State

router = APIRouter(prefix="/v1/brands/{brand}", tags=["audit"])


class AuditView(BaseModel):
    """One thing that was done; `seq` is its place in the order."""

    seq: int
    at: datetime
    actor: str
    action: str
    detail: dict[str, JsonValue]


@router.get("/audit")
async def list_audit(
    brand: str,
    state: State,
    _operator: Operator,
    before: Annotated[int | None, Query(ge=1)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[AuditView]:
    """Return what was done, newest first; `before` a `seq` for the page behind it.

    A brand that was refused has a record without having settings.
    """
    found = await run_in_threadpool(state.runtime.audit.entries, brand, before, limit)
    return [
        AuditView(
            seq=entry.seq,
            at=entry.at,
            actor=entry.actor,
            action=entry.action.value,
            detail=dict(entry.detail),
        )
        for entry in found
    ]
