"""Door: runs the worker."""

import sys

import uvloop

from domain.errors import ConfigurationError
from runtime.worker_process import run_worker


def main() -> int:
    """Run the worker; a wrong setting is one line and exit code 2."""
    try:
        uvloop.run(run_worker())
    except ConfigurationError as error:
        sys.stderr.write(f"worker: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
