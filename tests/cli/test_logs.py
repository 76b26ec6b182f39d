"""Logs of a process: an error by its type and places, never in a customer's words."""

import sys

import pytest

from tests.cli.terminal import Terminal

_FAILS = """
import logging, structlog
from pydantic import BaseModel
from domain.errors import ProviderUnavailable
from runtime.logs import configure_logs

class Number(BaseModel):
    value: int

def read():
    try:
        Number.model_validate({"value": "quetzal" + "coatl"})
    except ValueError as error:
        raise ProviderUnavailable("shopify", "orders", "answered 503") from error

configure_logs("info")
try:
    read()
except ProviderUnavailable:
    LOG
"""


@pytest.mark.parametrize(
    "log",
    [
        'logging.getLogger("temporalio.activity").warning("it failed", exc_info=True)',
        'structlog.get_logger().exception("it failed")',
    ],
    ids=["a library's", "ours"],
)
def test_error_that_is_logged_is_told_by_type_and_place(terminal: Terminal, log: str) -> None:
    """Our own sentences stand; what a library quotes does not, nor does a line of source."""
    said = terminal.execute([sys.executable, "-c", _FAILS.replace("LOG", log)])
    assert "it failed" in said.err
    assert "ProviderUnavailable: shopify orders: answered 503 (__main__:" in said.err
    assert "after ValidationError (" in said.err
    for secret in ("quetzalcoatl", "model_validate({", "File "):
        assert secret not in said.err
