"""Brands: their settings, versions, and whether they may go live."""

from fastapi import APIRouter, HTTPException
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict

from api.deps import ApiState, Operator, State
from api.refusals import RefusalsRecorded
from domain.brand import BrandSettings
from domain.errors import ConfigurationError
from domain.go_live import GoLiveCheck, check_go_live
from runtime.adapters import present

router = APIRouter(prefix="/v1/brands", tags=["brands"], route_class=RefusalsRecorded)


class SettingsView(BaseModel):
    """A version of a brand's settings; secrets are references."""

    version: int
    settings: BrandSettings


class Saved(BaseModel):
    """The version that holds the settings now."""

    model_config = ConfigDict(extra="forbid")

    version: int


class GoLiveView(BaseModel):
    """Whether a brand may go live, point by point."""

    ready: bool
    checks: list[GoLiveCheck]


@router.get("")
async def list_brands(state: State, _operator: Operator) -> list[str]:
    """Return the ids of all brands."""
    return list(await run_in_threadpool(state.runtime.brands.brands))


@router.get("/{brand}/settings")
async def get_settings(
    brand: str, state: State, _operator: Operator, version: int | None = None
) -> SettingsView:
    """Return a version of the settings, the newest by default."""
    return await run_in_threadpool(_read, state, brand, version)


@router.put("/{brand}/settings")
async def put_settings(
    brand: str, settings: BrandSettings, state: State, operator: Operator
) -> Saved:
    """Store settings as a new version; equal ones make none. Every error names its field.

    A barred category is refused and recorded in the audit.
    """
    if settings.brand != brand:
        raise HTTPException(422, f"brand: the settings are for {settings.brand!r}")
    try:
        version = await run_in_threadpool(
            state.runtime.brands.save_settings, settings, operator, present()
        )
    except ConfigurationError as error:
        raise HTTPException(409, str(error)) from error
    return Saved(version=version)


@router.get("/{brand}/go-live")
async def get_go_live(brand: str, state: State, _operator: Operator) -> GoLiveView:
    """Return the preflight of a brand."""
    found = await run_in_threadpool(_read, state, brand, None)
    checks = list(check_go_live(found.settings))
    return GoLiveView(ready=all(c.passed or not c.blocking for c in checks), checks=checks)


def _read(state: ApiState, brand: str, version: int | None) -> SettingsView:
    try:
        found = state.runtime.brands.settings(brand, version)
    except ConfigurationError as error:
        raise HTTPException(404, "There is no such brand or version.") from error
    return SettingsView(version=found.version, settings=found.settings)
