"""Sealing what Temporal stores: opened with the right key at the right place, else refused."""

import base64
from collections.abc import Callable

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.converter import WorkflowSerializationContext

from domain.errors import ConfigurationError
from runtime.payload_codec import SealedPayloads, read_keys

_OLD, _NEW = bytes(range(32)), bytes(range(32, 64))
_WORDS = b'"Where is my order? I am Ava Lindgren"'


def _ring(**keys: bytes) -> str:
    return ",".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in keys.items())


def _codec(workflow_id: str | None = "conversation:acme:1", **keys: bytes) -> SealedPayloads:
    codec = SealedPayloads(read_keys(_ring(**(keys or {"old": _OLD}))))
    if workflow_id is None:
        return codec
    context = WorkflowSerializationContext(namespace="default", workflow_id=workflow_id)
    return codec.with_context(context)


def _payload(data: bytes = _WORDS) -> Payload:
    return Payload(metadata={"encoding": b"json/plain"}, data=data)


@pytest.mark.parametrize("data", [b"", b'"x"', _WORDS, b'"' + b"long " * 5_000 + b'"'])
async def test_payload_sealed_is_opened_equal_and_shows_none_of_its_words(data: bytes) -> None:
    """Short or long, what comes back is what went in; the same words are never sealed alike."""
    codec = _codec()
    first, second = await codec.encode([_payload(data), _payload(data)])
    assert await codec.decode([first, second]) == [_payload(data)] * 2
    assert first.data != second.data
    assert not data or data not in first.SerializeToString()


async def test_new_key_in_front_seals_and_the_old_one_still_opens() -> None:
    """Keys are changed without a conversation lost; the old key is dropped when none needs it."""
    (before,) = await _codec(old=_OLD).encode([_payload()])
    both = _codec(new=_NEW, old=_OLD)
    (after,) = await both.encode([_payload()])
    assert await both.decode([before, after]) == [_payload(), _payload()]
    assert after.metadata["key"] == b"new"

    with pytest.raises(ConfigurationError, match="'old' is missing"):
        await _codec(new=_NEW).decode([before])


async def test_another_key_under_the_same_name_does_not_open() -> None:
    """A key is not its name."""
    (sealed,) = await _codec(main=_OLD).encode([_payload()])
    with pytest.raises(ConfigurationError, match="altered, or its key"):
        await _codec(main=_NEW).decode([sealed])


async def test_payload_stored_before_there_was_a_key_passes_as_it_is() -> None:
    """Sealing can be turned on while conversations run."""
    assert await _codec().decode([_payload()]) == [_payload()]


async def test_payload_moved_to_another_conversation_is_refused() -> None:
    """One customer's words never appear in another's conversation."""
    (sealed,) = await _codec("conversation:acme:1").encode([_payload()])
    for elsewhere in ("conversation:acme:2", "conversation:birch:1", "conversation:acme:"):
        with pytest.raises(ConfigurationError, match="another conversation"):
            await _codec(elsewhere).decode([sealed])
    sealed.metadata["bound-to"] = b"default|conversation:acme:2"
    with pytest.raises(ConfigurationError, match="altered"):
        await _codec("conversation:acme:2").decode([sealed])


async def test_ui_opens_what_any_conversation_has_sealed() -> None:
    """The codec endpoint is not told of which workflow a payload is."""
    (sealed,) = await _codec("conversation:acme:1").encode([_payload()])
    assert await _codec(None).decode([sealed]) == [_payload()]


def _flip(sealed: Payload) -> None:
    sealed.data = sealed.data[:-1] + bytes([sealed.data[-1] ^ 1])


def _cut(sealed: Payload) -> None:
    sealed.data = sealed.data[:5]


def _empty(sealed: Payload) -> None:
    sealed.data = b""


def _without_key(sealed: Payload) -> None:
    del sealed.metadata["key"]


def _without_place(sealed: Payload) -> None:
    del sealed.metadata["bound-to"]


def _garbled_key(sealed: Payload) -> None:
    sealed.metadata["key"] = b"\xff\xfe"


@pytest.mark.parametrize("alter", [_flip, _cut, _empty, _without_key, _without_place, _garbled_key])
async def test_payload_altered_in_any_part_is_refused_in_words(
    alter: Callable[[Payload], None],
) -> None:
    """One kind of error with a sentence, never garbage and never a stack trace's own error."""
    (sealed,) = await _codec().encode([_payload()])
    alter(sealed)
    for codec in (_codec(), _codec(None)):
        with pytest.raises(ConfigurationError):
            await codec.decode([sealed])


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 1),
        ("main", 1),
        ("main:", 1),
        (":QUJD", 1),
        ("main:c2VjcmV0LXRvby1zaG9ydA==", 1),
        ("main:not base64!", 1),
        (f"{_ring(main=_OLD)},old:c2VjcmV0LXRvby1zaG9ydA==", 2),
        (f"{_ring(main=_OLD)},", 2),
        (f"{_ring(main=_OLD)},{_ring(main=_NEW)}", 2),
    ],
)
def test_keys_that_cannot_be_read_are_named_by_their_position_never_repeated(
    text: str, position: int
) -> None:
    """The sentence may end in a log."""
    with pytest.raises(ConfigurationError, match=rf"^PAYLOAD_KEYS, key {position}: ") as refused:
        read_keys(text)
    for part in text.replace(",", ":").split(":"):
        assert len(part) < 5 or part not in str(refused.value)


def test_keys_may_stand_with_spaces_between_them() -> None:
    """The first is current."""
    assert read_keys(_ring(new=_NEW, old=_OLD).replace(",", " , ")).current == "new"
