"""The port to whoever carries texts; a provider is one file that keeps these promises."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.message import DeliveryReport, InboundMessage
from domain.outbox import CarrierAction, DeliveryStatus
from domain.values import Value


class WebhookRequest(Value):
    """A webhook as it arrived.

    Attributes:
        path: Raw path, percent-encoding untouched.
        query: Raw query without "?", "" when there is none.
        headers: Names in lower case.
        body: Raw bytes.
        received_at: UTC.
    """

    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    received_at: datetime


class OutboundText(Value):
    """What to send.

    Attributes:
        outbox_id: Our id; travels in the status callback's URL and proves acceptance.
        sender: The brand's number, E.164.
        recipient: The customer's number, E.164.
        body: Final text, already normalised; at most 1,600 characters.
        status_callback: Absolute URL for delivery news, None for none.
        valid_for_seconds: How long the carrier may try.
    """

    outbox_id: str
    sender: str
    recipient: str
    body: str
    status_callback: str | None = None
    valid_for_seconds: int = 900


class Accepted(Value):
    """The provider has taken the text.

    Attributes:
        provider_message_id: Its id there.
        segments: What it bills, None while it does not know.
    """

    provider_message_id: str
    segments: int | None = None


class Refused(Value):
    """The provider has refused the text: it was certainly not sent.

    Attributes:
        code: The vendor's code, as text.
        action: What the code demands.
    """

    code: str
    action: CarrierAction


class NotTried(Value):
    """The request certainly never reached the provider: safe to try again later.

    Attributes:
        retry_after_seconds: How long to wait first.
        problem: Sentence.
    """

    retry_after_seconds: float
    problem: str


class Ambiguous(Value):
    """The text may or may not have been taken: look before doing anything else.

    Attributes:
        problem: Sentence.
    """

    problem: str


SendOutcome = Accepted | Refused | NotTried | Ambiguous


class Found(Value):
    """A text that turned out to exist at the provider."""

    provider_message_id: str
    status: DeliveryStatus


class Correlation(StrEnum):
    """How a delivery report finds its outbox row."""

    URL = "url"
    TAG = "tag"
    NONE = "none"


class SmsProvider(Protocol):
    """Carries texts both ways.

    Methods raise `ProviderError` except where they say otherwise.
    """

    name: str
    correlation: Correlation

    def verify(self, request: WebhookRequest) -> None:
        """Check that the request comes from the provider and was meant for this installation.

        Raises:
            BadSignature: It is not, for whatever reason.
        """

    def parse_inbound(self, request: WebhookRequest) -> tuple[InboundMessage, ...]:
        """Read the texts out of a verified webhook.

        Raises:
            MalformedWebhook: A field is missing or cannot be read.
        """

    def parse_status(self, request: WebhookRequest) -> tuple[DeliveryReport, ...]:
        """Read delivery reports out of a verified status callback.

        Raises:
            MalformedWebhook: A field is missing or cannot be read.
        """

    async def send(self, text: OutboundText) -> SendOutcome:
        """Hand one text over, exactly one request, never repeated by the transport.

        Returns:
            What is known about it; nothing is raised for what the network or the vendor does.
        """

    async def find(
        self, text: OutboundText, since: datetime, taken: frozenset[str]
    ) -> Found | None:
        """Look for a text of unknown outcome among those the provider lists.

        Args:
            text: What was to be sent.
            since: When the attempt began.
            taken: Provider ids already bound to other outbox rows.

        Returns:
            The text, or None when the provider does not list it (yet).
        """

    async def list_inbound(self, recipient: str, since: datetime) -> tuple[InboundMessage, ...]:
        """List texts the provider has received for a number, whether or not a webhook came."""

    async def push_opt_out(self, phone: str, sender: str, at: datetime) -> None:
        """Tell the provider that a person opted out in words it does not understand."""

    async def take_back_opt_out(self, phone: str, sender: str, at: datetime) -> None:
        """Tell the provider that an opt-out it was told of was a misreading of ours."""

    def carrier_action(self, code: str, times: int = 1) -> CarrierAction:
        """Return what a delivery report's error code demands.

        Args:
            code: The vendor's code, "" when it gave none.
            times: How often this recipient had it, this time included.
        """

    async def check(self) -> str:
        """Return one sentence on whether the account answers; raises when it does not."""
