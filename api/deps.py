"""What routes are given."""

import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from temporalio.client import Client

from api.delivery import DeliveryFailures
from domain.brand import BrandSettings
from domain.errors import ConfigurationError
from runtime.conversations import Conversations
from runtime.dispatch_loop import DispatchLoop
from runtime.wiring import Runtime


@dataclass(frozen=True)
class ApiState:
    """The API process's objects."""

    runtime: Runtime
    client: Client
    dispatch: DispatchLoop
    conversations: Conversations
    delivery: DeliveryFailures


def api_state(request: Request) -> ApiState:
    """Return the process's objects."""
    state: ApiState = request.app.state.objects
    return state


OPERATOR = "api-key"
"""Who asks, as far as the one key tells."""

_bearer = HTTPBearer(auto_error=False)


def operator(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    state: Annotated[ApiState, Depends(api_state)],
) -> str:
    """Let only holders of the operator key pass.

    Raises:
        HTTPException: 401 without a key or with another one; 503 when none is configured.
    """
    expected = state.runtime.settings.api_key
    if expected is None:
        raise HTTPException(503, "API_KEY is not set: the operator API is closed.")
    given = credentials.credentials if credentials else ""
    if not secrets.compare_digest(given.encode(), expected.get_secret_value().encode()):
        raise HTTPException(
            401, "The operator key is missing or wrong.", headers={"WWW-Authenticate": "Bearer"}
        )
    return OPERATOR


Operator = Annotated[str, Depends(operator)]
State = Annotated[ApiState, Depends(api_state)]


def known_brand(brand: str, state: State, _operator: Operator) -> BrandSettings:
    """Return the newest settings of the brand that the path names.

    Raises:
        HTTPException: 404, there is no such brand.
    """
    try:
        return state.runtime.brands.settings(brand).settings
    except ConfigurationError as error:
        raise HTTPException(404, "There is no such brand.") from error


KnownBrand = Annotated[BrandSettings, Depends(known_brand)]
