"""What one Klaviyo account holds: profiles, segments, events, and consent."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel, Field, JsonValue

from sandbox.edge import Edge
from sandbox.klaviyo.bodies import EventAttributes, Identifiers
from sandbox.klaviyo.errors import RefusedError

_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_LONGEST_STRING = 100_000
_DEEPEST = 10
_PROPERTIES = "/data/attributes/properties"


class Profile(BaseModel):
    """One profile; ``sms_consent`` is what texting it needs."""

    id: str
    phone_number: str | None = None
    email: str | None = None
    external_id: str | None = None
    segments: list[str] = Field(default_factory=list)
    sms_consent: str = "NEVER_SUBSCRIBED"


class Event(BaseModel):
    """One recorded event; ``repeats`` counts those that were dropped as the same."""

    id: str
    metric: str
    profile_id: str
    phone_number: str | None
    unique_id: str
    time: datetime
    properties: dict[str, JsonValue]
    value: float | None = None
    repeats: int = 0


@dataclass
class Account:
    """All of it, in memory, in the order it came."""

    edge: Edge
    profiles: dict[str, Profile] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    recorded: dict[tuple[str, str, str], Event] = field(default_factory=dict)
    unsubscribed: list[str] = field(default_factory=list)

    def find(self, given: Identifiers) -> list[Profile]:
        """Return the profiles with one of the identifiers."""
        wanted = given.model_dump(exclude_none=True)
        return [
            profile
            for profile in self.profiles.values()
            if any(getattr(profile, key) == value for key, value in wanted.items())
        ]

    def upsert(self, given: Identifiers) -> Profile:
        """Return the profile of the identifiers, made if it is not there."""
        known = self.find(given)
        return known[0] if known else self.add(given)

    def add(self, given: Identifiers) -> Profile:
        """Return a new profile."""
        profile = Profile(id=f"01{secrets.token_hex(12).upper()}", **given.model_dump())
        self.profiles[profile.id] = profile
        return profile

    def record(self, given: EventAttributes) -> Event:
        """Record an event, or count it as a repeat of the one it equals.

        Raises:
            RefusedError: Its time or its properties are out of bounds.
        """
        now = self.edge.now()
        time = _moment(given.time, now)
        _check_properties(given.properties)
        profile = self.upsert(given.profile.data.attributes)
        name = given.metric.data.attributes.name
        unique_id = given.unique_id or str(int(time.timestamp()))
        key = (profile.id, name, unique_id)
        known = self.recorded.get(key)
        if known is not None:
            known.repeats += 1
            return known
        event = Event(
            id=secrets.token_hex(6),
            metric=name,
            profile_id=profile.id,
            phone_number=profile.phone_number,
            unique_id=unique_id,
            time=time,
            properties=given.properties,
            value=given.value,
        )
        self.recorded[key] = event
        self.events.append(event)
        return event

    def unsubscribe(self, phone: str) -> None:
        """Withdraw the consent of a number, known or not."""
        self.upsert(Identifiers(phone_number=phone)).sms_consent = "UNSUBSCRIBED"
        self.unsubscribed.append(phone)


def _moment(given: datetime | None, now: datetime) -> datetime:
    time = given or now
    time = time if time.tzinfo else time.replace(tzinfo=UTC)
    if not _OLDEST < time <= now + timedelta(days=365):
        detail = "The time must be after 1990 and at most one year in the future."
        raise RefusedError(400, "invalid", ("/data/attributes/time", detail))
    return time.replace(microsecond=0)


def _check_properties(value: Any, place: str = _PROPERTIES, depth: int = 1) -> None:  # noqa: ANN401 - any JSON
    if depth > _DEEPEST:
        raise RefusedError(400, "invalid", (place, "At most 10 levels are allowed."))
    if isinstance(value, str) and len(value.encode()) > _LONGEST_STRING:
        raise RefusedError(400, "invalid", (place, "A string must not exceed 100 KB."))
    if isinstance(value, dict):
        for key, inner in value.items():
            _check_properties(inner, f"{place}/{key}", depth + 1)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _check_properties(inner, f"{place}/{index}", depth + 1)
