"""Runs the API: ``python -m api``."""

import asyncio
import sys

import uvicorn
import uvloop

from api.app import create_app
from domain.errors import ConfigurationError
from runtime.logs import configure_logs
from runtime.settings import load_settings
from runtime.temporal_client import connect
from runtime.wiring import build_runtime


async def serve() -> None:
    """Serve until the process is told to stop.

    Raises:
        ConfigurationError: A setting is wrong.
    """
    settings = load_settings()
    configure_logs(settings.log_level)
    client = await connect(settings, lazy=True)
    runtime = build_runtime(settings)
    config = uvicorn.Config(
        create_app(runtime, client),
        host=settings.api_host,
        port=settings.api_port,
        log_config=None,  # its errors go the way of all others, which quotes nobody
        access_log=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=75,  # longer than a provider keeps a connection: no post meets its end
    )
    try:
        await uvicorn.Server(config).serve()
    finally:
        await runtime.close()
        # The SDK may abort when the interpreter ends right after its last call.
        await asyncio.sleep(0.2)


def main() -> int:
    """Run the API; a wrong setting is one line and exit code 2."""
    try:
        uvloop.run(serve())
    except ConfigurationError as error:
        sys.stderr.write(f"api: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
