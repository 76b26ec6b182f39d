"""The floor under the webhook: the same server and signature, no gate and no storage."""

import sys
from urllib.parse import parse_qsl

import uvicorn
from fastapi import FastAPI, Request, Response

from bench.stack_settings import TWILIO_TOKEN
from sandbox.twilio.signature import sign


def create_floor(url: str) -> FastAPI:
    """Return an app that answers a signed form with an empty TwiML document.

    Args:
        url: Address that signatures are computed over.
    """
    app = FastAPI(openapi_url=None)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/webhooks/sms/twilio")
    async def receive(request: Request) -> Response:
        fields = parse_qsl((await request.body()).decode(), keep_blank_values=True)
        right = sign(TWILIO_TOKEN, f"{url}{request.url.path}", fields)
        status = 200 if request.headers.get("x-twilio-signature") == right else 403
        return Response(b"<Response/>", status_code=status, media_type="text/xml")

    return app


if __name__ == "__main__":
    given_port = int(sys.argv[1])
    floor = create_floor(f"http://127.0.0.1:{given_port}")
    uvicorn.run(floor, host="127.0.0.1", port=given_port, log_level="warning", access_log=False)
