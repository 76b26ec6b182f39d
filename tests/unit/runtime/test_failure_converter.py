"""Failures in histories: their type and place, no source line, no words of a customer's."""

import base64

import pytest
from pydantic import BaseModel, ValidationError
from temporalio.api.failure.v1 import Failure
from temporalio.exceptions import ApplicationError

from activities.failures import translated
from domain.errors import ProviderUnavailable
from runtime.payload_codec import build_converter, read_keys

_WORDS = "quetzalcoatl"
_KEYS = "main:" + base64.b64encode(bytes(range(32))).decode()


class _Number(BaseModel):
    value: int


def _quote() -> None:
    """Fail in words of the customer's, as a validation error does."""
    _Number.model_validate({"value": _WORDS})


def _foreseen() -> None:
    with translated():
        raise ProviderUnavailable("openai", "complete", "answered 503")


def _unforeseen() -> None:
    with translated():
        _quote()


def _chained() -> None:
    try:
        _quote()
    except ValidationError as error:
        raise RuntimeError(f"cannot read {_WORDS}") from error


def _in_passing() -> None:
    try:
        _quote()
    except ValidationError:
        raise KeyError(_WORDS)  # noqa: B904  (its context is what is tested)


async def _stored(fail: object, keys: str | None = None) -> Failure:
    assert callable(fail)
    converter = build_converter(read_keys(keys) if keys else None)
    failure = Failure()
    with pytest.raises(Exception) as caught:  # noqa: PT011  (any error is stored)
        fail()
    await converter.encode_failure(caught.value, failure)
    return failure


@pytest.mark.parametrize("fail", [_foreseen, _unforeseen, _chained, _in_passing])
async def test_failure_stored_holds_no_source_line_and_no_customers_words(fail: object) -> None:
    """Whatever failed, and whatever failed before it."""
    stored = str(await _stored(fail))
    for secret in (_WORDS, "_Number.model_validate(", "raise ", 'File \\"', ".py"):
        assert secret not in stored
    assert f"{__name__}:" in stored


async def test_failure_that_was_foreseen_keeps_its_sentence_type_and_retryability() -> None:
    """What operators read, and what Temporal decides by."""
    stored = await _stored(_foreseen)
    assert stored.message == "openai complete: answered 503"
    info = stored.application_failure_info
    assert (info.type, info.non_retryable) == ("ProviderUnavailable", False)


async def test_failure_that_nobody_foresaw_is_told_by_its_type_and_place() -> None:
    """The innermost place is named, and each cause by its own type."""
    stored = await _stored(_chained)
    assert stored.message.startswith(f"unforeseen at {__name__}:")
    assert stored.application_failure_info.type == "RuntimeError"
    assert stored.cause.application_failure_info.type == "ValidationError"


async def test_failure_where_payloads_are_sealed_says_nothing_in_the_open() -> None:
    """Not even a place; whoever has the key reads it."""
    stored = await _stored(_chained, _KEYS)
    assert (stored.message, stored.stack_trace) == ("Encoded failure", "")
    assert stored.cause.message == "Encoded failure"
    back = await build_converter(read_keys(_KEYS)).decode_failure(stored)
    assert isinstance(back, ApplicationError)
    assert back.message.startswith(f"unforeseen at {__name__}:")
