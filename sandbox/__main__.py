"""``python -m sandbox``: every emulator and the phone on one loopback port."""

import argparse
import time

import uvicorn

from sandbox.server import SandboxConfig, create_sandbox


def main() -> None:
    """Serve the sandbox until it is told to stop."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8900)
    parser.add_argument("--api-url", default="http://127.0.0.1:8000", help="where webhooks go")
    parser.add_argument("--public-url", help="what webhook signatures cover (default: --api-url)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--number", action="append", help="a number of ours, once for each")
    given = parser.parse_args()
    config = SandboxConfig.for_api(given.api_url.rstrip("/"), given.public_url)
    if given.number:
        numbers = {"numbers": tuple(given.number)}
        config = config.model_copy(update={"twilio": config.twilio.model_copy(update=numbers)})
    # Tickets are kept in memory only: numbers of an earlier run must not come again.
    first = int(time.time())
    desks = {
        "helpdesk": config.helpdesk.model_copy(update={"first_ticket": first}),
        "gorgias": config.gorgias.model_copy(update={"first_id": first}),
        "zendesk": config.zendesk.model_copy(update={"first_id": first}),
    }
    app = create_sandbox(config.model_copy(update=desks))
    uvicorn.run(app, host=given.host, port=given.port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
