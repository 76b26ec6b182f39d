"""A client of an emulated helpdesk that holds every answer against the vendor's specification."""

import json
from typing import Any
from urllib.parse import urlsplit

import httpx

from sandbox.spec import Spec
from tests.sandbox.receiver import Receiver


class CheckedClient(httpx.AsyncClient):
    """Fails where an answer departs from the specification, in status or in shape."""

    spec: Spec

    async def send(self, request: httpx.Request, **kwargs: Any) -> httpx.Response:  # noqa: ANN401
        """Send, then check what came back."""
        response = await super().send(request, **kwargs)
        path = urlsplit(str(request.url)).path
        found = None if path.startswith("/_control") else self.spec.match(request.method, path)
        # What the edge or the door answers to an unknown shape is checked by its own tests.
        if found is not None and response.status_code not in {415, 422}:
            body = response.json() if response.content else {}
            faults = self.spec.find_answer_faults(found[0], response.status_code, body)
            assert faults == {}, (request.method, path, faults)
        return response


def bodies(receiver: Receiver) -> list[dict[str, Any]]:
    """Return the JSON bodies received, oldest first."""
    return [json.loads(body) for _, _, body in receiver.requests]
