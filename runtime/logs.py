"""Structured logs: one JSON object a line, no message bodies, no full phone numbers."""

import logging
import sys
from types import TracebackType
from typing import Final

import structlog

from runtime.plain_words import told

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_LEVELS: Final = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


def configure_logs(level: str) -> None:
    """Send structured logs of this process, and those of its libraries, to standard error.

    Args:
        level: Least level that is logged.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(_of),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_PlainErrors("%(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


class _PlainErrors(logging.Formatter):
    """Tells errors that libraries log as ours are told: they may quote a customer."""

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802  (logging's name)
        """Return the error in one line."""
        return _of(ei)


def _of(exc_info: _ExcInfo) -> str:
    return told(exc_info[1]) if exc_info[1] is not None else ""
