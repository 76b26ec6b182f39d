"""Encrypting what Temporal stores: arguments, results, signals, summaries and failure messages.

AES-256-GCM with a fresh nonce per payload. The namespace and the workflow id are authenticated
with it, so that a payload moved to another conversation does not open. The key's name travels in
the payload's metadata: a new key can be put in front while old payloads stay readable.
"""

import base64
import dataclasses
import os
import zlib
from collections.abc import Mapping, Sequence
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import (
    DataConverter,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
)

from domain.errors import ConfigurationError
from runtime.failure_converter import PlainFailures, SealedFailures

_ENCODING = b"binary/encrypted"
_NONCE_BYTES = 12
_KEY_BYTES = 32
_COMPRESS_FROM_BYTES = 1024
_PLAIN, _DEFLATED = b"\x00", b"\x01"


class KeyRing:
    """The installation's payload keys, the current one first.

    Args:
        keys: Key by its name; at least one.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self.current = next(iter(keys))
        self._ciphers = {name: AESGCM(key) for name, key in keys.items()}

    def cipher(self, name: str) -> AESGCM:
        """Return a key's cipher.

        Raises:
            ConfigurationError: The key is not in the ring; a payload is never read without it.
        """
        found = self._ciphers.get(name)
        if found is None:
            msg = f"PAYLOAD_KEYS: the key {name!r} is missing, and stored payloads need it"
            raise ConfigurationError(msg)
        return found


def read_keys(text: str) -> KeyRing:
    """Read a key ring.

    Args:
        text: "name:base64,name:base64", each key 32 bytes, the current one first.

    Raises:
        ConfigurationError: It cannot be read; no key is repeated in the sentence.
    """
    keys: dict[str, bytes] = {}
    for number, entry in enumerate(text.split(","), start=1):
        name, colon, encoded = entry.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except ValueError:
            key = b""
        if not name or not colon or len(key) != _KEY_BYTES:
            msg = (
                f"PAYLOAD_KEYS, key {number}: expected name:base64 of 32 bytes; make one with "
                "`openssl rand -base64 32`"
            )
            raise ConfigurationError(msg)
        if name in keys:
            msg = f"PAYLOAD_KEYS, key {number}: its name is there twice; give a new key a new name"
            raise ConfigurationError(msg)
        keys[name] = key
    return KeyRing(keys)


class SealedPayloads(PayloadCodec, WithSerializationContext):
    """Seals payloads on their way to the server and opens them on their way back.

    Args:
        keys: The key ring.
        bound_to: "namespace|workflow id" of the conversation, "" where it is not known.
    """

    def __init__(self, keys: KeyRing, bound_to: str = "") -> None:
        self._keys = keys
        self._bound_to = bound_to

    def with_context(self, context: SerializationContext) -> Self:
        """Bind to the workflow that the payloads belong to."""
        workflow_id = getattr(context, "workflow_id", None)
        if not workflow_id:
            return self
        namespace = getattr(context, "namespace", "")
        return type(self)(self._keys, f"{namespace}|{workflow_id}")

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Seal payloads."""
        return [self._seal(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open payloads; what was stored before a key was configured passes as it is.

        Raises:
            ConfigurationError: A key is missing, or a payload was altered or moved.
        """
        return [self._open(payload) for payload in payloads]

    def _seal(self, payload: Payload) -> Payload:
        raw = payload.SerializeToString()
        small = len(raw) < _COMPRESS_FROM_BYTES
        body = _PLAIN + raw if small else _DEFLATED + zlib.compress(raw)
        nonce = os.urandom(_NONCE_BYTES)
        bound = self._bound_to.encode()
        sealed = self._keys.cipher(self._keys.current).encrypt(nonce, body, bound)
        metadata = {
            "encoding": _ENCODING,
            "key": self._keys.current.encode(),
            "bound-to": bound,
        }
        return Payload(metadata=metadata, data=nonce + sealed)

    def _open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != _ENCODING:
            return payload
        bound = payload.metadata["bound-to"]
        # A schedule knows only the beginning of the id its workflow will have.
        if self._bound_to and not self._bound_to.encode().startswith(bound):
            raise ConfigurationError("a payload belongs to another conversation")
        cipher = self._keys.cipher(payload.metadata["key"].decode("utf-8", "replace"))
        nonce, sealed = payload.data[:_NONCE_BYTES], payload.data[_NONCE_BYTES:]
        try:
            body = cipher.decrypt(nonce, sealed, bound)
        except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce
            raise ConfigurationError("a payload was altered, or its key is another one") from error
        raw = zlib.decompress(body[1:]) if body[:1] == _DEFLATED else body[1:]
        return Payload.FromString(raw)


def build_converter(keys: KeyRing | None) -> DataConverter:
    """Return the converter of clients, workers and replay.

    Args:
        keys: The key ring; None stores payloads readable, which `doctor` warns of.
    """
    if keys is None:
        return dataclasses.replace(pydantic_data_converter, failure_converter_class=PlainFailures)
    return dataclasses.replace(
        pydantic_data_converter,
        payload_codec=SealedPayloads(keys),
        failure_converter_class=SealedFailures,
    )
