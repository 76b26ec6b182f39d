"""The marketing ports kept by Klaviyo."""

from datetime import UTC
from urllib.parse import quote

import httpx
from pydantic import JsonValue

from domain.business_event import BusinessEvent
from domain.phone import E164
from domain.values import ForeignValue
from providers.marketing.klaviyo.client import PROVIDER, KlaviyoClient
from providers.marketing.klaviyo.options import KlaviyoOptions


class _Ref(ForeignValue):
    id: str


class _Profiles(ForeignValue):
    data: tuple[_Ref, ...]


class _SegmentName(ForeignValue):
    name: str


class _Segment(ForeignValue):
    attributes: _SegmentName


class _Segments(ForeignValue):
    data: tuple[_Segment, ...]


class Klaviyo:
    """One brand's Klaviyo account: event sink, segment source and opt-out sink.

    Args:
        options: Key, address, revision and metric names.
        pool: Connections, see `open_http`; closed by whoever opened it.
    """

    name = PROVIDER

    def __init__(self, options: KlaviyoOptions, pool: httpx.AsyncClient) -> None:
        self._options = options
        self._client = KlaviyoClient(options, pool)

    async def deliver(self, event: BusinessEvent) -> None:
        """Create the event; Klaviyo drops a repeat of `unique_id` for a profile and metric.

        A number Klaviyo does not know becomes a profile, without consent to be texted.
        """
        attributes: dict[str, JsonValue] = {
            "properties": {**event.properties, "Schema version": event.schema_version},
            "time": event.occurred_at.astimezone(UTC).isoformat(),
            "unique_id": event.event_id,
            "metric": _resource("metric", {"name": self._metric(event)}),
            "profile": _resource("profile", {"phone_number": event.phone}),
        }
        await self._client.take("deliver", "/api/events", body=_resource("event", attributes))

    async def check(self) -> str:
        """Ask for the account; a key that may not read it is still known to be a key."""
        answer = await self._client.exchange("check", "/api/accounts")
        if answer.status == 403:
            return "Klaviyo answers and knows the key; without accounts:read it names no account"
        if not answer.ok:
            raise self._client.refusal("check", answer)
        return "Klaviyo answers and knows the key"

    async def segments_of(self, phone: E164) -> frozenset[str]:
        """Return the names of the contact's segments; two requests, 60 a minute at most."""
        params = {"filter": f'equals(phone_number,"{phone}")', "fields[profile]": "id"}
        answer = await self._client.take("find_profile", "/api/profiles", params=params)
        profiles = self._client.http.read("find_profile", answer, _Profiles)
        names: set[str] = set()
        for profile in profiles.data:
            names |= await self._segments(profile.id)
        return frozenset(names)

    async def unsubscribe(self, phone: E164) -> None:
        """Withdraw the consent to marketing texts, on every list: none is named."""
        subscriptions: JsonValue = {"sms": {"marketing": {"consent": "UNSUBSCRIBED"}}}
        profile = _resource("profile", {"phone_number": phone, "subscriptions": subscriptions})
        job = "profile-subscription-bulk-delete-job"
        body = _resource(job, {"profiles": {"data": [profile["data"]]}})
        await self._client.take("unsubscribe", f"/api/{job}s", body=body)

    async def _segments(self, profile_id: str) -> set[str]:
        answer = await self._client.exchange(
            "segments",
            f"/api/profiles/{quote(profile_id, safe='')}/segments",
            params={"fields[segment]": "name"},
        )
        # Merged or deleted since it was found: whoever it was is in no segment any more.
        if answer.status == 404:
            return set()
        if not answer.ok:
            raise self._client.http.error_for("segments", answer)
        read = self._client.http.read("segments", answer, _Segments)
        return {segment.attributes.name for segment in read.data}

    def _metric(self, event: BusinessEvent) -> str:
        return self._options.metric_names.get(event.name, event.name.value)


def _resource(kind: str, attributes: dict[str, JsonValue]) -> dict[str, JsonValue]:
    return {"data": {"type": kind, "attributes": attributes}}
