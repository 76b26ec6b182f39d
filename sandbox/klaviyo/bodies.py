"""The bodies Klaviyo takes, closed: a field it does not know is refused with its place.

Our own subset of the resources, written after the reference pages of the vendor.
"""

from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from sandbox.klaviyo.errors import RefusedError

_MEGABYTE = 1_000_000
Phone = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]
Model = TypeVar("Model", bound=BaseModel)


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MetricAttributes(_Closed):
    """The name of an event; fewer than 128 characters."""

    name: str = Field(min_length=1, max_length=127)
    service: str | None = None


class Metric(_Closed):
    """A metric by its name."""

    type: Literal["metric"]
    attributes: MetricAttributes


class Identifiers(_Closed):
    """Whose event it is; one identifier at least."""

    phone_number: Phone | None = None
    email: str | None = None
    external_id: str | None = None

    @model_validator(mode="after")
    def _names_somebody(self) -> "Identifiers":
        if not (self.phone_number or self.email or self.external_id):
            raise ValueError("At least one profile identifier is required.")
        return self


class EventProfile(_Closed):
    """The profile of an event; one that is not there is made."""

    type: Literal["profile"]
    id: str | None = None
    attributes: Identifiers


class MetricRef(_Closed):
    """JSON:API nests resources in ``data``."""

    data: Metric


class ProfileRef(_Closed):
    """JSON:API nests resources in ``data``."""

    data: EventProfile


class EventAttributes(_Closed):
    """One event; without ``unique_id`` the time to the second takes its place."""

    properties: dict[str, JsonValue] = Field(max_length=400)
    time: datetime | None = None
    value: float | None = None
    value_currency: str | None = None
    unique_id: str | None = None
    backfill: bool | None = False
    metric: MetricRef
    profile: ProfileRef


class EventData(_Closed):
    """The resource."""

    type: Literal["event"]
    attributes: EventAttributes


class EventBody(_Closed):
    """``POST /api/events``."""

    data: EventData


class _Consent(_Closed):
    consent: Literal["UNSUBSCRIBED"]


class _Channel(_Closed):
    marketing: _Consent | None = None
    transactional: _Consent | None = None


class Channels(_Closed):
    """The channels whose consent is withdrawn."""

    sms: _Channel | None = None
    email: _Channel | None = None


class Unsubscribed(_Closed):
    """Who is unsubscribed, from what."""

    phone_number: Phone | None = None
    email: str | None = None
    subscriptions: Channels

    @model_validator(mode="after")
    def _number_for_sms(self) -> "Unsubscribed":
        if self.subscriptions.sms is not None and self.phone_number is None:
            raise ValueError(
                "'phone_number' must not be empty when the sms channel is included in "
                "'subscriptions'."
            )
        return self


class UnsubscribedProfile(_Closed):
    """The resource."""

    type: Literal["profile"]
    attributes: Unsubscribed


class _Profiles(_Closed):
    data: list[UnsubscribedProfile] = Field(min_length=1, max_length=100)


class _JobAttributes(_Closed):
    profiles: _Profiles


class _Job(_Closed):
    type: Literal["profile-subscription-bulk-delete-job"]
    attributes: _JobAttributes


class JobBody(_Closed):
    """``POST /api/profile-subscription-bulk-delete-jobs`` without a list: from all of them."""

    data: _Job


def parse_body(raw: bytes, model: type[Model]) -> Model:
    """Return a body as ``model``.

    Raises:
        RefusedError: 413 when it is too long, else 400 with the place of each fault.
    """
    if len(raw) > 5 * _MEGABYTE:
        raise RefusedError(413, "payload_too_large", ("/data", "The payload exceeds 5 MB."))
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        faults = [(_pointer(fault["loc"]), _sentence(dict(fault))) for fault in error.errors()]
        raise RefusedError(400, "invalid", *faults) from None


def _pointer(location: tuple[int | str, ...]) -> str:
    return "/" + "/".join(str(part) for part in location) if location else "/data"


def _sentence(fault: dict[str, Any]) -> str:
    place = fault["loc"][-1] if fault["loc"] else "data"
    match fault["type"]:
        case "missing":
            return f"'{place}' is a required field."
        case "extra_forbidden":
            return f"'{place}' is not a valid field."
        case "string_pattern_mismatch":
            return f"{fault['input']} is not a valid phone number. Example: +12345678901"
        case "json_invalid":
            return "The payload provided in the request is invalid."
        case _:
            return str(fault["msg"]).removeprefix("Value error, ")
