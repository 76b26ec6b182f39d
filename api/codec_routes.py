"""The codec endpoint: shows sealed payloads to signed-in operators in the Temporal UI.

It is the key to all conversations: without the operator key, or from another web page than the
configured UI, nothing is opened.
"""

import secrets
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Cookie, Header, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from google.protobuf import json_format
from temporalio.api.common.v1 import Payloads

from api.bodies import read_at_most
from api.deps import ApiState, State
from domain.errors import ConfigurationError
from runtime.payload_codec import SealedPayloads, read_keys

router = APIRouter(prefix="/codec", tags=["codec"], include_in_schema=False)

_COOKIE = "codec_key"
_FORM_BYTES = 4096
_SIGN_IN = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Codec</title>
<form method="post"><label>Operator key <input name="key" type="password" autofocus></label>
<button>Sign in</button></form></html>"""


@router.get("/sign-in")
async def show_sign_in() -> HTMLResponse:
    """Ask for the operator key; the browser then shows conversations in the Temporal UI."""
    return HTMLResponse(
        _SIGN_IN, headers={"Content-Security-Policy": "default-src 'none'; form-action 'self'"}
    )


@router.post("/sign-in")
async def sign_in(request: Request, state: State) -> Response:
    """Keep the key in a cookie that scripts cannot read."""
    # The key travels in the body, which must be read first: so little of it that nobody cares.
    body = await read_at_most(request, _FORM_BYTES)
    if body is None:
        raise HTTPException(413, f"The form is larger than {_FORM_BYTES} bytes.")
    key = dict(parse_qsl(body.decode("utf-8", "replace"))).get("key", "")
    _check(state, key)
    answer = HTMLResponse("Signed in. Reload the Temporal UI.")
    secure = state.runtime.settings.public_url.startswith("https:")
    answer.set_cookie(
        _COOKIE, key, httponly=True, secure=secure, samesite="lax", max_age=12 * 3600, path="/codec"
    )
    return answer


@router.options("/{action}")
async def preflight(action: str, state: State, origin: Annotated[str, Header()] = "") -> Response:
    """Answer the browser's question whether the UI may ask."""
    del action
    return Response(status_code=204, headers=_cors(state, origin))


@router.post("/{action}")
async def translate(
    action: str,
    request: Request,
    state: State,
    authorization: Annotated[str, Header()] = "",
    codec_key: Annotated[str, Cookie()] = "",
    origin: Annotated[str, Header()] = "",
) -> Response:
    """Open (`decode`) or seal (`encode`) payloads, protobuf's JSON in and out."""
    _check(state, authorization.removeprefix("Bearer ") or codec_key)
    keys = state.runtime.settings.payload_keys
    if keys is None:
        raise HTTPException(404, "PAYLOAD_KEYS is not set: payloads are not sealed.")
    codec = SealedPayloads(read_keys(keys.get_secret_value()))
    try:
        given = json_format.Parse(await request.body(), Payloads())
        match action:
            case "decode":
                found = await codec.decode(given.payloads)
            case "encode":
                found = await codec.encode(given.payloads)
            case _:
                raise HTTPException(404, "Not found.")
    except (json_format.ParseError, UnicodeDecodeError, ConfigurationError) as error:
        raise HTTPException(400, "These payloads cannot be read.") from error
    body = json_format.MessageToJson(Payloads(payloads=found))
    return Response(body, media_type="application/json", headers=_cors(state, origin))


def _check(state: ApiState, key: str) -> None:
    expected = state.runtime.settings.api_key
    if expected is None or not secrets.compare_digest(
        key.encode(), expected.get_secret_value().encode()
    ):
        raise HTTPException(401, "The operator key is missing or wrong.")


def _cors(state: ApiState, origin: str) -> dict[str, str]:
    """Allow the Temporal UI's own page, and no other."""
    allowed = state.runtime.settings.temporal_ui_origin
    if not origin or origin != allowed:
        return {}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Allow-Headers": "content-type, authorization, x-namespace",
        "Access-Control-Allow-Methods": "POST",
        "Vary": "Origin",
    }
