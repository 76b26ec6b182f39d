"""The search attributes by which operators find conversations."""

from datetime import datetime
from typing import Any

from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from workflows.start import ConversationStart

BRAND_ATTRIBUTE = SearchAttributeKey.for_keyword("Brand")
CHANNEL_ATTRIBUTE = SearchAttributeKey.for_keyword("Channel")
STATUS_ATTRIBUTE = SearchAttributeKey.for_keyword("ConversationStatus")
INTENT_ATTRIBUTE = SearchAttributeKey.for_keyword("Intent")
ESCALATED_ATTRIBUTE = SearchAttributeKey.for_bool("Escalated")
OPENED_AT_ATTRIBUTE = SearchAttributeKey.for_datetime("OpenedAt")


def attributes_of(start: ConversationStart, opened_at: datetime) -> TypedSearchAttributes:
    """Return what a conversation is found by as it starts, or goes on in a fresh history.

    Args:
        start: How it starts.
        opened_at: When the conversation was opened, UTC.
    """
    state = start.carry
    pairs: list[SearchAttributePair[Any]] = [
        SearchAttributePair(BRAND_ATTRIBUTE, start.brand),
        SearchAttributePair(CHANNEL_ATTRIBUTE, "sms"),
        SearchAttributePair(STATUS_ATTRIBUTE, state.status.value if state else "open"),
        SearchAttributePair(OPENED_AT_ATTRIBUTE, opened_at),
    ]
    if state is not None and state.intent is not None:
        pairs.append(SearchAttributePair(INTENT_ATTRIBUTE, state.intent))
    if state is not None and state.had_human:
        pairs.append(SearchAttributePair(ESCALATED_ATTRIBUTE, True))  # noqa: FBT003  (their API)
    return TypedSearchAttributes(pairs)
