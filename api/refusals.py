"""Settings that are refused because of what the brand sells leave a record."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from api.deps import OPERATOR, api_state
from runtime.activation import record_refusal
from runtime.adapters import present


class RefusalsRecorded(APIRoute):
    """A route whose refused bodies are looked at; who may not ask never gets as far."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, with the record before the refusal."""
        handle = super().get_route_handler()

        async def handle_recorded(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                if isinstance(error.body, Mapping):
                    given = {**error.body, "brand": request.path_params.get("brand")}
                    audit = api_state(request).runtime.audit
                    await run_in_threadpool(record_refusal, audit, given, OPERATOR, present())
                raise

        return handle_recorded
