"""Reading a contact's segments, freshly known or from the brand's marketing platform."""

import asyncio

import structlog
from temporalio import activity

from activities.messages import ClassifyInbound
from activities.ports import Adapters, Clock
from domain.brand import BrandSettings
from domain.errors import ConfigurationError, ProviderError, ProviderUnavailable
from domain.gate.membership import known_segments
from store.base import ConversationStore
from store.membership_base import MembershipStore

_log = structlog.get_logger(__name__)

_NONE: frozenset[str] = frozenset()
_TRIES = 2
_SECONDS = 6.0
"""The customer waits meanwhile, and the brand has said what holds when nobody answers."""


class AudienceReader:
    """Reads segments.

    Args:
        conversations: Where the contact's number is.
        memberships: Segments kept here, and what was read elsewhere.
        adapters: Marketing platforms.
        clock: The present.
    """

    def __init__(
        self,
        conversations: ConversationStore,
        memberships: MembershipStore,
        adapters: Adapters,
        clock: Clock,
    ) -> None:
        self._conversations = conversations
        self._memberships = memberships
        self._adapters = adapters
        self._clock = clock

    async def segments_of(
        self, request: ClassifyInbound, settings: BrandSettings, *, ask: bool
    ) -> frozenset[str] | None:
        """Return the segments of whoever wrote a text, None when they cannot be read.

        Args:
            request: The text.
            settings: The brand's settings.
            ask: Whether the marketing platform may be asked for what is not known freshly.

        Raises:
            ProviderUnavailable: The platform failed at the first try; the activity is repeated.
        """
        brand, contact_id = request.brand, request.contact_id
        contact = await asyncio.to_thread(self._conversations.contact, brand, contact_id)
        found = await asyncio.to_thread(
            self._memberships.memberships, brand, contact_id, contact.phone, self._clock()
        )
        audience = settings.gate.audience
        kept_elsewhere = settings.marketing.klaviyo is not None
        known = known_segments(found.own, found.outside if kept_elsewhere else _NONE, audience)
        if known is not None or not kept_elsewhere or not ask:
            return known
        outside = await self._ask(contact.phone, settings)
        if outside is None:
            return None
        await asyncio.to_thread(
            self._memberships.remember_outside, brand, contact_id, outside, self._clock()
        )
        return known_segments(found.own, outside, audience)

    async def _ask(self, phone: str, settings: BrandSettings) -> frozenset[str] | None:
        try:
            source = self._adapters.segment_source(settings)
            if source is None:
                return None
            async with asyncio.timeout(_SECONDS):
                return await source.segments_of(phone)
        except ProviderUnavailable as error:
            if activity.info().attempt < _TRIES:
                raise
            problem = str(error)
        except (ProviderError, ConfigurationError) as error:
            problem = str(error)
        except TimeoutError:
            problem = f"no answer in {_SECONDS:.0f} s"
        _log.warning("segments_unread", brand=settings.brand, problem=problem)
        return None
