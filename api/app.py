"""The API process: webhooks, operator JSON, health."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from temporalio.client import Client

from api import (
    audit_routes,
    brand_routes,
    codec_routes,
    consent_routes,
    conversation_routes,
    gate_routes,
    health,
    helpdesk_webhooks,
    operator_routes,
    sms_webhooks,
)
from api.bodies import BodyLimit
from api.delivery import DeliveryFailures
from api.deps import ApiState
from api.errors import install_error_handlers
from runtime.adapters import present
from runtime.conversations import Conversations
from runtime.dispatch_loop import DispatchLoop
from runtime.dispatcher import QUEUES, Queues
from runtime.telling import build_dispatcher
from runtime.wiring import Runtime

_ROOMS = (
    health,
    sms_webhooks,
    helpdesk_webhooks,
    operator_routes,
    conversation_routes,
    consent_routes,
    brand_routes,
    gate_routes,
    audit_routes,
    codec_routes,
)


def create_app(runtime: Runtime, client: Client, queues: Queues = QUEUES) -> FastAPI:
    """Build the app.

    Args:
        runtime: Stores and adapters; closed by whoever built them.
        client: Temporal; may be lazy, the API works while the server is away.
        queues: Where conversations run.
    """
    dispatch = DispatchLoop(build_dispatcher(client, runtime, queues), runtime.inbound, present)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        loop = asyncio.create_task(dispatch.run())
        yield
        loop.cancel()
        with suppress(asyncio.CancelledError):
            await loop
        await dispatch.drain()

    app = FastAPI(
        title="Customer Agent on SMS",
        version="1",
        lifespan=lifespan,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.objects = ApiState(
        runtime=runtime,
        client=client,
        dispatch=dispatch,
        conversations=Conversations(client),
        delivery=DeliveryFailures(runtime, client),
    )
    install_error_handlers(app)
    app.add_middleware(BodyLimit)
    for room in _ROOMS:
        app.include_router(room.router)
    return app
