"""Strict reading of the form bodies and query strings that the REST API takes."""

import base64
import binascii
import re
import secrets
from collections.abc import Iterable
from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.twilio.config import TwilioConfig
from sandbox.twilio.errors import RefusedError, invalid_parameter

Form = dict[str, list[str]]

_E164 = re.compile(r"\+[1-9]\d{7,14}")
_NANP = re.compile(r"\+1[2-9]\d{2}[2-9]\d{6}")


def authenticate(request: Request, config: TwilioConfig) -> None:
    """Check Basic authentication (account or API key) and the account in the path.

    Raises:
        RefusedError: 20003 with status 401.
    """
    given = _credentials(request.headers.get("authorization", ""))
    known = (
        (config.account_sid, config.auth_token),
        (config.api_key_sid, config.api_key_secret),
    )
    if not any(secrets.compare_digest(":".join(pair).encode(), given) for pair in known):
        raise RefusedError(20003, "Authenticate", 401)
    if request.path_params.get("account_sid", config.account_sid) != config.account_sid:
        raise RefusedError(20003, "Authenticate", 401)


def _credentials(header: str) -> bytes:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return b""
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return b""


async def read_form(request: Request, known: Iterable[str], repeated: Iterable[str] = ()) -> Form:
    """Return the form of a request; another content type reads as no parameters at all.

    Raises:
        RefusedError: A parameter that is not known, or is given twice and may not be.
    """
    if request.headers.get("content-type", "").split(";")[0] != "application/x-www-form-urlencoded":
        return {}
    body = (await request.body()).decode("utf-8", "replace")
    return _strict(parse_qsl(body, keep_blank_values=True), known, repeated)


def read_query(request: Request, known: Iterable[str]) -> dict[str, str]:
    """Return the query of a request; refuses like `read_form`."""
    pairs = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return {name: values[0] for name, values in _strict(pairs, known, ()).items()}


def _strict(pairs: list[tuple[str, str]], known: Iterable[str], repeated: Iterable[str]) -> Form:
    allowed, many, form = set(known), set(repeated), Form()
    for name, value in pairs:
        if name not in allowed | many:
            raise invalid_parameter(name, "not a parameter of this resource")
        if name in form and name not in many:
            raise invalid_parameter(name, "given more than once")
        form.setdefault(name, []).append(value)
    return form


def is_phone_number(number: str) -> bool:
    """Tell whether Twilio takes this as an E.164 number (North American ones by their plan)."""
    pattern = _NANP if number.startswith("+1") else _E164
    return pattern.fullmatch(number) is not None
