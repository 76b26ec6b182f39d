"""The Twilio emulator as one ASGI app behind the edge."""

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from sandbox.edge import Edge, EdgeMiddleware
from sandbox.twilio.account import Account
from sandbox.twilio.callbacks import Carrier
from sandbox.twilio.config import TwilioConfig
from sandbox.twilio.controls import Controls
from sandbox.twilio.errors import RefusedError, answer_http_error, answer_refusal
from sandbox.twilio.inbound import Inbound
from sandbox.twilio.media import MediaRest
from sandbox.twilio.rest import Rest
from sandbox.twilio.webhooks import Webhooks


def create_twilio(
    config: TwilioConfig, edge: Edge, client: httpx.AsyncClient | None = None
) -> ASGIApp:
    """Build one emulated Twilio account.

    Args:
        config: Credentials, numbers and the address of the webhooks.
        edge: Its recorder, faults and clock.
        client: What posts the webhooks; the caller closes it. Default: a plain client that
            ignores proxy settings of the environment.
    """
    account = Account(config, edge)
    webhooks = Webhooks(config, edge, client or httpx.AsyncClient(trust_env=False))
    carrier = Carrier(account, webhooks)
    controls = Controls(account, carrier, Inbound(account, webhooks))
    app = Starlette(
        routes=[
            *MediaRest(account).routes(),
            *Rest(account, carrier).routes(),
            *controls.routes(),
        ],
        exception_handlers={RefusedError: answer_refusal, HTTPException: answer_http_error},
    )
    return EdgeMiddleware(app, edge)
