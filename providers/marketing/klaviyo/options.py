"""What the Klaviyo adapter has to be told."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from domain.business_event import EventName
from domain.values import Value

_PRIVATE_KEY = re.compile(r"pk_[\x21-\x7e]+")


def _check_key(key: SecretStr) -> SecretStr:
    if not _PRIVATE_KEY.fullmatch(key.get_secret_value()):
        msg = "must be a private key (pk_…); the public one has six characters and cannot be used"
        raise ValueError(msg)
    return key


MetricName = Annotated[str, Field(min_length=1, max_length=127)]


class KlaviyoOptions(Value):
    """One Klaviyo account.

    Attributes:
        api_key: Private key with the scopes events:write, profiles:read, segments:read and, for
            opt-outs, lists:write, profiles:write and subscriptions:write.
        base_url: Where the API is, without a slash at the end.
        revision: Revision of the API, as a date.
        metric_names: Other names for some events, where the brand has metrics already.
    """

    api_key: Annotated[SecretStr, AfterValidator(_check_key)]
    base_url: str = Field(default="https://a.klaviyo.com", pattern=r"^https?://[^\s]*[^\s/]$")
    revision: str = Field(default="2026-10-15", pattern=r"^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$")
    metric_names: Mapping[EventName, MetricName] = {}
