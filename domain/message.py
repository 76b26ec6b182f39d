"""Messages as the rest of the product sees them, whichever provider carried them."""

from datetime import datetime
from enum import StrEnum

from domain.outbox import DeliveryStatus
from domain.values import ForeignValue, Value


class Media(Value):
    """A picture or recording sent with a text.

    Attributes:
        url: Where the provider keeps it; never shown to a model.
        content_type: MIME type as the provider states it.
    """

    url: str
    content_type: str


class InboundMessage(Value):
    """One text as a provider delivered it.

    Attributes:
        provider: Vendor, lower case.
        provider_message_id: The vendor's id; with the vendor it is unique for ever.
        sender: Who wrote, as given: E.164, a short code or a name.
        recipient: The number written to, E.164 or a short code.
        body: The text, unaltered; may be empty.
        media: What came with it.
        segments: What the sender used, 1 when unknown.
        opt_out_type: STOP, START or HELP when the provider has already answered; else None.
        received_at: When it reached us, UTC.
        late: Found by listing, not delivered by webhook.
        listed_before: Ids of the sender's texts that the carrier received before this one, by its
            own clock; known of a listed text only.
        listed_after: The same of those it received after.
        listed_with: The same of those it received in the same instant, or second.
    """

    provider: str
    provider_message_id: str
    sender: str
    recipient: str
    body: str
    media: tuple[Media, ...] = ()
    segments: int = 1
    opt_out_type: str | None = None
    received_at: datetime
    late: bool = False
    listed_before: tuple[str, ...] = ()
    listed_after: tuple[str, ...] = ()
    listed_with: tuple[str, ...] = ()


class DeliveryReport(Value):
    """What became of an outbound message, as a provider reports it.

    Attributes:
        provider: Vendor.
        provider_message_id: The vendor's id.
        outbox_id: Our id, when the callback carried it back.
        status: Neutral status.
        error_code: The vendor's code, as text, when it failed.
    """

    provider: str
    provider_message_id: str
    outbox_id: str | None
    status: DeliveryStatus
    error_code: str | None = None


class MessageOrigin(StrEnum):
    """Who wrote an outbound message."""

    AGENT = "agent"
    HUMAN = "human"
    CAMPAIGN = "campaign"
    AUTOMATION = "automation"
    NOTICE = "notice"


class TranscriptLine(ForeignValue):
    """One text of a conversation, either way.

    Attributes:
        at: When, UTC.
        origin: None for the customer's own, else who wrote for the brand.
        body: The text, redacted.
        message_id: Our id of the row.
        segments: Segments it was billed as.
        on_its_way: The customer's, to be answered, and its conversation has not been told of it.
    """

    at: datetime
    origin: MessageOrigin | None
    body: str
    message_id: str
    segments: int = 1
    on_its_way: bool = False
